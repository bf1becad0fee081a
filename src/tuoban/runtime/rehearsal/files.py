"""The customers and assets of a rehearsal: whoever a scenario names is on file from then on.

They are kept in memory, so that no rehearsal meets the organisation's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from tuoban.kernel.definition import BEYOND
from tuoban.kernel.facts import ASSET, CUSTOMER, KIND, NAME
from tuoban.runtime.cases.outside import Candidate

_BEFORE_THE_FIRST = 10**15
"""The organisation's own have smaller numbers, so that none of its cases names one of these."""


class RehearsalFiles:
    """Files that begin empty."""

    def __init__(self) -> None:
        self._facts: dict[str, dict[str, Any]] = {}

    def facts(self, refs: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        return {ref: dict(self._facts[ref]) for ref in refs if ref in self._facts}

    def find(self, kind: str, text: str) -> str | None:
        for ref, facts in self._facts.items():
            if facts[KIND] == kind and text in (facts[NAME], ref):
                return ref
        type_ = CUSTOMER if kind == CUSTOMER else ASSET
        ref = f"{type_}-{_BEFORE_THE_FIRST + len(self._facts) + 1}"
        self._facts[ref] = {KIND: kind, NAME: text}
        return ref

    def enter(self, kind: str, text: str, at: datetime) -> str | None:
        return self.find(kind, text) if text else None

    def candidates(self, kind: str, text: str) -> Sequence[Candidate]:
        return ()

    def called(self, refs: Collection[str]) -> Mapping[str, str]:
        return {ref: self._facts[ref][NAME] for ref in refs if ref in self._facts}

    def typed(self, ref: str) -> str:
        return self.called([ref]).get(ref, ref)

    def reached(self, ref: str) -> Mapping[str, str]:
        """Whoever is on file can be reached."""
        return dict.fromkeys(BEYOND, ref) if ref.startswith(f"{CUSTOMER}-") else {}

    def write(self, ref: str, facts: Mapping[str, Any], case_id: int | None, at: datetime) -> None:
        self._facts.setdefault(ref, {}).update(facts)
