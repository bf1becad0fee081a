"""`tuoban clocks` and `tuoban due`: what an administrator asks about time limits."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from tests.runtime.cases.test_reactions import overhaul, press
from tests.runtime.shop import NINE, Shop, open_shop, row
from tests.support.server import Installation
from tuoban.faces.cli.commands.clocks import clocks
from tuoban.faces.cli.commands.due import due
from tuoban.faces.cli.tables import width
from tuoban.runtime.calendars.texts import WeekText
from tuoban.runtime.people.personal import PersonalText
from tuoban.runtime.people.service import save_personal_hours

MORNINGS = PersonalText((WeekText("", (*("09:00-10:00",) * 5, "", "")),))


@pytest.fixture
def shop(db: None) -> Shop:
    return open_shop()


def ask_due(*arguments: str, unit: str = "east", begins: str = "2026-03-02 09:05") -> Result:
    return CliRunner().invoke(due, ["--unit", unit, "--from", begins, *arguments])


def test_the_clocks_of_a_case_are_told_in_chinese(shop: Shop) -> None:
    case = shop.start(at=NINE)
    shop.look(case, at=NINE + timedelta(minutes=40))
    done = CliRunner().invoke(clocks, [row(case).number])
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"{row(case).number}  送修  (Asia/Shanghai)",
        "",
        "#1 检查  [已结束, 超时]",
        "  起算 2026-03-02 09:00 · 到期 2026-03-02 09:30 · 已用 40 分钟 · 超 10 分钟",
        "  报修 09:00 + 30 分钟，按自然时间，无暂停 = 09:30",
        "  时间              事项                       计入     累计",
        "  2026-03-02 09:00  报修：30 分钟，按自然时间  0 分钟   0 分钟",
        "  2026-03-02 09:30  到期                       30 分钟  30 分钟",
        "  2026-03-02 09:40  完成                       10 分钟  40 分钟",
    ]


def test_the_clocks_of_a_case_are_told_in_english(shop: Shop) -> None:
    case = shop.start(at=NINE)
    done = CliRunner().invoke(clocks, [row(case).number, "--lang", "en"])
    assert "#1 Look at it  [running, late]" in done.output
    assert "Repair request 09:00 + 30 minutes, in elapsed time, no pauses = 09:30" in done.output


def test_the_clocks_of_a_reaction_name_what_happened(shop: Shop) -> None:
    case = overhaul(shop)
    press(shop, case, "extra_work", what="皮带", price="20")
    done = CliRunner().invoke(clocks, [row(case).number])
    assert "#2 发现增项 · 皮带  [" in done.output
    assert "客户同意增项 (发现增项 · 皮带)  [" in done.output
    assert "修得太久  [计时中, 到时发生]" in done.output


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, columns: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    case = shop.start(at=NINE)
    told = CliRunner().invoke(clocks, [row(case).number, "--lang", language]).output
    assert max(map(width, told.splitlines())) <= max(columns, 60)


def test_a_case_that_is_not_there_is_told(shop: Shop) -> None:
    done = CliRunner().invoke(clocks, ["SR-1999-0001"])
    assert done.exit_code == 1
    assert "没有工单 SR-1999-0001 / there is no case SR-1999-0001" in done.output


def test_the_due_moment_is_told_with_why(shop: Shop) -> None:
    done = ask_due("2 working hours")
    assert done.exit_code == 0
    first, second, *_, last = done.output.splitlines()
    assert first == "到期 2026-03-02 11:05（Asia/Shanghai）"
    assert second.strip() == "09:05 + 2 工作小时，标准工作时间，无暂停 = 11:05"
    assert last.split()[:3] == ["2026-03-02", "11:05", "到期"]


@pytest.mark.parametrize(
    ("arguments", "moment"),
    [
        (("2 workdays",), "2026-03-04 18:00"),
        (("30 minutes", "--calendar", "always"), "2026-03-02 09:35"),
        (("2 working hours", "--calendar", "standard"), "2026-03-02 11:05"),
        (("2 working hours", "--person", "lei"), "2026-03-04 09:05"),
    ],
)
def test_the_hours_that_are_asked_for_count(
    shop: Shop, arguments: tuple[str, ...], moment: str
) -> None:
    save_personal_hours(shop["lei"], MORNINGS, expected=0, at=NINE, by="1")
    assert f"due {moment} (Asia/Shanghai)" in ask_due(*arguments, "--language", "en").output


def test_a_moment_may_have_an_offset(shop: Shop) -> None:
    assert "到期 2026-03-02 11:05" in ask_due("2 working hours", begins="2026-03-02 01:05Z").output


def test_doubts_are_told_beside_the_answer(shop: Shop) -> None:
    done = ask_due("2 workdays", begins="2031-01-06 09:00")
    assert done.exit_code == 0
    assert "2031" in done.stderr


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        ({"unit": "none"}, "没有部门 none", "there is no unit none"),
        ({"begins": "soon"}, "不是时刻", "is not a moment"),
        ({"begins": "0001-01-01"}, "算不出结果", "There is no result"),
        ({"begins": "9999-12-31 23:59-05:00"}, "算不出结果", "There is no result"),
    ],
)
def test_a_mistake_is_told_in_both_languages(
    shop: Shop, asked: dict[str, str], zh: str, en: str
) -> None:
    done = ask_due("2 working hours", **asked)
    assert done.exit_code == 1
    assert zh in done.output
    assert en in done.output


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("2",), "没有单位", "has no unit"),
        (("soon",), "不是时长", "is no length of time"),
        (("999999 years",), "算不出结果", "There is no result"),
        (("2 hours", "--calendar", "none"), "没有日历“none”", "There is no calendar “none”"),
        (("2 hours", "--person", "none"), "没有用户 none", "there is no user none"),
    ],
)
def test_a_wrong_limit_is_told_in_both_languages(
    shop: Shop, arguments: tuple[str, ...], zh: str, en: str
) -> None:
    done = ask_due(*arguments)
    assert done.exit_code == 1
    assert zh in done.output
    assert en in done.output


def test_the_program_knows_both_commands(installation: Installation) -> None:
    installation.migrate()
    assert installation.run("unit", "add", "hq", "总部", "Head office").returncode == 0
    done = installation.run(
        "due", "--unit", "hq", "--from", "2026-03-02 09:05", "2 working hours", "--lang", "en"
    )
    assert done.stdout.startswith("due 2026-03-02 11:05 (Asia/Shanghai)\n"), done.stderr
    lost = installation.run("clocks", "X-1")
    assert (lost.returncode, lost.stdout) == (1, "")
    assert "没有工单 X-1 / there is no case X-1" in lost.stderr
