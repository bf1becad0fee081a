"""`messages`, and what sends them, waits for them and begins by them."""

from __future__ import annotations

import pytest

from tests.kernel.language.message_examples import PAID, WHO, with_message, with_start
from tests.kernel.language.support import compiled, pack, refused, warned
from tuoban.kernel.definition import Reaction, Send, Wait
from tuoban.kernel.language import check_pack

HEARS = """
- stage: inside
  zh: 里
  steps:
    - wait: came
      zh: 等
      message: paid
      matching: note = message.bill and message.sum > 1
      for: 1 day
    - {step: work, zh: 办理, by: clerk, when: came.sum > amount}
  during:
    - message: paid
      as: more
      zh: 又付
      then: [{step: look, zh: 看, by: head, when: more.sum > 5}]
- {send: paid, to: {system: bank}, with: {bill: note, sum: came.sum + 1}}
- {end: done, zh: 完成}
"""


WAITS = "{wait: came, zh: 等, message: paid}"


def test_what_is_waited_for_and_sent_is_known_to_the_definition() -> None:
    lines = "".join(f"\n  {line}" for line in HEARS.strip("\n").splitlines())
    definition = compiled(pack(messages=PAID, process=lines))
    assert definition.messages["paid"].fields["bill"].required
    wait = definition.nodes["came"].holding(Wait)
    assert wait.message is not None
    assert wait.message.matching is not None
    assert definition.nodes["came"].limits[0].length is not None
    reaction = definition.nodes["more"].holding(Reaction).message
    assert reaction is not None
    assert reaction.matching is None
    sent = definition.nodes["send.1"].holding(Send)
    assert (sent.system, sent.process, [name for name, _ in sent.values]) == (
        "bank",
        "",
        ["bill", "sum"],
    )


def test_a_start_by_a_message_takes_what_the_case_has_fields_for() -> None:
    start = compiled(with_start("{message: paid, matching: note = message.note, take: [note]}"))
    arrival = start.starts["paid"].arrival
    assert arrival is not None
    assert (arrival.take, arrival.awaited.name) == (("note",), "paid")
    assert not start.starts["paid"].is_request
    named = compiled(with_start("{message: paid, as: payment, zh: 付款, take: [note]}"))
    assert named.starts["payment"].label.zh == "付款"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{wait: came, zh: 等, ▸message: paid, that: amount = 1}", "not-together"),
        ("▸{wait: came, zh: 等, matching: amount = 1, for: 1 day}", "key-missing"),
        ("{wait: came, zh: 等, message: paid, for: 1 day, matching: ▸amount}", "wrong-kind"),
        (
            "{wait: came, zh: 等, message: paid, for: 1 day, matching: message.▸nothing = 1}",
            "unknown-member",
        ),
        ("{send: ▸other, with: {}}", "unknown-message"),
        ("{send: paid, with: {bill: note, sum: ▸note}}", "wrong-kind"),
        ("{send: paid, to: {system: ▸Bank}, with: {bill: note}}", "bad-name"),
    ],
)
def test_what_cannot_be_said_of_a_message(line: str, code: str) -> None:
    assert refused(with_message(line)).code == code


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ("{paid: ▸x}", "unexpected-kind"),
        ("{▸Paid: {zh: 付}}", "bad-name"),
        ("{paid: {zh: 付, fields: {▸at: {type: text, zh: 时}}}}", "reserved-name"),
        ("{paid: {zh: 付, fields: {a: {type: text, zh: 甲, ▸default: x}}}}", "unknown-key"),
        ("{paid: {zh: 付, ▸field: {}}}", "unknown-key"),
    ],
)
def test_what_cannot_be_a_message(messages: str, code: str) -> None:
    assert refused(pack(messages=messages)).code == code


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("{message: paid, take: [▸sum]}", "unknown-in-message"),
        ("{message: paid, matching: ▸message.note}", "wrong-kind"),
        ("{message: paid, ▸by: clerk}", "unknown-key"),
        ("{message: paid, unit: ▸1}", "wrong-kind"),
        ("{message: ▸payd}", "unknown-message"),
    ],
)
def test_what_a_start_by_a_message_cannot_say(start: str, code: str) -> None:
    assert refused(with_start(start)).code == code


def test_all_that_is_wrong_is_told_in_one_go() -> None:
    report = check_pack(
        with_message("{send: paid, to: A b, with: {sum: note, other: note}}").replace("▸", "")
    )
    assert {each.code for each in report.problems} == {
        "bad-addressee",
        "wrong-kind",
        "unknown-in-message",
        "message-lacks",
    }


@pytest.mark.parametrize(
    "around",
    [
        f"{{parallel: [{WAITS}, {{step: go, zh: 走, by: clerk}}], join: any}}",
        "{stage: s, zh: 段, within: 1 day, late: {at the limit: move on}, steps: [" + WAITS + "]}",
        WAITS.replace("paid", "paid, until: date(2026, 9, 1)"),
    ],
)
def test_a_wait_that_something_bounds_is_not_warned_of(around: str) -> None:
    report = check_pack(with_message(around))
    assert "wait-unbounded" not in {each.code for each in report.warnings}


def test_what_is_personal_in_a_message_stays_out_of_limits() -> None:
    line = (
        "{wait: came, zh: 等, message: paid, for: 1 day}\n"
        "  - {wait: more, zh: 再等, until: ▸date(came.phone_no)}"
    )
    assert refused(with_message(line, WHO)).code == "personal-limit"


def test_one_message_that_nothing_uses_is_told() -> None:
    assert warned(pack(messages="{▸paid: {zh: 已付}}")).code == "message-unused"


def reacting(written: str, form: str = "sum") -> str:
    """A step during which this may happen, with a step then that fills in `form`."""
    return with_message(
        f"{{step: b, zh: 乙, by: clerk, during: [{{{written}, as: more, zh: 又付, "
        f"then: [{{step: c, zh: 丙, by: head, form: [{form}]}}]}}]}}"
    )


OWN = "fields: {sum: {type: integer, zh: 数, max: 9}, why: {type: text, zh: 因}}"


def test_a_reaction_to_a_message_takes_into_fields_of_its_own_and_of_the_case() -> None:
    definition = compiled(reacting(f"message: paid, {OWN}, take: [sum]", "why"))
    assert definition.nodes["more"].holding(Reaction).taken == ("sum",)
    assert definition.place_fields["more"]["sum"].maximum == 9


def test_a_field_of_a_reaction_that_nothing_fills_is_told() -> None:
    own = "fields: {why: {type: text, zh: 因}, ▸how: {type: text, zh: 法}}"
    assert warned(reacting(f"message: paid, {own}", "why")).code == "field-never-asked"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("message: paid, take: [▸total]", "unknown-in-message"),
        ("message: paid, take: [▸sum]", "unknown-field"),
        ("message: paid, fields: {why: {type: ▸texts, zh: 数}}", "unknown-type-of-field"),
        ("message: paid, fields: {sum: {type: text, zh: 数}}, take: [▸sum]", "take-unfit"),
        ("message: paid, fields: {▸count: {type: integer, zh: 数}}", "reserved-name"),
        ("when: amount > 1, ▸take: [sum]", "unknown-key"),
    ],
)
def test_what_a_reaction_cannot_take(written: str, code: str) -> None:
    assert refused(reacting(written, "{field: amount, read-only: true}")).code == code
