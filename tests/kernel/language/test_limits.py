"""When a step is due, what lateness does, and what may be read before a step is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.kernel.language.support import pack, refused, step, with_step
from tuoban.kernel.definition import LateAction, Limit

NAMES: dict[str, Any] = {
    "settings": {"soon": timedelta(hours=2)},
    "start": {"at": datetime(2026, 3, 1, 9, tzinfo=UTC)},
    "amount": 3,
}
SETTINGS = (
    "{soon: {type: duration, default: 2 hours, zh: 从速}, most: {type: money, default: 1, zh: 多}}"
)


def limit(keys: str) -> Limit:
    found = step(with_step("by: clerk\n" + keys, settings=SETTINGS))[1].limit
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("within", "length"),
    [
        ("30 minutes", timedelta(minutes=30)),
        ("1 day", timedelta(days=1)),
        ("0.5 hours", timedelta(minutes=30)),
        ("45 seconds", timedelta(seconds=45)),
        ("settings.soon", timedelta(hours=2)),
        ("if amount > 2 then settings.soon else duration(\"PT1H\")", timedelta(hours=2)),
    ],
)  # fmt: skip
def test_within_is_a_length_of_time(within: str, length: timedelta) -> None:
    expression = limit(f"within: {within}").within
    assert expression is not None
    assert expression(NAMES) == length


def test_within_cannot_be_an_amount_of_money() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸settings.most", settings=SETTINGS))
    assert (problem.code, problem.facts["found"]) == ("wrong-kind", "@number")


def test_a_unit_that_is_not_carried_out_yet_names_those_that_are() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸3 workdays"))
    assert problem.read("en").endswith("for now: seconds, minutes, hours, days, weeks.")


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("start.at", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2 hours after start.at", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("1 day before start.at", datetime(2026, 2, 28, 9, tzinfo=UTC)),
        ("settings.soon after start.at", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ('date("2026-03-05")', date(2026, 3, 5)),
        ('1 day before date("2026-03-05")', date(2026, 3, 4)),
    ],
)
def test_due_is_a_moment(due: str, moment: object) -> None:
    expression = limit(f"due: {due}").due
    assert expression is not None
    assert expression(NAMES) == moment


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("2 hours after ▸strat.at", "unknown-name"),
        ("▸2 horus after start.at", "unknown-unit"),
        ("▸amount", "wrong-kind"),
        ("2 hours after ▸amount", "wrong-kind"),
        ("▸amount after start.at", "wrong-kind"),
    ],
)
def test_a_wrong_moment_is_told_at_its_part(due: str, code: str) -> None:
    assert refused(with_step(f"by: clerk\ndue: {due}")).code == code


@pytest.mark.parametrize(
    "keys",
    [
        "due: ▸note",
        "due: 1 day before ▸case.note",
        "due: ▸settings.soon + first.room",
        "within: ▸note - first.at",
        "within: ▸if note = null then settings.soon else settings.soon",
    ],
)
def test_when_a_step_is_due_tells_nothing_personal(keys: str) -> None:
    text = pack(
        settings=SETTINGS,
        fields="\n  amount: {type: integer, zh: 数量}"
        "\n  note: {type: datetime, zh: 约好的时间, personal: true}",
        process=f"""
  - step: first
    zh: 先
    by: clerk
    form: [room]
    fields: {{room: {{type: datetime, zh: 订房时间, personal: true}}}}
  - step: work
    zh: 办理
    by: clerk
    {keys}
  - {{end: done, zh: 完成}}""",
    )
    assert refused(text).code == "personal-limit"


OWN = "by: clerk\nfields: {until: {type: datetime, zh: 期限}}\nform: [until]\n"


@pytest.mark.parametrize(
    "keys",
    [
        "needs: [{that: ▸until != null, else: 没有期限}]",
        "needs: [{that: amount > 1, when: ▸until != null, else: 数量太少}]",
        "needs: [{that: ▸work.count = 0, else: 已办过}]",
        "within: ▸until - start.at",
        "within: ▸work.until - start.at",
        "due: ▸until",
        "due: 1 day before ▸work.at",
    ],
)
def test_what_a_step_gives_cannot_be_read_before_it_is_done(keys: str) -> None:
    problem = refused(with_step(OWN + keys))
    assert problem.code == "own-name-here"
    assert "nearest" not in problem.facts


def test_lateness_tells_and_escalates_in_tiers() -> None:
    tiers = limit(
        """
within: 1 hour
late:
  10 minutes before: tell performer
  at the limit: [tell performer, escalate to head]
  2 hours after: tell clerk, head
"""
    ).tiers
    assert [(tier.key, tier.offset) for tier in tiers] == [
        ("10 minutes before", timedelta(minutes=-10)),
        ("at the limit", timedelta()),
        ("2 hours after", timedelta(hours=2)),
    ]
    assert tiers[1].actions == (LateAction("tell", "performer"), LateAction("escalate", "head"))
    assert tiers[2].actions == (LateAction("tell", "clerk"), LateAction("tell", "head"))


@pytest.mark.parametrize(
    ("late", "code"),
    [
        ("{at the limit: tell ▸hed}", "unknown-role"),
        ("{at the limit: escalate to ▸performer}", "unknown-role"),
        ("{at the limit: tell clerk, ▸hed}", "value-missing-in-braces"),
        ("{▸every day after: tell head}", "not-supported-yet"),
        ("{at the limit: ▸move on}", "not-supported-yet"),
        ("{▸2 workdays after: tell head}", "unit-not-supported-yet"),
    ],
)
def test_wrong_lateness_is_told_at_its_part(late: str, code: str) -> None:
    assert refused(with_step(f"by: clerk\nwithin: 1 hour\nlate: {late}")).code == code


def test_a_number_where_a_duration_must_be_is_told_with_an_example() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸30"))
    assert problem.read("zh").endswith("“30”是数字，这里应为时长，例如 30 minutes。")
    assert problem.read("en").endswith(
        "“30” is a number; a duration such as 30 minutes is expected here."
    )
