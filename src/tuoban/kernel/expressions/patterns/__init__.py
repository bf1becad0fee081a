"""Patterns: the regular expressions of XQuery and XPath, for `matches`, `replace` and `split`.

A pattern is read to a tree, the tree is compiled to a program, and a machine runs that within the
budget of the evaluation. It is not Python's `re`: that means other things by the same signs, and
there are patterns that keep it busy for years.
"""

from functools import lru_cache

from tuoban.kernel.expressions.errors import BudgetExceeded
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.patterns.flags import read_flags
from tuoban.kernel.expressions.patterns.limits import (
    MAX_CACHED,
    MOVES_PER_STEP,
    PatternError,
    PatternTooLarge,
)
from tuoban.kernel.expressions.patterns.machine import Captures, Program
from tuoban.kernel.expressions.patterns.program import compile_tree
from tuoban.kernel.expressions.patterns.reader import read_pattern
from tuoban.kernel.expressions.patterns.replacement import read_replacement, written_out

__all__ = [
    "Captures",
    "Program",
    "compile_pattern",
    "read_replacement",
    "written_out",
]


def compile_pattern(meter: Meter, text: str, flags: str) -> Program | None:
    """The pattern, ready to be looked for; None where it or its flags are not valid.

    Raises `BudgetExceeded` also where the pattern is larger than any may be.
    """
    meter.charge(len(text))
    try:
        program = _compiled(text, flags)
    except PatternError:
        return None
    except PatternTooLarge:
        raise BudgetExceeded(meter.budget) from None
    meter.charge(len(program.instructions) // MOVES_PER_STEP)
    return program


@lru_cache(maxsize=MAX_CACHED)
def _compiled(text: str, flags: str) -> Program:
    return compile_tree(read_pattern(text, read_flags(flags)))
