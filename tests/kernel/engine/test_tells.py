"""`tell`: notices that the process gives, at its turn and whenever work comes to somebody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.kernel.engine.playing import DIRECTORY, HEADER, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.commands import Sealed
from tuoban.kernel.language import compile_pack


def told(play: Play, since: int = 0) -> list[e.Told]:
    found = (each for each in play.journal[since:] if isinstance(each, e.Told))
    return [each for each in found if each.tier == e.TOLD]


CONSTRUCT = """
- {step: first, by: worker}
- {tell: {checker: inbox, boss: inbox}, text: "{amount} from {name}"}
- {step: second, by: worker, returns-to: [first]}
- end: closed
"""


def test_whoever_holds_the_role_nearest_is_told_with_the_values_as_they_are() -> None:
    name = Sealed("r", "c")
    play = Play(CONSTRUCT).start(amount=5, name=name).do("first")
    values = {"amount": Decimal("5.00"), "name": name}
    assert told(play) == [
        e.Told(
            None, e.TOLD, None, "checker", "east", escalated=False, node="tell.1", values=values
        ),
        e.Told(None, e.TOLD, None, "boss", "hq", escalated=False, node="tell.1", values=values),
    ]
    assert play.open() == {"second"}


def test_where_nobody_holds_the_role_the_head_is_told_once() -> None:
    process = '- {tell: {ghost: inbox}, text: "x"}\n- {step: a, by: worker}\n- end: closed'
    (notice,) = told(Play(process).start())
    assert (notice.person, notice.role) == ("zhou", None)


def test_reached_again_it_tells_again() -> None:
    play = Play(CONSTRUCT).start().do("first").send_back("second", "first").do("first")
    assert len(told(play)) == 4


STEP = """
- {step: first, by: worker}
- step: second
  by: worker
  tell: {performer: inbox, boss: inbox}
  returns-to: [first]
- {step: third, by: worker, returns-to: [second]}
- end: closed
"""


def whom(notices: list[e.Told]) -> list[str | None]:
    return [each.person or each.role for each in notices]


def test_every_hop_of_a_step_is_told() -> None:
    play = Play(STEP).start().do("first")
    assert whom(told(play)) == ["worker", "boss"]
    item = play.item("second").id
    assert {each.item for each in told(play)} == {item}

    mark = len(play.journal)
    play.carry_out(c.Claim("li", item))
    assert told(play, mark) == []

    play.carry_out(c.Transfer("li", item, "han", "ill"))
    assert whom(told(play, mark)) == ["han", "boss"]

    mark = len(play.journal)
    play.do("second", by="han").send_back("third", "second")
    assert whom(told(play, mark)) == ["han", "boss"]


def test_the_event_says_by_which_channel_and_outside_parties_are_told_themselves() -> None:
    header = HEADER.replace("fields:\n", "fields:\n  reach: {type: phone, en: Phone}\n").replace(
        "form: [kind,", "form: [reach, kind,"
    )
    play = Play(
        compile_pack(
            header
            + "  - {tell: {customer: sms, boss: [inbox, mail]}, text: Hello}\n"
            + "  - {step: first, by: worker, tell: {performer: sms}}\n  - end: closed\n"
        )
    ).start(reach="13800138000")
    found = [(each.role, each.unit, each.channel) for each in told(play)]
    assert found == [
        ("boss", "hq", ""),
        ("customer", None, "sms"),
        ("boss", "hq", "mail"),
        ("worker", "east", "sms"),
    ]


def test_work_that_is_offered_anew_is_told() -> None:
    play = Play(STEP).start().do("first")
    play.carry_out(c.Claim("li", play.item("second").id))
    mark = len(play.journal)
    holders = {**DIRECTORY.holders, ("worker", "east"): frozenset({"han"})}
    play.directory = replace(DIRECTORY, holders=holders)
    play.carry_out(c.Recheck())
    assert whom(told(play, mark)) == ["worker", "boss"]


def test_work_that_is_gone_at_once_is_not_told() -> None:
    process = """
- parallel:
    - {step: slow, by: worker, tell: {performer: inbox}}
    - {decide: grade}
  join: any
- {step: after, by: worker}
- end: closed
"""
    play = Play(process).start()
    assert (told(play), play.open()) == ([], {"after"})


EVERY_STEP = """
- {step: first, by: worker}
- {step: second, by: worker, signed-by: checker, returns-to: [first]}
- {step: third, by: checker, tell: [], returns-to: [second, {first: direct}]}
- end: closed
"""


def sent(play: Play, since: int) -> list[str | None]:
    """Who was told by SMS."""
    return [each.person or each.role for each in told(play, since) if each.channel == "sms"]


def test_every_step_tells_at_every_hop_by_the_channel_that_the_pack_says() -> None:
    header = HEADER.replace("starts:\n", "every-step: {tell: {performer: sms}}\nstarts:\n")
    process = "".join(f"  {line}\n" for line in EVERY_STEP.strip().splitlines())
    play = Play(compile_pack(header + process)).start()
    assert sent(play, 0) == ["worker"], "offered"

    def hops(command: c.Command) -> list[str | None]:
        mark = len(play.journal)
        play.carry_out(command)
        return sent(play, mark)

    item = play.item("first").id
    assert hops(c.Claim("li", item)) == []
    assert hops(c.Release("li", item)) == ["worker"]
    assert hops(c.Claim("li", item)) == []
    assert hops(c.Transfer("li", item, "han", "ill")) == ["han"]
    assert hops(c.Delegate("han", item, "li", "away")) == ["li"]
    assert hops(c.GetBack("han", item)) == ["han"]
    assert hops(c.Delegate("han", item, "li", "away")) == ["li"]
    assert hops(c.Complete("li", item)) == ["han"], "prepared, and the delegator's again"
    assert hops(c.Complete("han", item)) == ["worker"], "the next step"

    second = play.item("second").id
    assert hops(c.Complete("li", second)) == [], "who signs is asked for it, and does not do it"
    signing = next(each for each in play.state.items.values() if each.part is not None)
    assert hops(c.RefuseToSign("zhou", signing.id, "wrong")) == ["li"]
    assert hops(c.Return("li", second, "first", "look again")) == ["han"], "sent back"
    assert hops(c.Complete("han", play.item("first").id)) == ["worker"]
