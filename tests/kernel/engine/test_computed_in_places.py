"""Computed fields of steps and blocks: always what their expression gives where they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kernel.engine.playing import ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel.engine import step_place
from tuoban.kernel.forms import value_shown
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import OUTSIDE, vantage_of

STEP = """
- step: mend
  by: worker
  fields:
    whole: {type: money, is: "cost + coalesce(amount, 0)"}
    hours: {type: number}
    cost: {type: money, is: hours * 10}
  form: [hours, cost]
- {step: dear, by: worker, when: mend.cost > 100, form: [amount], returns-to: [mend]}
- end: closed
"""

STAGE = """
- stage: works
  fields:
    hours: {type: number}
    wages: {type: money, is: hours * 50}
    whole: {type: money, is: "wages + coalesce(amount, 0)"}
  steps:
    - {step: mend, by: worker, form: [hours, wages]}
    - {step: check, by: checker, when: whole > 100, form: [whole]}
- {step: note, by: worker, when: works.whole > 100, form: [amount]}
- end: closed
"""

ROUNDS = """
- repeat: rounds
  until: cost > 100
  at-most: 4
  fields: {hours: {type: number}, cost: {type: money, is: hours * 10}}
  steps: [{step: mend, by: worker, form: [hours]}]
- {step: note, by: worker, when: rounds.cost = 110}
- end: closed
"""


def read(play: Play, name: str) -> Names:
    names = Names(play.definition, play.state, {}, ZONE, vantage=OUTSIDE)
    return names[name]  # type: ignore[no-any-return]


def test_a_step_gives_what_was_computed_of_what_was_entered() -> None:
    play = Play(STEP).start()
    play.do("mend", hours="12")
    assert play.open() == {"dear"}
    assert read(play, "mend")["cost"] == Decimal("120.00")
    assert "cost" not in play.state.completions["mend"][0].data
    play.do("dear", amount="5")
    assert read(play, "mend")["whole"] == Decimal("125.00")
    assert [each["cost"] for each in read(play, "mend")["all"]] == [Decimal("120.00")]


def test_what_is_passed_over_by_it_is_so() -> None:
    play = Play(STEP).start()
    play.do("mend", hours="2")
    assert play.state.outcome == "closed"


def test_a_form_shows_what_is_computed_of_what_is_typed_and_takes_nothing_for_it() -> None:
    play = Play(STEP).start()
    place = step_place(play.definition, play.state, play.item("mend"), play.surroundings())
    assert value_shown(place, "cost", {"hours": Decimal(3)}) == Decimal("30.00")
    assert value_shown(place, "cost", {}) is None
    with pytest.raises(Refused) as refused:
        play.do("mend", hours="2", cost="7")
    assert [(each.place, each.code) for each in refused.value.problems] == [("cost", "read-only")]


def test_inside_a_stage_it_is_read_by_its_name_and_outside_by_that_of_the_stage() -> None:
    play = Play(STAGE).start(amount="20")
    place = step_place(play.definition, play.state, play.item("mend"), play.surroundings())
    assert value_shown(place, "wages", {"hours": Decimal(2)}) == Decimal("100.00")
    play.do("mend", hours="2")
    check = play.item("check")
    place = step_place(play.definition, play.state, check, play.surroundings())
    assert value_shown(place, "whole", {}) == Decimal("120.00")
    inside = Names(
        play.definition, play.state, {}, ZONE, vantage=vantage_of(play.state, check.activation)
    )
    assert inside["whole"] == Decimal("120.00")
    play.do("check", by="zhou")
    play.do("note", amount="1")
    assert read(play, "works") == {
        "hours": Decimal(2), "wages": Decimal("100.00"), "whole": Decimal("101.00"),
    }  # fmt: skip


def test_every_round_computes_its_own() -> None:
    play = Play(ROUNDS).start()
    for hours in ("3", "11"):
        play.do("mend", hours=hours)
    assert play.open() == {"note"}
    assert read(play, "rounds")["round"] == 2


def test_nothing_is_computed_of_what_has_not_happened() -> None:
    play = Play(STAGE.replace("- stage", "- {step: first, by: worker}\n- stage")).start()
    assert read(play, "works") == {"hours": None, "wages": None, "whole": None}


def test_elements_compute_each_their_own() -> None:
    play = Play(
        """
        - {step: ask, by: worker, fields: {parts: {type: list, of: number}}, form: [parts]}
        - each: part
          in: ask.parts
          fields: {hours: {type: number}, cost: {type: money, is: hours * part}}
          steps:
            - step: mend
              by: worker
              form: [hours]
              fields: {twice: {type: money, is: cost * 2}}
        - {step: note, by: worker, when: "sum(mend.all.twice) = 100"}
        - end: closed
        """
    ).start()
    play.do("ask", parts=["10", "5"])
    first, second = sorted(play.state.items)
    play.carry_out(c.Complete("li", first, None, {"hours": "2"}))
    play.carry_out(c.Complete("li", second, None, {"hours": "6"}))
    assert play.open() == {"note"}
