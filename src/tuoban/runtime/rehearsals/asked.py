"""What is asked of the program, on both sides of it: texts as JSON, and the scenarios played."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tuoban.kernel.language import Bases, PackError, PackText
from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.jobs.retry import in_words
from tuoban.runtime.rehearsal import ScenarioError, play, read_scenarios
from tuoban.runtime.rehearsals.results import written

_log = logging.getLogger(__name__)


class ToRehearse(NamedTuple):
    """What a rehearsal of a published pack needs, so that it can be played anywhere."""

    pack: PackText
    around: Bases
    """The packs that it calls, or one of these, in their newest versions, and those that any of
    them extends as they stood when it was published."""
    scenarios: str


def to_rehearse(row: definitions.Published) -> ToRehearse:
    """The texts of a published pack, and of those around it."""
    own = definitions.settable(row)
    called: dict[str, PackText] = {}
    extended = dict(own.bases)
    waiting, seen = [row], {row.slug}
    while waiting:
        for slug in sorted(definitions.called_by(waiting.pop()) - seen):
            seen.add(slug)
            try:
                newest = definitions.latest(slug)
            except Refused:
                continue  # what calls it waits, as it does live
            pack = definitions.settable(newest)
            called[str(newest)] = pack.text
            extended = {**pack.bases, **extended}
            waiting.append(newest)
    return ToRehearse(own.text, {**called, **extended}, definitions.scenarios_of(row))


def asking(packs: ToRehearse, numbers: Iterable[int]) -> str:
    """The JSON that asks for these scenarios, by their places from 1, in this order."""
    around = [[key, each.text, each.translations] for key, each in packs.around.items()]
    return json.dumps(
        {
            "pack": [packs.pack.text, packs.pack.translations or ""],
            "around": around,
            "scenarios": packs.scenarios,
            "numbers": list(numbers),
        }
    )


def play_asked(asked: Mapping[str, Any]) -> Iterator[str]:
    """Play what was asked, one after the other; of each what came of it, or `{"error": [zh, en]}`
    where it cannot be played. A fault at one keeps none of the others from being played."""
    text, translations = asked["pack"]
    around = {key: PackText(pack, other) for key, pack, other in asked["around"]}
    for number in asked["numbers"]:
        try:
            scenarios = read_scenarios(asked["scenarios"])
            if number > len(scenarios):
                raise ScenarioError((_no_such(number),))
            played = play(
                scenarios[number - 1],
                text,
                translations,
                around,
                with_frames=True,
                are_published=True,
            )
            said = written(played)
        except (PackError, ScenarioError) as error:
            said = _failed(Text(error.read("zh"), error.read("en")))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others must go on
            _log.exception("scenario %d could not be played", number)
            said = _failed(in_words(error))
        yield said


def _failed(why: Text) -> str:
    return json.dumps({"error": [why.zh, why.en]})


def _no_such(number: int) -> Text:
    return Text(f"没有第 {number} 个场景", f"there is no scenario {number}")
