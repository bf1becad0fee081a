"""What indicators come to, held against what a scenario expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tuoban.kernel.definition import Text
from tuoban.runtime.cases.indicators.words import in_words
from tuoban.runtime.rehearsal.measures import read_value
from tuoban.runtime.rehearsal.stage import Stage


class Standing(NamedTuple):
    """An indicator by name, what it comes to and what is meant, both in words, and whether they are
    the same. `found` is None where there is no such indicator."""

    name: Text
    found: Text | None
    meant: Text
    holds: bool


def standing(stage: Stage, wanted: Mapping[str, str]) -> Iterator[Standing]:
    """What indicators come to now, over the cases of the stage."""
    indicators = stage.definition.indicators
    found = stage.measured(wanted) if wanted else {}
    for name, text in wanted.items():
        if name not in indicators:
            yield Standing(Text(name, name), None, Text(text, text), holds=False)
            continue
        meant = read_value(text)
        one, other = (in_words(indicators[name], each) for each in (found[name], meant))
        holds = found[name] == meant or one == other != in_words(indicators[name], None)
        yield Standing(indicators[name].label, one, other, holds)
