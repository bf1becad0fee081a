"""What was typed on a page of several small forms, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.text import Text

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """The form `act`, as typed, with its problems by entry; nothing was sent where `act` is
    empty."""

    act: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def value(self, act: str, name: str, otherwise: str = "") -> str:
        """What stands in an entry: what was typed there, else what is known."""
        return self.values.get(name, "") if act == self.act else otherwise

    def problem(self, act: str, name: str) -> str:
        """What is wrong with an entry."""
        return self.problems.get(name, "") if act == self.act else ""


class Misfit(Exception):
    """An entry that cannot be taken; `why` says what to do."""

    def __init__(self, entry: str, why: str) -> None:
        super().__init__(why)
        self.entry = entry
        self.why = why


def entry(request: HttpRequest, name: str) -> str:
    """What was typed into an entry."""
    return plain(str(request.POST.get(name, ""))).strip()[:LONGEST]


def typed(request: HttpRequest, problems: Mapping[str, str]) -> Typed:
    """The form that was sent, with what is wrong with it."""
    values = {
        name: plain(" ".join(request.POST.getlist(name))).strip()[:LONGEST]
        for name in request.POST
        if name != "csrfmiddlewaretoken"
    }
    return Typed(entry(request, "act"), values, problems)


def said(error: Exception) -> str:
    """What a refusal in both languages says in that of the page."""
    known = getattr(error, "text", None)
    if isinstance(known, Text):
        return known.read(page_language())
    zh, _, en = str(error).partition(" / ")
    return Text(zh, en or zh).read(page_language())
