"""Plain text tables, where a Chinese character is two columns wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoban.faces.cli.tables import table, width, wrapped


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("due", 3), ("到期", 4), ("2 小时", 6), ("（）", 4), ("e\u0301", 1), ("a\u200bb", 2)],
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 10, [""]),
        ("start: 2 working hours", 12, ["start: 2", "working", "hours"]),
        ("开始：2 工作小时", 10, ["开始：2 工", "作小时"]),
        ("到期，完成", 4, ["到", "期，", "完成"]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        ("  a   b  ", 10, ["a b"]),
    ],
)
def test_lines_end_at_spaces_and_between_chinese_characters(
    text: str, most: int, lines: list[str]
) -> None:
    assert wrapped(text, most) == lines


@given(st.text(alphabet="ab 到期，。(1.", max_size=60), st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert all(width(line) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_columns_of_a_table_stand_under_one_another() -> None:
    rows = [("when", "what", "total"), ("09:00", "报修：30 分钟，标准工作时间", "0 分钟")]
    assert list(table(rows, 80, widest=1)) == [
        "when   what                         total",
        "09:00  报修：30 分钟，标准工作时间  0 分钟",
    ]
    assert list(table(rows, 31, widest=1)) == [
        "when   what              total",
        "09:00  报修：30 分钟，   0 分钟",
        "       标准工作时间",
    ]
