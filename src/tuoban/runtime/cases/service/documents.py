"""The verb on documents: printing them."""

from __future__ import annotations

from datetime import datetime

from tuoban.kernel import commands as c
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.service.core import on_case
from tuoban.runtime.people.models import User


def print_document(
    case_id: int, step: str, document: str, *, by: User, at: datetime, key: str
) -> Outcome:
    """Record that a document is printed. Raises `Refused` as the kernel's `PrintDocument`."""

    def command(desk: Desk) -> c.Command:
        return c.PrintDocument(by.person_id, step, document)

    return on_case(case_id, ("print", step, document), by, at, key, command)
