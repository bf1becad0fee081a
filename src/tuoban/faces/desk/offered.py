"""Defaults that a form offered: nothing is taken by default that nobody has seen."""

from collections.abc import Iterable

from django.http import QueryDict

from tuoban.faces import posted
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.runtime.cases.queries import FormPart


def check(form: Iterable[FormPart], sent: QueryDict) -> None:
    """Hold the defaults that a form showed against those that follow from what was typed into it.

    Args:
        form: the form as it follows from what was typed.

    Raises:
        Refused: `invalid`, beside every entry that was left as it stood and offers something else
            by now.
    """
    left = posted.untouched(sent)
    moved = [
        Problem("default-follows", entry.name)
        for part in form
        for entry in part.entries
        if entry.name in left and entry.default not in (None, left[entry.name])
    ]
    if moved:
        raise refuse_invalid(moved)
