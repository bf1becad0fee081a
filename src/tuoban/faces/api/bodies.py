"""Bodies of requests: JSON that is text throughout, and no deeper than anything that is asked."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

DEEPEST = 20
"""How many lists and objects may stand in one another; a drawing, the deepest of all, takes six."""


class StrictParser(Parser):
    """JSON as it is defined: no NaN, and decimal fractions as they are written.

    Half of a surrogate pair is no text: no database and no answer can hold it. Whoever reads a body
    may go through it by calling itself. What a form of any page could send is none either.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        if not is_json(request):
            raise ValueError(request.content_type)
        found = json.loads(request.body, parse_float=str, parse_constant=_no_number)
        _check(found, DEEPEST)
        return found


def is_json(request: HttpRequest) -> bool:
    """Whether the body is said to be JSON."""
    return request.content_type == "application/json"


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _check(value: Any, deeper: int) -> None:
    """Raises ValueError, of which UnicodeEncodeError is one."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, list | dict):
        if not deeper:
            raise ValueError("too deep")
        parts = chain(value, value.values()) if isinstance(value, dict) else value
        for each in parts:
            _check(each, deeper - 1)
