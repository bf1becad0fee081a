"""What is typed on the command line, no longer and no larger than a table can keep."""

from __future__ import annotations

import click

MOST = 10**9
"""Pieces, places and minutes: whatever is counted is at most so many."""


class Short(click.ParamType[str]):
    """A text of at least one character and at most `limit`."""

    name = "text"

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not 0 < len(value.strip()) <= self._limit or "\0" in value:
            self.fail(
                f"应有 1 至 {self._limit} 个字符 / must have 1 to {self._limit} characters",
                param,
                ctx,
            )
        return value
