"""The strip names every step as the picture does, in the order of the pack."""

from __future__ import annotations

from django.utils import translation

from tests.kernel.engine.playing import Play
from tuoban.faces.desk.standings import strip_of
from tuoban.kernel import commands as c
from tuoban.runtime.cases.queries.standing import standings
from tuoban.runtime.cases.queries.strip import strip

PROCESS = """
- {step: look, by: worker}
- parallel:
    - {step: left, by: worker}
    - {step: right, by: worker}
  join: any
- choose:
    - when: kind = "hard"
      then: [{step: think, by: worker}]
    - otherwise: [{step: nod, by: worker, undo: [{step: shake, by: worker}]}]
- {step: extra, by: worker, when: good}
- {step: last, by: worker}
- end: closed
"""


def told(play: Play, *withdrawn: str) -> list[tuple[str, str]]:
    """Each step on the strip with its small line, or its standing where it has none."""
    steps = strip(play.definition, play.state, {}, play.at)
    known = standings(play.definition, play.state, steps, frozenset(withdrawn))
    with translation.override("en"):
        shown = strip_of(play.definition, known, steps, play.at)
    return [(each.label.en, each.note or each.standing) for each in shown]


def test_the_strip_names_what_is_not_done_and_what_undoes() -> None:
    play = Play(PROCESS).start(kind="easy").do("look").do("left").do("nod")
    assert told(play, "right") == [
        ("look", "today 09:00"),
        ("left", "today 09:00"),
        ("right", "withdrawn"),
        ("think", "not taken"),
        ("nod", "today 09:00"),
        ("extra", "not taken"),
        ("last", "now"),
    ]
    play.carry_out(c.Cancel("zhou", "no need"))
    assert told(play, "right", "last")[4:] == [
        ("nod", "today 09:00"),
        ("shake", "now"),
        ("extra", "not taken"),
        ("last", "withdrawn"),
    ]


def test_a_step_that_lapsed_says_so() -> None:
    play = Play(
        """
- {step: check, by: worker, covers: [amount]}
- {step: change, by: worker, form: [amount]}
- {step: last, by: worker}
- end: closed
"""
    )
    play.start().do("check").do("change", amount=2)
    assert told(play) == [("check", "lapsed"), ("change", "today 09:00"), ("last", "now")]
