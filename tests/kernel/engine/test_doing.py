"""Activities of steps: asked before, recorded with the completion, undone when that is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from textwrap import dedent, indent
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.activities import Activity, Answer, Asked, Catalogue, Key, objection
from tuoban.kernel.definition import Field, Outcome
from tuoban.kernel.engine import doing, evolve, step_place
from tuoban.kernel.forms import read_form
from tuoban.kernel.language import compile_pack
from tuoban.kernel.surroundings import Surroundings
from tuoban.kernel.text import Text


def _field(name: str, **more: Any) -> Field:
    return Field(name, "money", Text(name, name), **more)


MEANING = Text("一事", "a thing")
PRICE = Activity(
    "price",
    Text("定价", "Price"),
    MEANING,
    asks=(_field("base", required=True),),
    offers=(_field("sum"),),
)
TAKE = Activity(
    "take",
    Text("收", "Take"),
    MEANING,
    takes=(Key("amount", "money", required=True),),
    offers=(_field("got"),),
    keeps=True,
)
NOTE = Activity(
    "note",
    Text("记", "Note"),
    MEANING,
    takes=(Key("amount", "money"),),
    offers=(_field("noted"),),
    unattended=True,
)
RING = Activity(
    "ring",
    Text("打", "Ring"),
    MEANING,
    outcomes=(Outcome("yes", Text("通", "Yes")), Outcome("no", Text("没通", "No"))),
)
CATALOGUE = Catalogue(
    {each.key: each for each in (PRICE, TAKE, NOTE, RING)}, {"paid": _field("paid")}
)

TOO_MUCH = objection("base", Text("太多", "Too much"))


class Serviced(Play):
    """A case whose services answer at once: `price` gives twice what is entered and takes no more
    than a hundred, the others give the amount."""

    def __init__(self, process: str) -> None:
        text = HEADER + indent(dedent(process).strip("\n"), "  ") + "\n"
        super().__init__(compile_pack(text, catalogue=CATALOGUE))
        self.asked: list[Asked] = []
        self.facts: dict[str, Any] | None = None
        self._answers: dict[int, Answer] = {}

    def surroundings(self) -> Surroundings:
        return replace(super().surroundings(), answers=self._answers, facts=self.facts)

    def carry_out(self, command: c.Command) -> list[e.Event]:
        if isinstance(command, c.Complete | c.Perform):
            item = self.state.items[command.item]
            place = step_place(self.definition, self.state, item, self.surroundings())
            data = command.data if isinstance(command, c.Complete) else {}
            outcome = command.outcome if isinstance(command, c.Complete) else None
            values = read_form(place, data).values
            asked = doing.ask(place, item, values, outcome)
            if asked is not None:
                self.asked.append(asked)
                self._answers = {item.id: self._answer(asked)}
        return super().carry_out(command)

    @staticmethod
    def _answer(asked: Asked) -> Answer:
        amount = asked.given.get("amount")
        if asked.activity == "price":
            base = asked.entered["base"]
            if base is not None and base > 100:
                return Answer(asked, problems=(TOO_MUCH,))
            return Answer(asked, {"sum": base * 2 if base is not None else None})
        if asked.activity == "note" and amount is None:
            return Answer(asked, problems=(replace(TOO_MUCH, place="amount"),))
        return Answer(asked, {"got": amount} if asked.activity == "take" else {"noted": amount})


SOLD = """
- {step: offer, by: worker, do: price}
- {step: pay, by: worker, do: take, amount: offer.sum + 0.005, returns-to: [offer]}
- {step: hand_over, by: worker, when: pay.got > 10, returns-to: [offer, pay]}
- {step: rest, by: worker}
- end: done
"""


def test_what_it_results_in_is_recorded_and_read_by_the_name_of_the_step() -> None:
    play = Serviced(SOLD).start()
    play.do("offer", base=50)
    assert play.state.completions["offer"][0].data == {"base": Decimal(50), "sum": Decimal(100)}
    play.do("pay")
    assert play.asked[-1].given == {"amount": Decimal("100.01")}  # half up to the minor unit
    assert play.open() == {"hand_over"}
    done = [each for each in play.journal if isinstance(each, e.ActivityDone)]
    assert [(each.activity, each.keeps) for each in done] == [("price", False), ("take", True)]


def test_a_service_may_refuse_beside_a_field() -> None:
    play = Serviced(SOLD).start()
    item = play.item("offer").id
    assert play.refused(c.Complete("li", item, data={"base": 101})) == "invalid"
    assert play.refused(c.Complete("li", item, data={})) == "invalid"


def test_without_an_answer_to_just_this_nothing_is_done() -> None:
    play = Serviced(SOLD).start()
    play._answers = {}
    command = c.Complete("li", play.item("offer").id, data={"base": 5})
    with pytest.raises(Exception, match="changed-meanwhile"):
        Play.carry_out(play, command)
    play._answers = {1: Answer(Asked("price", 1, "offer", {}, {"base": Decimal(6)}), {"sum": 1})}
    with pytest.raises(Exception, match="changed-meanwhile"):
        Play.carry_out(play, command)


def test_a_return_undoes_the_newest_first_and_what_is_kept_stands() -> None:
    play = Serviced("""
- {step: offer, by: worker, do: price}
- {step: again, by: worker, do: price}
- {step: pay, by: worker, do: take, amount: again.sum}
- {step: hand_over, by: worker, returns-to: [offer]}
- end: done
""").start()
    play.do("offer", base=5).do("again", base=6).do("pay").send_back("hand_over", "offer")
    undone = [each.node for each in play.journal if isinstance(each, e.ActivityUndone)]
    assert undone == ["again", "offer"]
    assert [each.node for each in play.state.performed.values()] == ["pay"]
    play.do("offer", base=5).do("again", base=7).do("pay")
    assert play.asked[-1].former == {"got": Decimal(12)}
    assert play.asked[-1].given == {"amount": Decimal(14)}
    assert [each.item for each in play.state.performed.values() if each.node == "pay"] == [
        play.state.completions["pay"][-1].item
    ]


def test_what_is_taken_back_is_undone() -> None:
    play = Serviced(SOLD).start().do("offer", base=5).withdraw("offer")
    assert [each.node for each in play.journal if isinstance(each, e.ActivityUndone)] == ["offer"]


def test_cancelling_undoes_what_is_not_kept() -> None:
    play = Serviced(SOLD).start().do("offer", base=50).do("pay")
    play.carry_out(c.Cancel("zhou", "no more"))
    assert [each.node for each in play.journal if isinstance(each, e.ActivityUndone)] == ["offer"]


IN_ORDER = """
- {step: one, by: worker, do: price}
- step: two
  by: worker
  do: price
  undo: [{step: back, by: worker, do: take, amount: 1}]
- {step: three, by: worker, do: price}
- {step: rest, by: worker}
- end: done
"""


def undoing(play: Serviced) -> list[str]:
    told = (e.ActivityUndone, e.UndoBegan)
    return [type(each).__name__ for each in play.journal if isinstance(each, told)]


def test_steps_and_services_undo_in_one_order_each_when_its_turn_comes() -> None:
    play = Serviced(IN_ORDER).start().do("one", base=1).do("two", base=2).do("three", base=3)
    play.carry_out(c.Cancel("zhou", "no more"))
    assert undoing(play) == ["ActivityUndone", "ActivityUndone", "UndoBegan"]
    assert [done.node for done in play.state.performed.values()] == ["one"]
    play.do("back")
    undoes = play.asked[-1].undoes
    assert undoes is not None
    assert (undoes.activity, undoes.values["sum"]) == ("", 4)
    assert undoing(play)[3:] == ["ActivityUndone"]
    assert [done.node for done in play.state.performed.values()] == ["back"]
    assert play.state.outcome == "cancelled"


def test_what_stands_although_work_went_back_past_it_is_undone_all_the_same() -> None:
    play = Serviced("""
- {step: one, by: worker}
- {step: pay, by: worker, do: take, amount: 5, undo: [{step: back, by: worker}]}
- {step: tell, by: worker, undo: [{step: untell, by: worker}]}
- {step: look, by: worker, returns-to: [one]}
- end: done
""").start()
    play.do("one").do("pay").do("tell").send_back("look", "one")
    play.carry_out(c.Cancel("zhou", "no more"))
    assert play.open() == {"back"}
    assert play.do("back").state.outcome == "cancelled"


def test_a_case_whose_services_were_undone_at_once_goes_on_to_its_end() -> None:
    """As former programs did, before the steps."""
    play = Serviced(IN_ORDER).start().do("one", base=1).do("two", base=2)
    play.carry_out(c.Cancel("zhou", "no more"))
    former = e.ActivityUndone(play.state.completions["one"][0].item, "one", "price", play.at)
    play.journal.append(former)
    play.state = evolve(play.definition, play.state, former)
    play.do("back")
    assert undoing(play) == ["ActivityUndone", "UndoBegan", "ActivityUndone"]
    assert play.state.outcome == "cancelled"


def test_what_lapses_is_undone_once_it_is_done_again() -> None:
    play = Serviced("""
- {step: offer, by: worker, do: price, covers: [kind]}
- {step: change, by: worker, form: [kind]}
- {step: hand_over, by: worker, needs: [offer]}
- end: done
""").start(kind="easy")
    play.do("offer", base=5).do("change", kind="hard")
    kinds = [type(each) for each in play.journal]
    assert kinds.index(e.CompletionLapsed) < kinds.index(e.DoneAgain)
    assert kinds.index(e.DoneAgain) < kinds.index(e.ActivityUndone)
    assert play.open() == {"offer", "hand_over"}


def test_the_system_does_what_is_nobodys_work() -> None:
    play = Serviced("""
- {step: bill, do: note, amount: amount}
- {step: rest, by: worker, when: bill.noted = 5}
- end: done
""").start(amount=5)
    assert play.item("bill").person is None
    assert play.told() == []
    item = play.item("bill").id
    assert play.refused(c.Complete("li", item)) == "not-performer"
    play.carry_out(c.Perform(item))
    assert play.open() == {"rest"}
    assert play.refused(c.Perform(play.item("rest").id)) == "not-unattended"


def test_what_the_system_cannot_do_stands_with_the_reason_and_can_be_tried_again() -> None:
    play = Serviced("- {step: bill, do: note, amount: amount}\n- end: done").start()
    item = play.item("bill").id
    assert [each.id for each in doing.waiting(play.definition, play.state)] == [item]
    play.carry_out(c.Perform(item))
    assert play.item("bill").failed == (Text("太多", "Too much"),)
    assert list(doing.waiting(play.definition, play.state)) == []
    play.carry_out(c.Correct("zhou", "amount", "7", "typed wrong"))
    play.carry_out(c.Perform(item, by="zhou"))
    assert play.state.status == "ended"


AT_ONCE = """
- stage: work
  during:
    - {at: 1 hour after start.at, as: over, interrupting: true, then: [{step: clear, by: worker}]}
  steps: [{step: bill, do: note, amount: amount}]
- end: done
"""


def come_late() -> Serviced:
    """The reaction of a stage should have come an hour ago, and comes next."""
    play = Serviced(AT_ONCE).start(amount=5)
    play.at += timedelta(hours=2)
    assert play.open() == {"bill"}
    return play


def test_what_has_come_due_takes_away_what_the_system_was_about_to_do() -> None:
    play = come_late()
    play.carry_out(c.Perform(play.item("bill").id))
    assert play.open() == {"clear"}
    assert play.state.performed == {}


def test_what_has_come_due_is_no_excuse_for_people() -> None:
    play = come_late()
    assert play.refused(c.Perform(play.item("bill").id, by="zhou")) == "item-withdrawn"


def test_an_activity_may_bring_outcomes() -> None:
    play = Serviced("""
- {step: call, by: worker, do: ring}
- {step: write, by: worker, when: call.outcome = "no"}
- end: done
""").start()
    assert play.refused(c.Complete("li", play.item("call").id)) == "invalid"
    play.do("call", outcome="no")
    assert not play.asked[-1].agrees
    assert play.open() == {"write"}


def test_gates_follow_what_services_know() -> None:
    play = Serviced("""
- {step: hand_over, by: worker, needs: [{that: case.paid >= 10, else: Not paid}]}
- end: done
""")
    assert play.definition.facts == ("paid",)
    play.facts = {"paid": Decimal(0)}
    play.start()
    assert play.item("hand_over").locked == (0,)
    play.facts = {"paid": Decimal(10)}
    play.carry_out(c.Recheck())
    assert play.item("hand_over").locked is None
    assert play.carry_out(c.Recheck()) == []


def test_what_work_goes_straight_back_to_is_undone_and_what_lies_between_stands() -> None:
    play = Serviced("""
- {step: offer, by: worker, do: price}
- {step: again, by: worker, do: price}
- {step: hand_over, by: worker, returns-to: {offer: direct}}
- end: done
""").start()
    play.do("offer", base=5).do("again", base=6).send_back("hand_over", "offer")
    assert [each.node for each in play.journal if isinstance(each, e.ActivityUndone)] == ["offer"]
    play.do("offer", base=7)
    assert play.open() == {"hand_over"}
    assert [each.node for each in play.state.performed.values()] == ["again", "offer"]


def test_nobody_is_added_to_sign_after_a_service_has_acted() -> None:
    play = Serviced(SOLD).start()
    item = play.item("offer").id
    play.carry_out(c.Claim("li", item))
    command = c.AddSigner("li", item, "han", before=False, reason="look")
    assert play.refused(command) == "activity-not-signed"
    play.carry_out(replace(command, before=True))


def test_what_lapsed_is_undone_when_work_goes_back_past_it() -> None:
    play = Serviced("""
- {step: ask, by: worker}
- {step: offer, by: worker, do: price, covers: [kind]}
- {step: change, by: worker, form: [kind]}
- {step: hand_over, by: worker, returns-to: [ask]}
- end: done
""").start(kind="easy")
    play.do("ask").do("offer", base=5).do("change", kind="hard").send_back("hand_over", "ask")
    assert not play.state.performed
