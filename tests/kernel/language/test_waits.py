"""`wait`: its forms, its name, and what makes one unsound."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, found, pack, process, refused
from tuoban.kernel.clocks import read_length
from tuoban.kernel.definition import Node, Text, Wait
from tuoban.kernel.language import check_pack
from tuoban.kernel.limits import ROUND_THE_CLOCK, WAITS

BEFORE = "- {step: work, zh: 办理, by: clerk}"


def waited(text: str) -> Node:
    """The wait that is written so, between a step and the end."""
    definition = compiled(process(f"{BEFORE}\n- {text}\n- {{end: done, zh: 完成}}"))
    (node,) = (each for each in definition.nodes.values() if each.kind == "wait")
    return node


@pytest.mark.parametrize(
    "text",
    [
        "wait: 2 workdays",
        "{wait: pause, for: 2 workdays}",
        "wait:\n  for: 2 workdays",
        "{wait: pause, for: {limit: 2 workdays}}",
        "wait: {limit: 2 workdays}",
    ],
)
def test_a_length_is_written_with_and_without_a_name(text: str) -> None:
    node = waited(text)
    (limit,) = node.limits
    assert (limit.key, limit.length) == (WAITS, read_length("2 workdays"))
    assert node.key == ("pause" if "pause" in text else "wait.1")
    assert node.holding(Wait).that is None


def test_a_moment_and_its_calendar() -> None:
    node = waited("{wait: pause, until: {moment: 3 days after work.at, calendar: always}}")
    (limit,) = node.limits
    assert limit.until is not None
    assert limit.until.offset == read_length("3 days")
    assert limit.calendar == ROUND_THE_CLOCK


def test_a_label_says_what_for() -> None:
    assert waited("{wait: pause, for: 1 day, zh: 冷静期}").label.zh == "冷静期"
    assert waited("wait: 1 day").label == Text("等待", "Wait")


def test_a_condition_is_true_or_false() -> None:
    text = """
- parallel:
    - {step: work, zh: 办理, by: clerk}
    - {wait: pause, that: work.at != null}
- {end: done, zh: 完成}
"""
    node = compiled(process(text)).nodes["pause"]
    assert node.holding(Wait).that is not None
    assert node.limits == ()
    refused(process(text.replace("work.at != null", "▸work.at")))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("▸wait:", "value-missing"),
        ("{wait: pause, for: 1 day, ▸until: work.at}", "not-together"),
        ("{wait: ▸2 horus}", "unknown-unit"),
        ("{wait: ▸work.at}", "wrong-kind"),
        ("{wait: pause, until: ▸3 days}", "length-for-moment"),
        ("{wait: pause, until: ▸now}", "no-clock-here"),
        ("{wait: pause, until: ▸pause.at}", "own-name-here"),
        ("{wait: ▸case, for: 1 day}", "reserved-name"),
        ("{wait: pause, for: {limit: 1 day, ▸late: x}}", "unknown-key"),
        ("{wait: pause, for: {limit: 1 day, calendar: ▸performer}}", "no-performer-here"),
        ("{wait: pause, message: ▸paid, for: 1 day}", "unknown-message"),
        ("{wait: 1 day, ▸within: 2 days}", "unknown-key"),
    ],
)
def test_what_is_no_wait(text: str, code: str) -> None:
    marked = process(f"{BEFORE}\n- {text}\n- {{end: done, zh: 完成}}")
    assert refused(marked).code == code


def test_nothing_personal_says_how_long() -> None:
    text = pack(
        fields="\n  born_on: {type: date, zh: 生日, personal: true}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [born_on]}]",
        process="\n  - {wait: pause, until: ▸born_on}\n  - {end: done, zh: 完成}",
    )
    assert refused(text).code == "personal-limit"


@pytest.mark.parametrize("word", ["within", "due", "opens", "moment", "wait", "late"])
def test_no_limit_is_called_by_a_word_that_means_another(word: str) -> None:
    text = f"- {{step: work, zh: 办理, by: clerk, within: {{clock: ▸{word}, limit: 1 day}}}}"
    assert refused(process(f"{text}\n- {{end: done, zh: 完成}}")).code == "reserved-name"


LOOP = """
- repeat: rounds
  until: rounds.round = 3
  steps:
    - {}
- {{end: done, zh: 完成}}
"""


@pytest.mark.parametrize(
    ("wait", "codes"),
    [
        ("wait: 1 hour", []),
        ("{wait: pause, for: {limit: 1 hour}}", []),
        ("{wait: 1 hour, when: amount > 1}", ["loop-may-spin"]),
        ("{wait: pause, until: start.at}", ["loop-may-spin"]),
        ('{wait: pause, for: duration("PT0S")}', ["loop-may-spin"]),
    ],
)
def test_only_a_plain_length_surely_stops_a_loop(wait: str, codes: list[str]) -> None:
    problems = found(check_pack(process(LOOP.format(wait))))
    assert [code for code, _, _ in problems] == codes


def test_another_step_may_need_it_and_none_may_return_to_it() -> None:
    text = """
- {wait: pause, zh: 等, for: 1 day}
- {step: work, zh: 办理, by: clerk, needs: [pause], when: pause.count = 1, returns-to: [▸pause]}
- {end: done, zh: 完成}
"""
    assert refused(process(text)).code == "not-a-step"


@pytest.mark.parametrize(
    "condition",
    ["amount > 1", "case.amount > 1", "other.count = 1", 'work.outcome = "yes" or note = "x"'],
)
def test_what_runs_meanwhile_may_change_a_condition(condition: str) -> None:
    text = f"""
- {{step: work, zh: 办理, by: clerk, outcomes: {{yes: 是, no: 否}}}}
- parallel:
    - {{wait: pause, that: '{condition}'}}
    - stage: side
      zh: 旁
      steps:
        - {{step: other, zh: 其他, by: clerk, form: [amount, note]}}
- {{end: done, zh: 完成}}
"""
    assert check_pack(process(text)).problems == ()
