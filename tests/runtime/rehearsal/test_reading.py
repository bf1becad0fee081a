"""Scenarios that cannot be played are told at their place, in both languages, without a crash."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from pathlib import Path

import pytest

from tuoban.runtime.rehearsal import ScenarioError, play, read_scenarios, rehearse_folder

PACK = """\
pack: counter
version: 2026.1
title: 柜台
roles: {clerk: 柜员}
fields:
  note: {type: text, zh: 事由, en: Matter}
  secret: {type: text, zh: 秘密, personal: true}
  size: {type: integer, zh: 大小, en: Size}
  wait: {type: duration, zh: 时限, en: Limit}
  seen: {type: datetime, zh: 见面}
starts:
  - {request: ask, zh: 来访, by: [clerk], form: [{field: note, required: true}, secret, size, wait]}
process:
  - step: serve
    zh: 接待
    by: clerk
    within: 30 minutes
    form: [seen]
    outcomes: {good: 好}
  - {step: close, zh: 收尾, by: clerk, needs: [{that: size > 5, else: 太小}], form: [size]}
  - {end: done, zh: 办完}
"""
SCENARIO = """\
- scenario: 来了就接待
  cast: {mei: clerk}
  clock: 2026-03-02 09:00
  start: {by: mei, request: ask, note: 问路, size: 3, wait: 90 minutes}
  play:
    - {due: {serve: 09:30}}
    - {clock: in 3 minutes}
    - {values: {note: 问路}}
    - {mei: {claim: serve}}
    - {mei: serve, outcome: good, seen: 2026-03-02 10:00}
    - {locked: close}
  expect: {late: 0, cases: 1}
"""
LATE_AT_ONCE = "due: 1 hour before start.at\n    late: {at the limit: tell performer}"
HAN = re.compile("[\u4e00-\u9fff]")


def change(old: str, new: str) -> str:
    assert old in SCENARIO
    return SCENARIO.replace(old, new)


UNREADABLE = {
    "a day of one digit is fine, a month that is none is not": (
        change("2026-03-02 09:00", "2026-13-02 09:00"),
        "3:10: “2026-13-02 09:00” is not a date and time such as 2026-03-02 09:00",
    ),
    "a date without a time": (
        change("2026-03-02 09:00", "2026-3-2"),
        "3:10: “2026-3-2” is not a date and time such as 2026-03-02 09:00",
    ),
    "a clock in the first year": (
        change("2026-03-02 09:00", "0001-01-01 00:00"),
        "3:10: “0001-01-01 00:00” is not a date and time such as 2026-03-02 09:00",
    ),
    "a clock that is a list": (
        change("2026-03-02 09:00", "[1]"),
        "3:10: a text should stand here",
    ),
    "a bad due": (
        change("09:30", "half past"),
        "6:21: “half past” is not a moment such as 10:30, tomorrow 09:00, 2026-03-02 09:00, "
        "in 3 hours",
    ),
    "a bad move of the clock": (
        change("in 3 minutes", "in three minutes"),
        "7:15: “in three minutes” is not a moment such as 10:30, tomorrow 09:00, "
        "2026-03-02 09:00, in 3 hours",
    ),
    "a count that is none": (change("late: 0", "late: ²"), "12:18: “²” is not a whole number"),
    "a name that nobody can have": (
        change("{mei: clerk}", '{mei: clerk, "a b": clerk}'),
        "2:22: “a b” cannot be a name: use letters, digits and . @ + - _, at most 60",
    ),
    "a name that is a word of the play": (
        change("{mei: clerk}", "{mei: clerk, told: clerk}"),
        "2:22: “told” has a meaning of its own under play; choose another name",
    ),
    "a start by nobody": (change("by: mei, ", ""), "4:10: “by” is missing"),
    "a name that is a word for what happens": (
        change("{mei: clerk}", "{mei: clerk, message: clerk}"),
        "2:22: “message” has a meaning of its own under play; choose another name",
    ),
    "a word that stands beside no check": (
        change("{locked: close}", "{locked: close, off: 1}"),
        "11:23: “off” is not known; possible: locked, of",
    ),
    "a word that stands beside no clock": (
        change("{clock: in 3 minutes}", "{clock: in 3 minutes, to: 10:00}"),
        "7:29: “to” is not known; possible: clock",
    ),
    "an operation that there is not": (
        change("{mei: {claim: serve}}", "{mei: {clam: serve}}"),
        "9:13: “clam” is not known; possible: claim, take-next, release, transfer, return, open, "
        "withdraw, urge, delegate, get-back, jump, sign, refuse, add-signer, drop-signer, opinion, "
        "suspend, resume, extend, copy, cancel, add, give-up, hand-in, hand-on, strike-paper, "
        "print, correct",
    ),
    "a word that stands beside no operation of this kind": (
        change("{mei: {claim: serve}}", "{mei: {claim: serve, to: mei}}"),
        "9:28: “to” is not known; possible: claim, of",
    ),
    "an entry of a form beside an operation": (
        change("{mei: {claim: serve}}", "{mei: {claim: serve}, size: 3}"),
        "9:29: “size” is not known; possible: mei, of, refused, at",
    ),
    "a key that nobody knows": (
        change("  clock:", "  clok:"),
        "3:3: “clok” is not known; possible: scenario, units, cast, skills, clock, hours, "
        "settings, files, given, start, play, expect",
    ),
    "a file of nothing": ("", "1:1: the file holds no scenario"),
    "a text in the place of scenarios": ("scenario", "1:1: a mapping should stand here"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_told_at_its_place(case: str) -> None:
    text, told = UNREADABLE[case]
    with pytest.raises(ScenarioError) as raised:
        read_scenarios(text)
    assert raised.value.read("en") == f"scenarios.yaml:{told}"
    assert HAN.search(raised.value.read("zh"))


@pytest.mark.parametrize("clock", ["2026-3-2 9:00", "2026-03-02 09:00"])
def test_a_moment_may_be_written_with_or_without_zeros(clock: str) -> None:
    (scenario,) = read_scenarios(change("2026-03-02 09:00", clock))
    assert scenario.clock == clock


def test_a_file_that_is_not_utf8_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    (tmp_path / "scenarios.yaml").write_bytes("- scenario: a\n  cast: 妥".encode("gbk"))
    with pytest.raises(ScenarioError) as raised:
        rehearse_folder(tmp_path)
    assert raised.value.read("en") == "scenarios.yaml:2:9: this is not UTF-8 text"


def failures(text: str) -> list[tuple[str, str]]:
    (scenario,) = read_scenarios(text)
    told = (each.text for each in play(scenario, PACK, "").lines if each.failed)
    return [(each.zh, each.en) for each in told]


FAILING = {
    "a refusal tells why, entry by entry": (
        change("note: 问路, ", "").replace("    - {values: {note: 问路}}\n", ""),
        "被拒绝（invalid）：note：请填写“事由”。",
        "refused (invalid): note: Please fill in “Matter”.",
    ),
    "a refusal without entries tells why": (
        change("{locked: close}", "{mei: {return: close, to: serve, reason: 错}}"),
        "被拒绝（not-returnable）：“收尾”不能退回到“接待”；可退回：—。",
        None,
    ),
    "what was unlocked": (
        change("size: 3", "size: 8"),
        "“收尾”：未锁定，应为 锁定",
        "“收尾”: unlocked, expected locked",
    ),
    "what is not open": (
        change("    - {mei: serve, outcome: good, seen: 2026-03-02 10:00}\n", ""),
        "“收尾”：还没有开放，应为 锁定",
        "“收尾”: not open, expected locked",
    ),
    "a step that there is not, where it would hold of any": (
        change("{locked: close}", "{closed: serves}"),
        "没有步骤“serves”，最接近的是“serve”",
        "there is no step “serves”; the nearest is “serve”",
    ),
    "work that there is not": (
        change("{locked: close}", "{mei: clos}"),
        "没有步骤“clos”，最接近的是“close”",
        "there is no step “clos”; the nearest is “close”",
    ),
    "somebody who is nobody was not told": (
        change("{locked: close}", "{not-told: mai}"),
        "没有这个人“mai”，最接近的是“mei”",
        "there is no member of the cast “mai”; the nearest is “mei”",
    ),
    "a message that there is not": (
        change("{locked: close}", "{sent: gone}"),
        "没有消息“gone”",
        "there is no message “gone”",
    ),
    "a limit of what is not there": (
        change("{locked: close}", "{mei: {extend: sevre, by: 1 hour, reason: 忙}}"),
        "没有步骤“sevre”，最接近的是“serve”",
        "there is no step “sevre”; the nearest is “serve”",
    ),
    "an entry that there is not": (
        change("seen: 2026-03-02 10:00", "sein: 2026-03-02 10:00"),
        "没有字段“sein”，最接近的是“seen”",
        "there is no field “sein”; the nearest is “seen”",
    ),
    "a duration in words": (
        change("{values: {note: 问路}}", "{values: {wait: 30 minutes}}"),
        "时限：1 小时 30 分钟，应为 30 分钟",
        "Limit: 1 hour 30 minutes, expected 30 minutes",
    ),
    "who was not told": (
        change("{values: {note: 问路}}", "{told: mei}"),
        "mei：没有收到提醒，应为 收到提醒",
        "mei: not told, expected told",
    ),
    "a role that the pack does not know": (
        change("{mei: clerk}", "{mei: clark}"),
        "流程包里没有角色“clark”",
        "the pack has no role “clark”",
    ),
    "a clock beyond the calendar": (
        change("2026-03-02 09:00", "2199-12-31 09:00").replace("3 minutes", "3 days"),
        "时钟不能拨到“in 3 days”",
        "the clock cannot go to “in 3 days”",
    ),
    "a check where no case has begun": (
        change("note: 问路, ", "refused: invalid, "),
        "工单还没有开始",
        "no case has begun",
    ),
    "a personal value": (
        change("note: 问路, ", "note: 问路, secret: 甲, ").replace(
            "{values: {note", "{values: {secret: 甲, note"
        ),
        "“secret”是个人信息，不能核对",
        "“secret” is personal, it cannot be looked at",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", FAILING)
def test_what_does_not_go_as_written_says_what_was_and_what_should_be(case: str) -> None:
    text, zh, en = FAILING[case]
    found = failures(text)
    assert [each for each, _ in found] == [zh]
    assert en is None or [each for _, each in found] == [en]


@pytest.mark.django_db
def test_the_scenario_that_the_others_change_plays() -> None:
    assert failures(SCENARIO) == []


@pytest.mark.django_db
def test_what_is_late_from_the_start_has_told_by_the_first_check() -> None:
    pack = PACK.replace("within: 30 minutes", LATE_AT_ONCE)
    text = change("- {due: {serve: 09:30}}", "- {told: mei}").replace("late: 0", "late: 1")
    (scenario,) = read_scenarios(text)
    assert not [each.text.en for each in play(scenario, pack, "").lines if each.failed]


@pytest.mark.django_db
def test_a_pack_is_called_by_its_name_also_from_inside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("pack.yaml", PACK), ("scenarios.yaml", SCENARIO)):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert rehearse_folder(Path()).slug == tmp_path.name


WORDS = (
    "- ", "{", "}", "[", "]", ": ", ", ", "\n", "  ", "²", "-1", "2026-02-30 25:00",
    "0001-01-01 0:00", "in 999999 days", "tomorrow 99:99", "mei", "clerk", "serve", "due",
    "values", "clock", "expect", "null", '""', "99999999999999999999", "serve.outcome",
    "{claim: close}", "refused: invalid",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_scenario_is_reported_or_fails_and_never_crashes(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    text = SCENARIO
    for _ in range(chance.randint(1, 3)):
        words = list(re.finditer(r"[\w.-]+|[:{}\[\],]", text))
        spoilt = chance.choice(words)
        text = text[: spoilt.start()] + chance.choice(WORDS) + text[spoilt.end() :]
    with suppress(ScenarioError):
        for scenario in read_scenarios(text):
            assert play(scenario, PACK, "").lines


@pytest.mark.parametrize("text", ["", "[]", "- {}", "- []", "- "])
def test_a_file_without_a_scenario_is_none(text: str) -> None:
    with pytest.raises(ScenarioError):
        read_scenarios(text)
