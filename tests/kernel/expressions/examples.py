"""Reading examples from a table: one a line, `expression => expected`, both in FEEL."""

from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import evaluate


def examples(table: str) -> list[tuple[str, str]]:
    rows = [line.split(" => ") for line in table.strip().splitlines() if line.strip()]
    return [(expression.strip(), expected.strip()) for expression, expected in rows]


def assert_example(expression: str, expected: str) -> None:
    """The expression gives what `expected` gives, in value and in type."""
    assert _typed(evaluate(expression, {})) == _typed(evaluate(expected, {}))


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if isinstance(value, dict):
        return {key: _typed(member) for key, member in value.items()}
    return type(value), value if not isinstance(value, Decimal) else value.normalize()
