"""The flags of a pattern."""

from dataclasses import dataclass

from tuoban.kernel.expressions.patterns.limits import PatternError


@dataclass(frozen=True, slots=True)
class Flags:
    """`s`: `.` is also a line end; `m`: `^` and `$` are also at lines; `i`: either case;
    `x`: white space in the pattern means nothing; `q`: the pattern is plain text."""

    dot_all: bool
    multiline: bool
    blind: bool
    spaced: bool
    quoted: bool


def read_flags(text: str) -> Flags:
    """Raises `PatternError` for a letter that is no flag."""
    if not set(text) <= set("smixq"):
        raise PatternError(text)
    return Flags("s" in text, "m" in text, "i" in text, "x" in text, "q" in text)
