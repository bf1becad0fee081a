"""Every verb: killed midway, clicked twice at the same moment, and by two people at once."""

from __future__ import annotations

import inspect
import os
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from tests.runtime.cases.test_nothing_left_behind import all_rows
from tests.runtime.cases.verbs import VERBS
from tests.runtime.shop import Shop, together
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import JournalEntry
from tuoban.runtime.cases.service import Outcome

EVERY = pytest.mark.parametrize("verb", VERBS)


def test_no_verb_that_takes_a_key_is_left_out() -> None:
    taking = {
        name
        for name in service.__all__
        if "key" in inspect.signature(getattr(service, name)).parameters
    }
    # Looking twice is looking once, whatever the key; trying again is what workers do anyway.
    assert taking - {"open_item", "try_again", "retry_call"} == set(VERBS)


@EVERY
def test_of_two_people_at_once_each_is_answered_and_nothing_is_lost(
    busy_shop: Shop, verb: str
) -> None:
    act, by, rival = VERBS[verb](busy_shop)
    before = JournalEntry.objects.count()
    results = together(
        lambda: act(by=busy_shop[by], key="one"), lambda: act(by=busy_shop[rival], key="other")
    )
    assert all(isinstance(each, Outcome | Refused) for each in results), results
    done = [each for each in results if isinstance(each, Outcome)]
    assert done
    assert JournalEntry.objects.count() == before + len(done)
    assert audit().is_clean


@EVERY
def test_killed_midway_it_has_not_happened_and_a_double_click_is_one_click(
    busy_shop: Shop, verb: str
) -> None:
    act, by, _ = VERBS[verb](busy_shop)
    before, entries = all_rows(), JournalEntry.objects.count()

    def click() -> Outcome:
        return act(by=busy_shop[by], key="one form")

    _count_of_statements(click)  # what is kept in memory from now on
    statements = _count_of_statements(click)
    for number in sorted({statements // 2, statements - 1, statements}):
        assert _killed_at(number, click)
        assert all_rows() == before

    results = together(click, click)
    assert sorted(each.replayed for each in results if isinstance(each, Outcome)) == [False, True]
    assert JournalEntry.objects.count() == entries + 1
    after = all_rows()
    assert click().replayed
    assert all_rows() == after
    assert audit().is_clean


def _count_of_statements(act: Callable[[], object]) -> int:
    """How many statements the act sends to the database."""
    count = 0

    def counting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal count
        count += not sql.startswith(_FRAMING)
        return execute(sql, *rest)

    with suppress(_TakenBackError), transaction.atomic():
        with connection.execute_wrapper(counting):
            act()
        raise _TakenBackError
    return count


_FRAMING = ("BEGIN", "SAVEPOINT", "RELEASE")
"""What begins and ends transactions, in which a test and a process of its own differ."""


class _TakenBackError(Exception):
    """So that the transaction is rolled back."""


def _killed_at(number: int, act: Callable[[], object]) -> bool:
    """Whether a process that does this is killed when it has sent so many statements."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads are none of the child's
        child = os.fork()
    if child == 0:
        _die_at(number, act)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


_inherited: list[object] = []
"""What must not be closed in the child, since the parent goes on with it."""


def _die_at(number: int, act: Callable[[], object]) -> None:
    count = 0

    def counting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal count
        done = execute(sql, *rest)
        count += not sql.startswith(_FRAMING)
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    try:
        _inherited.append(connection.connection)
        connection.connection = None
        with connection.execute_wrapper(counting):
            act()
    finally:
        os._exit(0)
