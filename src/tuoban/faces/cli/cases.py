"""Cases as the commands name them: found or told."""

from __future__ import annotations

import click

from tuoban.runtime.cases.queries.finding import CasePlace, case_numbered


def find_case(number: str) -> CasePlace:
    """The case of that number.

    Raises:
        click.ClickException: there is none.
    """
    case = case_numbered(number)
    if case is None:
        raise click.ClickException(f"没有工单 {number} / there is no case {number}")
    return case
