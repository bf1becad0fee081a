"""Indicators: what is measured across the cases of a pack, and what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tuoban.kernel.clocks import Length
from tuoban.kernel.expressions import Expression
from tuoban.kernel.schedules import Schedule
from tuoban.kernel.text import Text

Aggregate = Literal["count", "share", "sum", "mean", "median", "p90", "min", "max"]
"""What is made of the values of the cases; `p90` is that which nine in ten do not exceed."""
Period = Literal["day", "week", "month", "quarter", "year"]
Side = Literal["last", "this", "previous"]
Which = Literal["all", "running", "started", "ended", "done"]
Test = Literal["=", "!=", "<", "<=", ">", ">="]
Kind = Literal["number", "share", "time", "work"]
"""How the value reads: a number, a part of one, a length of time, or one of working time."""


@dataclass(frozen=True, slots=True)
class Over:
    """Which cases are looked at: `running` ones, or those that `started` or `ended` in a period,
    else all; or (`done`) those in which something was done in a period, and that alone.

    Attributes:
        last: as far back from the moment of measuring.
        side: `this` day, week, month... up to now, or the whole `previous` one; `last` with `last`.
    """

    which: Which = "all"
    side: Side | None = None
    last: Length | None = None
    period: Period | None = None

    @property
    def text(self) -> Text:
        """In words."""
        which = _WHICH[self.which]
        if self.side is None:
            return which
        if self.last is not None:
            span = Text(f"最近 {self.last.text.zh}内", f"in the last {self.last.text.en}")
        else:
            zh, en = _PERIODS[self.period or "month"]
            word = {"this": "本", "previous": "上"}.get(self.side, "")
            span = Text(
                f"{word}{zh}", f"{'in this' if self.side == 'this' else 'in the previous'} {en}"
            )
        return Text(f"{span.zh}{which.zh}", f"{which.en} {span.en}")


_WHICH: dict[Which, Text] = {
    "all": Text("所有工单", "all cases"),
    "running": Text("在办工单", "running cases"),
    "started": Text("开始的工单", "cases started"),
    "ended": Text("结束的工单", "cases ended"),
    "done": Text("办结的", "done"),
}
_PERIODS: dict[Period, tuple[str, str]] = {
    "day": ("日", "day"),
    "week": ("周", "week"),
    "month": ("月", "month"),
    "quarter": ("季度", "quarter"),
    "year": ("年", "year"),
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what the cases are told apart, each group being measured for itself.

    Attributes:
        by: what the expression gives: the key of a unit or of an option, somebody's id, or a text.
        options: what the options are called.
    """

    of: Expression
    by: Literal["unit", "option", "person", "text"]
    options: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Each:
    """What is looked at in each case: every completion of a step, or occurrence of a reaction,
    that still counts."""

    node: str
    label: Text


@dataclass(frozen=True, slots=True)
class Sampled:
    """A value of each case, or of each time something was done in it, and what is made of these
    values.

    Attributes:
        of: the value; of `count` and `share` a condition. None: each counts.
        where: which of them are looked at.
        each: what is looked at in a case; None: the case itself.
    """

    aggregate: Aggregate
    of: Expression | None
    over: Over
    where: Expression | None = None
    per: Grouping | None = None
    each: Each | None = None

    @property
    def text(self) -> Text:
        """In words: of what."""
        over = self.over.text
        if self.each is None:
            return over
        zh, en = self.each.label.zh, self.each.label.en
        if self.over.which == "done":
            return Text(f"{over.zh}“{zh}”", f"“{en}” {over.en}")
        return Text(f"{over.zh}里每次“{zh}”", f"each “{en}” of {over.en}")


@dataclass(frozen=True, slots=True)
class Booked:
    """What a service has in its books, whichever case it belongs to.

    Attributes:
        ledger: its name in the catalogue.
        account: one account of it, such as a part's number; empty: all of them.
    """

    ledger: str
    label: Text
    account: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """What is calculated from other indicators, all measured at the same moment."""

    of: Expression
    names: tuple[str, ...]
    """The indicators that it reads, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the value should be; `text` is how it is written. `percent`: in hundredths."""

    test: Test
    of: Expression
    percent: bool
    text: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number, or length of time, that says how a process does.

    Attributes:
        schedule: when it is measured; None: when somebody asks for it.
        tell: the roles that are told when it begins to miss its target, and when it meets it again.
    """

    name: str
    label: Text
    measure: Sampled | Booked | Derived
    kind: Kind
    unit: Text | None = None
    target: Target | None = None
    schedule: Schedule | None = None
    tell: tuple[str, ...] = ()
