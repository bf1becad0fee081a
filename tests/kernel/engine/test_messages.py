"""Messages: what a case takes of those that come to it, and what it sends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.kernel.engine.playing import HEADER, NINE, ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.engine.messaging import listened
from tuoban.kernel.language import compile_pack
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import OUTSIDE
from tuoban.kernel.state import State

MESSAGES = """
messages:
  paid:
    en: Paid
    fields:
      kind: {type: text, en: Kind, required: true}
      sum: {type: money, en: Sum}
      payer: {type: text, personal: true, en: Payer}
      when_paid: {type: datetime, en: When}
  sorted: {en: Sorted, fields: {kind: {type: choice, options: {easy: Easy, hard: Hard}, en: Kind}}}
  alarm: {en: Alarm, fields: {kind: {type: text, en: Kind}}}
"""
BEFORE, _, AFTER = HEADER.partition("tables:\n")
SEAL = c.Sealed("ref-1", "0" * 64)


def define(process: str, starts: str = "") -> Any:
    """The pack of `HEADER` with messages."""
    after = AFTER.replace("starts:\n", f"starts:\n{starts}")
    lines = "\n".join(f"  {line}" for line in process.strip("\n").splitlines())
    return compile_pack(f"{BEFORE}{MESSAGES}tables:\n{after}{lines}\n")


def play(process: str, starts: str = "") -> Play:
    return Play(define(process, starts))


def deliver(case: Play, message: str, name: str = "paid", **values: Any) -> list[e.Event]:
    return case.carry_out(c.Deliver(message, name, values, case.at))


def waits(state: State) -> list[str]:
    return [each.node for each in state.waits.values()]


def read(case: Play, name: str) -> Any:
    return Names(case.definition, case.state, case.opened, ZONE, None, OUTSIDE)[name]


ONE = """
- {wait: came, message: paid, matching: kind = message.kind}
- {step: go_on, by: worker, when: came.sum > 3}
- end: closed
"""


def test_a_wait_takes_the_message_that_matches_and_its_name_gives_the_values() -> None:
    case = play(ONE).start(kind="easy")
    case.opened["ref-1"] = "Wang"

    assert deliver(case, "m-1", kind="hard", sum="10") == []
    assert waits(case.state) == ["came"]
    events = deliver(case, "m-2", kind="easy", sum="4.01", payer=SEAL)

    assert waits(case.state) == []
    assert case.open() == {"go_on"}
    came = read(case, "came")
    assert (str(came["sum"]), came["payer"], came["kind"]) == ("4.01", "Wang", "easy")
    received = next(each for each in events if isinstance(each, e.MessageReceived))
    assert received.values["payer"] == SEAL
    assert "ref-1" in case.state.sealed


def test_what_cannot_be_read_is_refused_with_every_reason() -> None:
    case = play(ONE).start(kind="easy")
    with pytest.raises(Refused) as refused:
        deliver(case, "m-1", sum="much", payer="Wang")
    assert [(each.place, each.code) for each in refused.value.problems] == [
        ("kind", "required"),
        ("sum", "not-money"),
        ("payer", "not-sealed"),
    ]
    assert case.refused(c.Deliver("m-1", "nothing", {}, NINE)) == "unknown-message"
    assert case.refused(c.Deliver("m-1", "paid", {"kind": SEAL}, NINE)) == "invalid"
    assert waits(case.state) == ["came"]


def test_everything_that_waits_takes_it_at_once_and_none_takes_it_twice() -> None:
    case = play("""
- parallel:
    - {wait: one, message: paid}
    - {wait: two, message: paid, matching: message.sum > 5}
    - {step: work, by: worker, during: [{message: paid, as: again, then: [{step: look, by: boss}]}]}
- {wait: three, message: paid, matching: message.sum < 3}
- end: closed
""").start()
    deliver(case, "m-1", kind="x", sum=4)
    assert waits(case.state) == ["two"]
    assert read(case, "again")["sum"] == 4

    assert deliver(case, "m-1", kind="x", sum=4) == []
    deliver(case, "m-2", kind="x", sum=9)

    assert waits(case.state) == []
    assert read(case, "again")["count"] == 2


def test_in_a_loop_each_round_takes_a_message_of_its_own() -> None:
    case = play("""
- repeat: rounds
  until: came.sum > 5
  steps:
    - {wait: came, message: paid}
- end: closed
""").start()
    deliver(case, "m-1", kind="x", sum=1)
    assert waits(case.state) == ["came"]
    assert deliver(case, "m-1", kind="x", sum=1) == []

    deliver(case, "m-2", kind="x", sum=6)

    assert case.state.status == "ended"


def test_each_element_takes_it_for_itself() -> None:
    case = play("""
- each: part
  in: '["pump", "motor"]'
  steps:
    - {wait: came, message: paid, matching: message.kind = part}
- end: closed
""").start()
    deliver(case, "m-1", kind="motor")
    assert len(case.state.waits) == 1
    assert deliver(case, "m-1", kind="motor") == []
    deliver(case, "m-2", kind="pump")
    assert case.state.status == "ended"


def test_sent_back_to_before_it_the_same_message_counts_again() -> None:
    case = (
        play("""
- {step: first, by: worker}
- {wait: came, message: paid}
- {step: second, by: worker, returns-to: [first]}
- end: closed
""")
        .start()
        .do("first")
    )
    deliver(case, "m-1", kind="x")
    case.send_back("second", "first").do("first")
    assert waits(case.state) == ["came"]

    deliver(case, "m-1", kind="x")

    assert case.open() == {"second"}


def test_a_time_beside_the_message_is_the_longest_it_is_waited_for() -> None:
    case = play("""
- {wait: came, message: paid, for: 2 hours}
- {step: go_on, by: worker, when: came.kind = null}
- end: closed
""").start()
    case.wait(hours=2)
    assert case.open() == {"go_on"}
    assert deliver(case, "m-1", kind="x") == []


def test_an_interrupting_reaction_withdraws_what_took_it_too() -> None:
    case = play("""
- stage: inside
  steps:
    - {step: work, by: worker}
    - {wait: never, message: alarm, matching: message.kind = "b"}
  during:
    - {message: alarm, as: off, matching: message.kind = "a", interrupting: true}
- {step: after, by: worker, when: off.kind = "a"}
- end: closed
""").start()
    deliver(case, "m-1", "alarm", kind="a")
    assert case.open() == {"after"}


def test_a_suspended_case_takes_messages_and_an_ended_one_none() -> None:
    case = play(ONE).start(kind="easy")
    case.carry_out(c.Suspend("zhou", "strike"))
    deliver(case, "m-1", kind="easy")
    assert case.state.status == "ended"
    assert case.refused(c.Deliver("m-2", "paid", {"kind": "easy"}, NINE)) == "case-over"


def test_what_listens_is_known_by_name() -> None:
    case = play(ONE, "  - {message: alarm, matching: kind = message.kind}\n")
    assert listened(case.definition, case.state) == frozenset()
    case.start(kind="easy")
    assert listened(case.definition, case.state) == {"paid", "alarm"}
    deliver(case, "m-1", kind="easy", sum=4)
    assert listened(case.definition, case.state) == {"alarm"}


def ringing() -> Play:
    """A case that begins when an alarm rings somewhere, and hears of no other one."""
    start = "  - {message: alarm, as: ring, matching: hall = message.hall, take: [hall]}\n"
    text = f"{BEFORE}{MESSAGES}tables:\n{AFTER}  - {{wait: more, message: paid}}\n  - end: closed\n"
    text = text.replace("alarm: {en: Alarm, fields: {kind", "alarm: {en: Alarm, fields: {hall")
    text = text.replace(
        "\nfields:\n", "\nfields:\n  hall: {type: text, en: Hall, required: true}\n"
    )
    return Play(compile_pack(text.replace("starts:\n", f"starts:\n{start}")))


def begin(**values: Any) -> c.BeginByMessage:
    return c.BeginByMessage("ring", "east", "P-1", "m-1", values, NINE)


def test_a_case_begins_by_a_message_and_takes_what_it_carries() -> None:
    case = ringing()
    assert case.refused(begin()) == "invalid"

    case.carry_out(begin(hall="north"))

    assert case.state.values == {"hall": "north"}
    assert (case.state.by, case.state.channel, case.state.request) == ("", "message", "ring")


def test_another_one_joins_the_case_that_it_matches_once() -> None:
    case = ringing()
    case.carry_out(begin(hall="north"))
    assert deliver(case, "m-1", "alarm", hall="north") == []
    assert deliver(case, "m-2", "alarm", hall="south") == []

    events = deliver(case, "m-3", "alarm", hall="north")

    assert [each.joined for each in events if isinstance(each, e.MessageReceived)] == [True]
    assert deliver(case, "m-3", "alarm", hall="north") == []


def test_a_message_by_which_the_case_began_is_taken_by_nothing_in_it() -> None:
    case = ringing()
    case.carry_out(begin(hall="north"))
    assert waits(case.state) == ["more"]
    begun = c.BeginByMessage("go", "east", "P-1", "m-1", {}, NINE)
    assert Play(case.definition).refused(begun) == "unknown-request"
    asked = c.Start("li", "ring", "east", "P-2", {"hall": "x"})
    assert Play(case.definition).refused(asked) == "unknown-request"


SEND = """
- {send: paid, to: other-pack, with: {kind: kind, sum: amount / 3, payer: name}}
- {send: alarm, to: {system: siren}}
- {step: work, by: worker}
- end: closed
"""


def test_a_message_is_sent_with_values_that_fit_and_personal_ones_sealed() -> None:
    case = play(SEND)
    case.opened["ref-1"] = "Wang"
    case.start(kind="easy", amount="10", name=SEAL)
    sent = [each for each in case.journal if isinstance(each, e.MessageSent)]
    assert [(each.name, each.process, each.system) for each in sent] == [
        ("paid", "other-pack", ""),
        ("alarm", "", "siren"),
    ]
    assert (str(sent[0].values["sum"]), sent[0].values["payer"]) == ("3.33", SEAL)
    assert sent[0].unfit == {}
    assert sent[0].number != sent[1].number


def test_what_it_must_carry_and_does_not_is_told() -> None:
    case = play(SEND).start()
    sent = next(each for each in case.journal if isinstance(each, e.MessageSent))
    assert sent.unfit == {"kind": "required"}


def test_what_took_a_message_is_forgotten_once_none_is_kept_so_long() -> None:
    case = play("""
- repeat: rounds
  until: rounds.round > 9
  steps:
    - {wait: came, message: paid}
- end: closed
""").start()
    deliver(case, "m-1", kind="x")
    case.at += timedelta(days=32)
    deliver(case, "m-2", kind="x")
    assert set(case.state.received) == {"m-2"}


NEWS = """
- step: work
  by: worker
  during:
    - message: paid
      as: news
      matching: kind = message.kind
      fields:
        sum: {type: money, max: 50, en: Sum}
        payer: {type: text, personal: true, en: Payer}
        word: {type: text, en: Word}
      take: [sum, payer]
      then: [{step: look, by: boss, form: [{field: sum, read-only: true}, word]}]
- {step: go_on, by: worker, when: sum(news.all.sum) > 9}
- end: closed
"""


def test_every_occurrence_has_what_its_message_carried_and_what_is_entered_in_it() -> None:
    case = play(NEWS).start(kind="easy")
    case.opened["ref-1"] = "Wang"
    deliver(case, "m-1", kind="easy", sum=4, payer=SEAL)
    events = deliver(case, "m-2", kind="easy", sum=6)
    (filled,) = (each for each in events if isinstance(each, e.FieldsSet))
    assert (filled.by, filled.values["sum"]) == (None, 6)

    first, second = (item for item in case.state.items.values() if item.node == "look")
    case.carry_out(c.Complete("wang", first.id, None, {"word": "one"}, frozenset(), {}))
    case.carry_out(c.Complete("wang", second.id, None, {"word": "two"}, frozenset(), {}))
    happened = [(each["sum"], each["payer"], each["word"]) for each in read(case, "news")["all"]]
    assert happened == [(4, "Wang", "one"), (6, None, "two")]
    assert case.do("work").open() == {"go_on"}


def test_what_the_fields_of_a_reaction_cannot_hold_does_not_happen() -> None:
    case = play(NEWS).start(kind="easy")
    with pytest.raises(Refused) as refused:
        deliver(case, "m-1", kind="easy", sum=51)
    assert [(each.place, each.code) for each in refused.value.problems] == [("sum", "too-large")]
    assert case.open() == {"work"}


def test_what_is_taken_into_the_case_is_as_if_it_were_entered() -> None:
    case = play(
        """
- step: work
  by: worker
  during: [{message: paid, as: news, take: [kind], interrupting: true}]
- {step: go_on, by: worker, when: kind = "hard"}
- end: closed
""".replace("message: paid", "message: sorted")
    ).start(kind="easy")
    deliver(case, "m-1", "sorted", kind="hard")
    assert case.open() == {"go_on"}
    assert read(case, "news")["kind"] == "hard"


def test_what_happens_by_itself_has_fields_of_its_own_each_time() -> None:
    case = play("""
- step: work
  by: worker
  during:
    - every: 1 hour
      as: round
      fields: {seen: {type: text, en: Seen}, sure: {type: boolean, default: "true", en: Sure}}
      then: [{step: look, by: boss, form: [seen, sure]}]
    - when: good
      as: fine
      fields: {word: {type: text, en: Word}}
      then: [{step: praise, by: boss, form: [word]}]
    - at: 3 hours after start.at
      as: late
      fields: {word: {type: text, en: Word}}
      then: [{step: ask, by: boss, form: [word]}]
- end: closed
""").start(good=True)
    case.wait(hours=2)
    first, second = (item for item in case.state.items.values() if item.node == "look")
    case.carry_out(c.Complete("wang", second.id, None, {"seen": "two"}, frozenset(), {}))
    case.carry_out(c.Complete("wang", first.id, None, {"seen": "one"}, frozenset(), {}))
    case.do("praise", by="wang", word="good").wait(hours=1).do("ask", by="wang", word="why")
    assert [each["seen"] for each in read(case, "round")["all"]] == ["one", "two", None]
    assert (read(case, "fine")["word"], read(case, "late")["word"]) == ("good", "why")
