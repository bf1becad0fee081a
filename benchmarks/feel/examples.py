"""The expressions that are measured, each in the spelling of every library that can read it."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tuoban.kernel.expressions import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    Shape,
    choice_of,
    context_of,
    list_of,
)

SHAPES: dict[str, Shape] = {
    "kind": choice_of("repair", "claim", "advice"),
    "total": NUMBER,
    "level": NUMBER,
    "price": NUMBER,
    "quantity": NUMBER,
    "urgent": BOOLEAN,
    "note": TEXT,
    "opened_on": DATE,
    "closed_on": DATE,
    "quote": context_of({"outcome": TEXT, "customer": context_of({"level": NUMBER})}),
    "lines": list_of(context_of({"kind": TEXT, "price": NUMBER, "quantity": NUMBER})),
    "里程": NUMBER,
    "总额": NUMBER,
    "加急": BOOLEAN,
}
FACTS: dict[str, Any] = {
    "kind": "repair",
    "total": Decimal("1280.5"),
    "level": Decimal(2),
    "price": Decimal("12.5"),
    "quantity": Decimal(4),
    "urgent": False,
    "note": "刹车异响，右前轮",
    "opened_on": date(2026, 3, 1),
    "closed_on": date(2026, 3, 9),
    "quote": {"outcome": "accept", "customer": {"level": Decimal(3)}},
    "lines": [
        {"kind": "part", "price": Decimal(100), "quantity": Decimal(1)},
        {"kind": "labour", "price": Decimal("250.5"), "quantity": Decimal(2)},
        {"kind": "part", "price": Decimal(80), "quantity": Decimal(4)},
    ],
    "里程": Decimal(42_000),
    "总额": Decimal("1280.5"),
    "加急": False,
}
"""What the expressions are evaluated in."""


class Example(NamedTuple):
    """An expression and the value it has in `FACTS`.

    `pysfeel` and `bkflow` are its spellings for the other libraries, None where a library
    cannot read it or gives another value.
    """

    key: str
    text: str
    value: Any
    pysfeel: str | None = None
    bkflow: str | None = None


# pySFeel lets `and` bind tighter than relations; bkflow-feel compares only numbers of one type.
COMPARED = (
    Example(
        "condition",
        'kind = "repair" and total > 1000',
        value=True,
        pysfeel='(kind = "repair") and (total > 1000)',
        bkflow='kind = "repair" and total > 1000.0',
    ),
    Example(
        "condition with Chinese names",
        "里程 >= 50000 or 总额 > 1000 and not(加急)",
        value=True,
        pysfeel="(里程 >= 50000) or ((总额 > 1000) and not(加急))",
    ),
    Example(
        "arithmetic",
        "(price * quantity + 30) * 0.87 - 5",
        value=Decimal("64.6"),
        pysfeel="(price * quantity + 30) * 0.87 - 5",
        bkflow="(price * quantity + 30.0) * 0.87 - 5.0",
    ),
    Example(
        "text",
        'starts with(note, "刹车") and contains(note, "右前")',
        value=True,
        pysfeel='starts with(note, "刹车") and contains(note, "右前")',
        bkflow='starts with(note, "刹车") and contains(note, "右前")',
    ),
    Example(
        "filter",
        "lines[price > 90]",
        value=FACTS["lines"][:2],
        pysfeel="lines[price > 90]",
        bkflow="lines[price > 90.0]",
    ),
    Example(
        "filter and sum",
        'sum(lines[kind = "part"].price)',
        value=Decimal(180),
        pysfeel='sum(lines[kind = "part"].price)',
    ),
    Example(
        "some",
        "some line in lines satisfies line.price > 90",
        value=True,
        pysfeel="some line in lines satisfies line.price > 90",
    ),
    Example(
        "every",
        "every share in [72, 88, 95] satisfies share > 60",
        value=True,
        bkflow="every share in [72, 88, 95] satisfies share > 60",
    ),
    Example(
        "date arithmetic",
        'opened_on + duration("P10D") > closed_on',
        value=True,
        pysfeel='opened_on + duration("P10D") > closed_on',
    ),
    Example(
        "dates compared",
        'opened_on >= date("2026-03-01") and closed_on < date("2026-04-01")',
        value=True,
        pysfeel='(opened_on >= date("2026-03-01")) and (closed_on < date("2026-04-01"))',
        bkflow='opened_on >= date("2026-03-01") and closed_on < date("2026-04-01")',
    ),
    Example(
        "in and between",
        'kind in ("repair", "claim") and total between 1000 and 2000',
        value=True,
        pysfeel='(kind in ("repair", "claim")) and (total between 1000 and 2000)',
        bkflow='kind in ["repair", "claim"] and total between 1000.0 and 2000.0',
    ),
    Example(
        "path",
        "quote.customer.level >= 3",
        value=True,
        pysfeel="((quote).customer).level >= 3",
        bkflow="quote.customer.level >= 3.0",
    ),
)
"""What at least one other library can read."""

ALONE = (
    Example("if", 'if urgent then "today" else if level > 1 then "week" else "later"', "week"),
    Example("for", "sum(for line in lines return line.price * line.quantity)", Decimal(921)),
)
"""What no other library here can read: measured without a comparison."""
