"""Refusals: a command that is not allowed, told with a stable code, the facts and what to do.

The texts stand in both languages, those of a family in a module; a test keeps the table and the
codes that the code raises together, and the reference documentation is printed from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tuoban.kernel.definition import Text
from tuoban.kernel.joining import joined
from tuoban.kernel.refusals import (
    calling,
    case,
    clocks,
    data,
    entries,
    files,
    papers,
    people,
    returning,
    signing,
    starting,
    versions,
    work,
)

TEXTS: Mapping[str, Text] = joined(
    starting.TEXTS,
    work.TEXTS,
    people.TEXTS,
    signing.TEXTS,
    returning.TEXTS,
    calling.TEXTS,
    case.TEXTS,
    versions.TEXTS,
    data.TEXTS,
    clocks.TEXTS,
    papers.TEXTS,
    entries.TEXTS,
    files.TEXTS,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was entered, and the entry it stands beside.

    `place` is a field's name, `lines[2].quantity` for a cell of a list, `outcome`, `check:<key>`,
    `signature:<role>`, `paper:<paper>` (or `paper:<paper>.<row>`), `to` or `reason`.
    """

    code: str
    place: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def read(self, language: str) -> str:
        return _fill(self.code, self.facts, language)


class Refused(Exception):
    """The command is not allowed; nothing has changed.

    `facts` fill the text of `code`; a fact that is a `Text` is read in the reader's language, and
    a person stays an id which the caller replaces by a name before reading.
    """

    def __init__(
        self,
        code: str,
        facts: Mapping[str, object] | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = dict(facts or {})
        self.problems = problems

    def read(self, language: str) -> str:
        return _fill(self.code, self.facts, language)

    def __str__(self) -> str:
        places = "; ".join(f"{each.place}: {each.read('en')}" for each in self.problems)
        return f"{self.code}: {self.read('en')}" + (f" [{places}]" if places else "")


def refuse_invalid(problems: list[Problem]) -> Refused:
    """The refusal of a form with these problems."""
    return Refused("invalid", {"count": len(problems)}, tuple(problems))


def _fill(code: str, facts: Mapping[str, object], language: str) -> str:
    plain = {name: _plain(value, language) for name, value in facts.items()}
    return TEXTS[code].read(language).format(**plain)


def _plain(value: object, language: str) -> str:
    if isinstance(value, Text):
        return value.read(language)
    if isinstance(value, tuple | list):
        return _in_a_row([_plain(each, language) for each in value], language)
    return str(value)


def _in_a_row(words: Sequence[str], language: str) -> str:
    """Names with commas between them, sentences one after the other."""
    are_sentences = all(each.endswith((".", "。")) for each in words)
    if language.startswith("en"):
        return (" " if are_sentences else ", ").join(words)
    return ("" if are_sentences else "、").join(words)
