"""How large a pattern may get, and what matching costs. What is larger exceeds the budget."""

MAX_PATTERN = 1_000
"""Characters of a pattern."""
MAX_NESTING = 20
"""Levels of groups, and of classes inside classes; keeps the reader within the stack."""
MAX_COUNT = 1_000
"""The largest number in `{n,m}`."""
MAX_GROUPS = 50
"""Capturing groups."""
MAX_PROGRAM = 5_000
"""Instructions of a compiled pattern; counted repetition is written out."""
MAX_CACHED = 128
"""Compiled patterns that are kept."""

MOVES_PER_STEP = 8
"""Instructions that make up one step of the `Meter`."""


class PatternError(ValueError):
    """The text is not a pattern, or the flags are not flags."""


class PatternTooLarge(Exception):
    """The pattern is beyond one of the limits."""
