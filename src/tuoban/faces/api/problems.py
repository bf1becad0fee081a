"""Problems: what an answer says that is no result (RFC 9457), in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from tuoban.faces.api.language import spoken
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.refusals import status_of

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 10


class Wrong(Schema):
    """One parameter, or one entry of a form, that cannot be used."""

    parameter: str = Field(description="Its name; of a form, the place of the entry.")
    code: str = Field(description="What is wrong with it; never changes.")
    detail: str = Field(description="The same as a sentence, with what to do.")


class Problem(Schema):
    """Why there is no result. Programs look at `code`, people read `title` and `detail`."""

    type: str = Field(
        description="`about:blank`: `status` and `code` say it all.", examples=["about:blank"]
    )
    status: int = Field(description="The status of the answer.", examples=[404])
    code: str = Field(
        description="What is wrong; never changes, whatever the language.",
        examples=["unknown-case"],
    )
    title: str = Field(description="What is wrong, in a few words.")
    detail: str = Field(description="The same as a sentence, with what to do.")
    errors: list[Wrong] = Field(description="Every parameter that cannot be used.")


class Kind(NamedTuple):
    """What one `code` stands for."""

    status: HTTPStatus
    title: Promise
    detail: Promise


KINDS: dict[str, Kind] = {
    "bad-request": Kind(
        HTTPStatus.BAD_REQUEST,
        _("Not understood"),
        _("The request cannot be read. See the description of the API at /api/v1/openapi.json."),
    ),
    "not-signed-in": Kind(
        HTTPStatus.UNAUTHORIZED,
        _("Not logged in"),
        _("Log in at the desk, and send the cookie of its session with the request."),
    ),
    "not-found": Kind(
        HTTPStatus.NOT_FOUND,
        _("No such address"),
        _("There is nothing at this address. See /api/v1/openapi.json for those that there are."),
    ),
    "unknown-case": Kind(
        HTTPStatus.NOT_FOUND,
        _("No such case"),
        _("There is no case of this number, or you may not see it."),
    ),
    "unknown-unit": Kind(
        HTTPStatus.NOT_FOUND, _("No such unit"), _("There is no unit of this key.")
    ),
    "unknown-item": Kind(
        HTTPStatus.NOT_FOUND,
        _("No such piece of work"),
        _("There was never a piece of work of this number in the case."),
    ),
    "unknown-file": Kind(
        HTTPStatus.NOT_FOUND,
        _("No such file"),
        _("There is no such file, or you may not have it."),
    ),
    "method-not-allowed": Kind(
        HTTPStatus.METHOD_NOT_ALLOWED,
        _("Asked by another method"),
        _("This address is not asked like this: see the header Allow."),
    ),
    "invalid": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Parameters that cannot be used"),
        _("Every parameter that cannot be used is listed in `errors`, with what to do."),
    ),
    "fault": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("A fault"),
        _("Something went wrong in Tuoban. Whoever administers it finds it in the log."),
    ),
    "busy": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("Busy, or no room left"),
        _("The database cannot answer just now. Ask again in a few seconds."),
    ),
}
"""Every code, with its status and its texts."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A parameter that cannot be used: what is wrong, as `Wrong` says it."""

    parameter: str
    code: str
    detail: str


class NoResult(Exception):
    """There is no result; `code` is a key of `KINDS`."""

    def __init__(self, code: str, *errors: Bad) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors


def answer(code: str, errors: Sequence[Bad] = ()) -> HttpResponse:
    """The problem of a code, in the language of this answer."""
    kind = KINDS[code]
    problem = Problem(
        type="about:blank",
        status=kind.status,
        code=code,
        title=str(kind.title),
        detail=str(kind.detail),
        errors=[Wrong(parameter=e.parameter, code=e.code, detail=e.detail) for e in errors],
    )
    return _response(problem)


def _response(problem: Problem) -> HttpResponse:
    text = problem.model_dump_json()
    response = HttpResponse(text, status=problem.status, content_type=MEDIA_TYPE)
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def answer_refused(refused: Refused) -> HttpResponse:
    """The problem of an operation that is refused, by its own code and in its own words."""
    status = status_of(refused)
    problem = Problem(
        type="about:blank",
        status=status,
        code=refused.code,
        title=str(_("Refused")),
        detail=refused.read(spoken()),
        errors=[
            Wrong(parameter=each.place, code=each.code, detail=each.read(spoken()))
            for each in refused.problems
        ],
    )
    return _response(problem)


def answer_status(status: int) -> HttpResponse:
    """The problem of a status that something other than the API answered."""
    own = {int(kind.status): code for code, kind in reversed(KINDS.items())}
    return answer(own.get(status, "bad-request" if status < 500 else "fault"))
