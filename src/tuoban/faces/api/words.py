"""What several answers are made of: texts in both languages, instants, amounts, ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Literal, Protocol

from ninja import Schema
from pydantic import Field, WithJsonSchema

from tuoban.kernel.clocks import Amount, Measure
from tuoban.kernel.text import Text

Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]


def instant(at: datetime, zone: tzinfo) -> str:
    """ISO 8601 with the offset of the zone; that of UTC where the zone's has seconds, as a
    hundred years ago."""
    local = at.astimezone(zone)
    offset = local.utcoffset()
    whole = offset is not None and offset.total_seconds() % 60 == 0
    return (local if whole else at.astimezone(UTC)).isoformat()


class Words(Schema):
    """A text in both languages."""

    zh: str
    en: str


def words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)


def words_if(text: Text | None) -> Words | None:
    """None where there is no text."""
    return words(text) if text is not None else None


def instant_if(at: datetime | None, zone: tzinfo) -> str | None:
    """None where there is no instant."""
    return instant(at, zone) if at is not None else None


def those(may: Mapping[str, bool]) -> list[str]:
    """The names of what holds."""
    return [name for name, can in may.items() if can]


class Counted(Schema):
    """An amount of time: either `microseconds` or `workdays`, below zero for what is overdrawn."""

    measure: Literal["elapsed", "working", "workdays"] = Field(
        description="Elapsed time, working time, or workdays."
    )
    microseconds: int | None = Field(description="Null for workdays.")
    workdays: int | None = Field(description="Null for elapsed and working time.")
    text: Words = Field(description="The same in words, without the sign.")


def counted(amount: Amount | None, text: Text) -> Counted | None:
    """None where it could not be computed."""
    if amount is None:
        return None
    in_days = amount.measure is Measure.WORKDAYS
    return Counted(
        measure=_MEASURES[amount.measure],
        microseconds=None if in_days else amount.size,
        workdays=amount.size if in_days else None,
        text=words(text),
    )


_MEASURES: dict[Measure, Literal["elapsed", "working", "workdays"]] = {
    Measure.ELAPSED: "elapsed",
    Measure.WORKING: "working",
    Measure.WORKDAYS: "workdays",
    # Once they run they are elapsed time.
    Measure.MONTHS: "elapsed",
}


class Line(Schema):
    """A line of a ledger."""

    at: Instant
    what: Words = Field(description="What happened.")
    counted: Words = Field(description="What was counted since the line before.")
    total: Words = Field(description="What was counted altogether.")


class LedgerRow(Protocol):
    """A line as queries answer it."""

    @property
    def at(self) -> datetime: ...
    @property
    def what(self) -> Text: ...
    @property
    def counted(self) -> Text: ...
    @property
    def total(self) -> Text: ...


def ledger(rows: Iterable[LedgerRow], zone: tzinfo) -> list[Line]:
    return [
        Line(
            at=instant(each.at, zone),
            what=words(each.what),
            counted=words(each.counted),
            total=words(each.total),
        )
        for each in rows
    ]
