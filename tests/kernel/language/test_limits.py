"""When a step is due, what lateness does, and what may be read before a step is done."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kernel.language.support import compiled, pack, refused, step, with_step
from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import LateAction, Limit, Text
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language import check_pack

SETTINGS = (
    "{soon: {type: duration, default: 2 hours, zh: 从速}, most: {type: money, default: 1, zh: 多},"
    " reply: {type: duration, default: 3 workdays, zh: 答复},"
    " brief: {type: duration, default: 5 minutes, zh: 片刻}}"
)


def limits(keys: str) -> tuple[Limit, ...]:
    return step(with_step("by: clerk\n" + keys, settings=SETTINGS))[0].limits


def limit(keys: str) -> Limit:
    (found,) = limits(keys)
    return found


@pytest.mark.parametrize(
    ("within", "length"),
    [
        ("30 minutes", Length(Decimal(30), "minute")),
        ("1 day", Length(Decimal(1), "day")),
        ("0.5 hours", Length(Decimal("0.5"), "hour")),
        ("2 working hours", Length(Decimal(2), "working hour")),
        ("3 workdays", Length(Decimal(3), "workday")),
        ("1 quarter", Length(Decimal(1), "quarter")),
    ],
)
def test_within_is_a_length_of_time(within: str, length: Length) -> None:
    assert limit(f"within: {within}").length == length


@pytest.mark.parametrize(
    "within",
    [
        "settings.soon",
        "settings.reply",
        'if amount > 2 then settings.soon else duration("PT1H")',
        'if amount > 2 then settings.reply else working time("1 working hour")',
    ],
)
def test_within_may_be_calculated(within: str) -> None:
    assert isinstance(limit(f"within: {within}").length, Expression)


def test_within_cannot_be_an_amount_of_money() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸settings.most", settings=SETTINGS))
    assert (problem.code, problem.facts["found"]) == ("wrong-kind", "@number")


@pytest.mark.parametrize(
    ("due", "base", "offset", "side"),
    [
        ("start.at", "start.at", None, "after"),
        ("2 hours after start.at", "start.at", Length(Decimal(2), "hour"), "after"),
        ("1 workday before start.at", "start.at", Length(Decimal(1), "workday"), "before"),
        ('date("2026-03-05")', 'date("2026-03-05")', None, "after"),
    ],
)
def test_due_is_a_moment(due: str, base: str, offset: Length | None, side: str) -> None:
    until = limit(f"due: {due}").until
    assert until is not None
    assert (until.base.text, until.offset, until.side) == (base, offset, side)


def test_the_distance_of_a_moment_may_be_calculated() -> None:
    until = limit("due: settings.reply after start.at").until
    assert until is not None
    assert isinstance(until.offset, Expression)


def test_a_limit_in_long_form_says_from_when_on_whose_hours_and_when_it_stands_still() -> None:
    found = limit(
        """
within:
  limit: 4 working hours
  from: 30 minutes after start.at
  calendar: performer
  stops-while: {that: amount = 1, zh: 等客户}
  late: {at the limit: escalate to head}
"""
    )
    assert found.start is not None
    assert found.start.offset == Length(Decimal(30), "minute")
    assert (found.calendar, found.stops_label) == ("performer", Text("等客户", "等客户"))
    assert found.stops_while is not None
    assert [tier.key for tier in found.tiers] == ["at the limit"]


def test_a_construct_may_carry_several_limits_each_with_a_name() -> None:
    found = limits(
        """
within:
  - {clock: target, zh: 内部目标, limit: 2 working hours, late: {at the limit: tell performer}}
  - {clock: promise, zh: 对客户承诺, limit: 1 workday, calendar: always}
due: {moment: 1 workday before date("2026-03-05"), late: {at the limit: tell head}}
"""
    )
    assert [(each.key, each.label and each.label.zh, len(each.tiers)) for each in found] == [
        ("target", "内部目标", 1),
        ("promise", "对客户承诺", 0),
        ("due", None, 1),
    ]


def test_blocks_and_the_case_carry_limits() -> None:
    definition = compiled(
        pack(
            case="{within: 5 workdays, late: {every week after: tell head}}",
            process="""
  - stage: whole
    zh: 全程
    within: 2 workdays
    opens: 1 hour after start.at
    late: {at the limit: escalate to head}
    steps: [{step: work, zh: 办理, by: clerk}]
  - {end: done, zh: 完成}""",
        )
    )
    whole = definition.nodes["whole"]
    assert [each.key for each in whole.limits] == ["within"]
    assert whole.opens is not None
    (case,) = definition.case.limits
    assert (case.tiers[0].tier.every, case.tiers[0].tier.offset) == (
        True,
        Length(Decimal(1), "week"),
    )


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("within: {limit: 1 hour, ▸until: start.at}", "unknown-key"),
        ("within: {▸from: start.at}", "key-missing"),
        ("within: [{▸limit: 1 hour}]", "key-missing"),
        ("within:\n  - {clock: a, limit: 1 hour}\n  - {clock: ▸a, limit: 2 hours}", "name-taken"),
        ("within: {clock: ▸late, limit: 1 hour}", "reserved-name"),
        ("within: {limit: 1 hour, from: ▸amount}", "wrong-kind"),
        ("within: {limit: 1 hour, stops-while: ▸amount}", "wrong-kind"),
        ("opens: ▸amount", "wrong-kind"),
        ("due: {moment: start.at, calendar: ▸9 to 5}", "bad-calendar"),
    ],
)
def test_what_is_wrong_in_a_long_form_is_told_at_its_part(keys: str, code: str) -> None:
    assert code in {
        each.code for each in check_pack(with_step("by: clerk\n" + keys.replace("▸", ""))).problems
    }


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
    assert [(tier.key, tier.tier.side, tier.tier.offset) for tier in tiers] == [
        ("10 minutes before", "before", Length(Decimal(10), "minute")),
        ("at the limit", "at", None),
        ("2 hours after", "after", Length(Decimal(2), "hour")),
    ]
    assert tiers[1].actions == (LateAction("tell", "performer"), LateAction("escalate", "head"))
    assert tiers[2].actions == (LateAction("tell", "clerk"), LateAction("tell", "head"))


@pytest.mark.parametrize(
    ("late", "code"),
    [
        ("{at the limit: tell ▸hed}", "unknown-role"),
        ("{at the limit: escalate to ▸performer}", "unknown-role"),
        ("{at the limit: tell clerk, ▸hed}", "value-missing-in-braces"),
        ("{▸every day before: tell head}", "bad-late-time"),
        ("{▸2 workdaays after: tell head}", "unknown-unit"),
        ("{▸0 minutes after: tell head}", "length-not-above-zero"),
        ("{1 day after: tell head, ▸'1  day after': tell head}", "duplicate-key"),
        ("{▸soom before: tell head}", "unknown-name"),
        ("{settings.▸soom before: tell head}", "unknown-member"),
        ("{every ▸amount after: tell head}", "wrong-kind"),
        ("{▸every 5 minutes after: tell head}", "every-too-often"),
        ("{▸every settings.brief after: tell head}", "every-too-often"),
        ("{▸every fortnight after: tell head}", "unknown-unit"),
        ("{▸work.at before: tell head}", "own-name-here"),
        ("{▸note after: tell head}", "wrong-kind"),
        ("{▸now after: tell head}", "no-clock-here"),
    ],
)
def test_wrong_lateness_is_told_at_its_part(late: str, code: str) -> None:
    assert (
        refused(with_step(f"by: clerk\nwithin: 1 hour\nlate: {late}", settings=SETTINGS)).code
        == code
    )


def test_an_unknown_setting_of_lateness_is_told_with_the_nearest() -> None:
    keys = "by: clerk\nwithin: 1 hour\nlate: {settings.▸sooon before: tell head}"
    assert refused(with_step(keys, settings=SETTINGS)).facts["nearest"] == "soon"


@pytest.mark.parametrize(
    ("moment", "side", "every", "read"),
    [
        ("settings.soon before", "before", False, "settings.soon"),
        ("every settings.soon after", "after", True, "settings.soon"),
        ("every  settings.reply  after", "after", True, "settings.reply"),
        ("'if amount > 1 then settings.soon else duration(\"PT5M\") after'", "after", False, "if"),
        ("settings.提前 before", "before", False, "settings.提前"),
        ("every 间隔 after", "after", True, "间隔"),
    ],
)
def test_the_times_of_lateness_may_be_calculated(
    moment: str, side: str, every: bool, read: str
) -> None:
    own = SETTINGS.removesuffix("}") + ", 提前: {type: duration, default: 3 workdays, zh: 提前}}"
    text = with_step(
        f"by: clerk\nwithin: 1 hour\nlate: {{{moment}: tell head}}",
        settings=own,
        currency="CNY",
        fields="{amount: {type: money, zh: 金额}, 间隔: {type: duration, zh: 间隔}}",
        starts="[{request: ask, zh: 申请, by: clerk, form: [amount, 间隔]}]",
    )
    ((tier,),) = [each.tiers for each in step(text)[0].limits]
    assert (tier.tier.side, tier.tier.every, tier.tier.offset) == (side, every, None)
    assert tier.offset is not None
    assert tier.offset.text.startswith(read)


def test_a_limit_without_a_unit_is_told_with_examples() -> None:
    problem = refused(with_step("by: clerk\nwithin: ▸30"))
    assert problem.read("zh").endswith(
        "“30”没有单位；请写成例如 30 minutes、2 working hours、3 workdays。"
    )
    assert problem.read("en").endswith(
        "“30” has no unit: write for example 30 minutes, 2 working hours, 3 workdays."
    )
