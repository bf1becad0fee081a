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
        _("Send a token in the header Authorization, as “Bearer tuoban_…”."),
    ),
    "bad-token": Kind(
        HTTPStatus.UNAUTHORIZED,
        _("No valid token"),
        _("This token is unknown, has expired or was revoked. Make a new one at the desk."),
    ),
    "forged": Kind(
        HTTPStatus.FORBIDDEN,
        _("Not shown to be yours"),
        _(
            "By the cookie of a session only pages of the desk change anything. Programs send a "
            "token in place of it."
        ),
    ),
    "out-of-scope": Kind(
        HTTPStatus.FORBIDDEN,
        _("Not within the scopes of the token"),
        _("The description of the API names the scope of each address. Make a token that has it."),
    ),
    "not-yours": Kind(
        HTTPStatus.FORBIDDEN,
        _("For administrators"),
        _("Only administrators may ask for this."),
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
    "too-large": Kind(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("Too large"),
        _("The body is longer than any that is taken here. Files are uploaded one by one."),
    ),
    "unknown-media": Kind(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        _("Of an unknown type"),
        _("Send a body as application/json, and a file as application/octet-stream."),
    ),
    "invalid": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Parameters that cannot be used"),
        _("Every parameter that cannot be used is listed in `errors`, with what to do."),
    ),
    "too-many": Kind(
        HTTPStatus.TOO_MANY_REQUESTS,
        _("Too many requests"),
        _("Wait as many seconds as Retry-After says, then ask again."),
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
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
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
