"""Parameters: text in, values out. What cannot be used is told in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from tuoban.faces.api.language import spoken
from tuoban.faces.api.problems import Bad, NoResult
from tuoban.kernel.calendars import CODES as CALENDAR_CODES
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.calendars.instants import FIRST_YEAR, LAST_YEAR, micros_of, out_of_reach
from tuoban.kernel.clocks import CODES, UNITS, ClockError, Length, read_length

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""Counted from 1, as far as every database can."""
LONGEST = 200
"""Characters of a parameter."""

# What was typed as + in an address arrives as a space.
_LOST_PLUS = re.compile(r"(?<=:\d\d) (?=\d\d:\d\d$)|(?<=\.\d{6}) (?=\d\d:\d\d$)")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_LOST_PLUS.sub("+", text[:LONGEST]))
    except ValueError:
        raise PydanticCustomError("bad-moment", "no moment") from None
    try:
        micros_of(moment)
    except CalendarError as error:
        raise _refused(error) from None
    # A day is kept from both ends, where other zones are in another year already.
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise _refused(out_of_reach())
    return moment


def _length(text: str) -> Length:
    try:
        return read_length(text[:LONGEST])
    except ClockError as error:
        raise _refused(error) from None


def _refused(error: CalendarError | ClockError) -> PydanticCustomError:
    texts = {"zh": error.describe("zh"), "en": error.describe("en")}
    return PydanticCustomError(error.code, "{en}", texts)


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant in ISO 8601 with its offset."""

_NAMES = sorted({name for key, unit in UNITS.items() for name in (key, unit.many)})

TimeLength = Annotated[
    Length,
    BeforeValidator(_length),
    WithJsonSchema({"type": "string", "pattern": rf"^[1-9]\d{{0,5}} ({'|'.join(_NAMES)})$"}),
]
"""`2 working hours`."""


def bad(errors: Sequence[Mapping[str, Any]]) -> Iterator[Bad]:
    """What pydantic found wrong with the parameters of a request."""
    for error in errors:
        yield Bad(str(error["loc"][-1]), *_read(error["type"], error.get("ctx", {})))


def blamed(parameter: str, error: CalendarError | ClockError) -> NoResult:
    """The problem of a parameter that was understood and still has no result."""
    return NoResult("invalid", Bad(parameter, error.code, error.describe(spoken())))


def unknown_person() -> Bad:
    """There is no user of the name that was given, or their hours are not to be seen."""
    detail = _("There is no user of this name, or you may not see their hours.")
    return Bad("person", "unknown-person", detail)


def check_known(request: HttpRequest, *known: str) -> None:
    """Refuse parameters that mean nothing, or two things: none must go unheard.

    Raises:
        NoResult: `invalid`.
    """
    unknown = [name for name in request.GET if name not in known]
    if unknown:
        raise NoResult("invalid", *(Bad(name[:LONGEST], *_unknown(known)) for name in unknown))
    repeated = [name for name in known if len(request.GET.getlist(name)) > 1]
    if repeated:
        raise NoResult("invalid", *(Bad(name, *_repeated()) for name in repeated))


def _unknown(known: Sequence[str]) -> tuple[str, str]:
    if not known:
        return "unknown-parameter", _("There are no parameters here: leave it out.")
    names = ", ".join(known)
    return "unknown-parameter", _("There is no such parameter; known are: %(names)s.") % {
        "names": names
    }


def _repeated() -> tuple[str, str]:
    return "repeated-parameter", _("This parameter is there more than once: give it once.")


def _read(code: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """The code and the text for what pydantic calls `code`."""
    if code in CODES or code in CALENDAR_CODES:
        return code, texts["en" if spoken().startswith("en") else "zh"]
    if code == "missing":
        return code, _("This parameter is needed.")
    if code == "extra_forbidden":
        return "unknown-parameter", _("There is no such parameter.")
    if code == "bad-moment":
        example = {"example": "2026-03-02T09:05:00%2B08:00"}
        return code, _("Write a moment with its offset, in an address like %(example)s.") % example
    return "bad-value", _("This value cannot be used here.")
