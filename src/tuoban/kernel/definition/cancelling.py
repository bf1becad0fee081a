"""Who may cancel cases of a process, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import Moment


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What a pack says about cancelling (`cancel`).

    Attributes:
        by: the roles that may; none: those in charge, and whoever began the case until anything
            has been completed.
        step: it is too late once this step, or block, is done.
        condition: it is too late while this is true.
        moment: it is too late from this moment on.
        then: the key of what is done once a case was cancelled and what was done in it is undone (a
            reaction that nothing else begins); empty: nothing.
    """

    by: tuple[str, ...] = ()
    step: str | None = None
    condition: Expression | None = None
    moment: Moment | None = None
    then: str = ""


UNBOUND = Cancelling()
"""Nothing is said about it."""
