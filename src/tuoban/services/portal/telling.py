"""Which entries would tell an outside party of others, or take what it cannot give."""

from __future__ import annotations

from tuoban.kernel.definition import Field


def tells_of_others(field: Field) -> bool:
    """Whether an entry offers people, units, customers or assets to choose from, or takes files; or
    a list has such a column."""
    is_so = field.holds_files or bool(field.kind) or field.type in ("person", "unit", "customer")
    return is_so or any(map(tells_of_others, field.columns))
