"""What keeps a rehearsal from going on, so that each comes to an end."""

from __future__ import annotations

from tuoban.kernel.definition import Text
from tuoban.runtime.cases.models import Timer
from tuoban.runtime.jobs.retry import why

MOST_AT_ONCE = 1_000
"""So many things may happen by themselves in one move of a scenario."""


class Halted(Exception):
    """What happens by itself cannot go on; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


def runs_on() -> Text:
    """What is said of something to which there is no end."""
    return Text(
        f"已有 {MOST_AT_ONCE} 件事自动发生，还没有完；请分几次拨钟，或检查循环",
        f"{MOST_AT_ONCE} things have happened by themselves, and there are more: move the clock in "
        "several goes, or look for a loop",
    )


def failed_of(timer: Timer) -> Text:
    """What is said of something that came due and fails."""
    reason = why(timer.error) or Text("数据库正忙", "the database is busy")
    return Text(f"到点要办的事办不成：{reason.zh}", f"what came due fails: {reason.en}")
