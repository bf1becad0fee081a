"""Times in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from tuoban.faces.desk.times import clock, moment, span

TEN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai


@pytest.mark.parametrize(
    ("due_in", "limit", "zh", "en", "tone", "used"),
    [
        (-42, 120, "超 00:42", "00:42 late", "late", 100),
        (-3000, 120, "超 2 天", "2 days late", "late", 100),
        (18, 120, "剩 00:18", "00:18 left", "soon", 85),
        (95, 120, "剩 01:35", "01:35 left", "calm", 21),
        (95, None, "剩 01:35", "01:35 left", "calm", None),
        (12, None, "剩 00:12", "00:12 left", "soon", None),
        (420, 600, "今天 17:00", "today 17:00", "calm", None),
        (1440, 6000, "明天 10:00", "tomorrow 10:00", "calm", None),
        (5760, 6000, "11-25 10:00", "11-25 10:00", "calm", None),
        (90000, None, "2027-01-22 22:00", "2027-01-22 22:00", "calm", None),
    ],
)
def test_time_left_is_told_in_words_with_its_tone(
    due_in: int, limit: int | None, zh: str, en: str, tone: str, used: int | None
) -> None:
    due = TEN + timedelta(minutes=due_in)
    begun = due - timedelta(minutes=limit) if limit is not None else None
    for language, words in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            told = clock(due, TEN, begun)
        assert (told.words, told.tone, told.used) == (words, tone, used)


def test_work_without_a_limit_says_so() -> None:
    with translation.override("zh-hans"):
        assert clock(None, TEN).words == "不限时"


def test_a_moment_is_told_in_the_zone_at_hand() -> None:
    with translation.override("zh-hans"):
        assert moment(TEN - timedelta(hours=11), TEN) == "昨天 23:00"
        with timezone.override("UTC"):
            assert moment(TEN - timedelta(hours=11), TEN) == "昨天 15:00"


def test_less_than_two_days_is_counted_in_hours() -> None:
    assert span(timedelta(hours=47, minutes=59, seconds=59)) == "47:59"
