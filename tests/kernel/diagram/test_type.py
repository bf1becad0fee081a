"""Where lines of text break, in Chinese and in English."""

from __future__ import annotations

import pytest

from tuoban.kernel.diagram.type import NOTE, TITLE, least_width, set_in, width_of


def test_a_chinese_sign_is_as_wide_as_it_is_high() -> None:
    assert width_of("客户确认", TITLE) == 4 * TITLE
    assert width_of("ill", TITLE) < width_of("mow", TITLE) < width_of("客户确", TITLE)


def test_lines_are_about_equally_long_and_words_stay_whole() -> None:
    assert set_in("Client confirms text and quote", TITLE, 132, 3).lines == (
        "Client confirms",
        "text and quote",
    )
    assert set_in("Construction drawings", TITLE, 110, 3).lines == ("Construction", "drawings")


def test_words_stay_whole_at_the_least_width() -> None:
    text = "Review the prescription"
    least = least_width(text, NOTE)
    assert least == width_of("prescription", NOTE)
    assert set_in(text, NOTE, least, 9).lines == ("Review the", "prescription")
    assert least_width("审方，再调配", NOTE) == width_of("方，", NOTE)


def test_punctuation_does_not_begin_a_line() -> None:
    for line in set_in("收意见，再核对；然后（如有）退回。", TITLE, 60, 9).lines:
        assert line[0] not in "，；。）"
        assert line[-1] != "（"


@pytest.mark.parametrize("text", ["国" * 60, "word " * 40, "x" * 300, "word " * 20_000])
def test_what_is_too_long_is_cut_and_kept_whole_beside(text: str) -> None:
    found = set_in(text, NOTE, 120, 2)
    assert len(found.lines) == 2
    assert found.lines[-1].endswith("…")
    assert found.full == text.strip()
    assert all(width_of(line, NOTE) <= 120 for line in found.lines)
