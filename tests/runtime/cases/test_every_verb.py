"""Every verb: killed midway, clicked twice at the same moment, and by two people at once."""

from __future__ import annotations

import inspect

import pytest

from tests.runtime.cases.test_nothing_left_behind import all_rows
from tests.runtime.cases.verbs import VERBS
from tests.runtime.killing import killed_at, statements_of
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

    statements_of(click)  # what is kept in memory from now on
    statements = statements_of(click)
    for number in sorted({statements // 2, statements - 1, statements}):
        assert killed_at(number, click)
        assert all_rows() == before

    results = together(click, click)
    assert sorted(each.replayed for each in results if isinstance(each, Outcome)) == [False, True]
    assert JournalEntry.objects.count() == entries + 1
    after = all_rows()
    assert click().replayed
    assert all_rows() == after
    assert audit().is_clean
