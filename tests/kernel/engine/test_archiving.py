"""How long an ended case is kept."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kernel.engine.playing import HEADER, Play
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack

PROCESS = "  - {step: work, en: Work, by: worker}\n  - {end: done, en: Done}\n"
HARD = 'if kind = "hard" then duration("P1Y") else null'


def ended(keep: str, **data: str) -> Play:
    text = HEADER.replace(
        "\nroles:", f"\ncase: {{archive: {{class: Contracts, keep: '{keep}'}}}}\nroles:", 1
    ).replace(
        "patience: {", "retention: {type: duration, default: 30 days, en: Kept}\n  patience: {"
    )
    return Play(compile_pack(text + PROCESS)).start(**data).do("work")


@pytest.mark.parametrize(
    ("keep", "until"),
    [
        ("10 years", date(2036, 3, 2)),
        ("6 months", date(2026, 9, 2)),
        ("30 days", date(2026, 4, 1)),
        ("settings.retention", date(2026, 4, 1)),
        (HARD, date(2027, 3, 2)),
    ],
)
def test_a_case_is_kept_from_the_day_of_its_end(keep: str, until: date) -> None:
    played = ended(keep, kind="hard")
    assert played.state.keep_until == until
    assert [x.keep_until for x in played.journal if isinstance(x, e.CaseEnded)] == [until]


def test_a_length_that_cannot_be_told_leaves_no_day() -> None:
    assert ended(HARD, kind="easy").state.keep_until is None
