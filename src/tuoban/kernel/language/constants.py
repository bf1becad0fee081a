"""Conditions that read nothing, so that they are always or never true."""

from __future__ import annotations

import re
from functools import lru_cache

from tuoban.kernel.expressions import BudgetExceeded, ExpressionError, compile_expression
from tuoban.kernel.language.tree import Node, Scalar

_READS_NOTHING = re.compile(r"(?:true|false|null|not|and|or|\"[^\"]*\"|[\d\s.()=<>!+*/-])+")
"""Whatever else is written reads something, or is not worth the look."""


def constant(condition: Node | None) -> bool | None:
    """What a condition always comes to; None where it may be either, or nothing is written."""
    if not isinstance(condition, Scalar) or not _READS_NOTHING.fullmatch(condition.text):
        return None
    return _value(condition.text)


@lru_cache(maxsize=256)
def _value(text: str) -> bool | None:
    try:
        return compile_expression(text, {})({}) is True
    except (ExpressionError, BudgetExceeded):
        return None
