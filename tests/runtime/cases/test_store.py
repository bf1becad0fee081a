"""The way that every command takes: what it sends to the database, and by which plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from tests.runtime.shop import NINE, Shop
from tuoban.kernel.commands import Recheck
from tuoban.kernel.engine import Decision
from tuoban.runtime import driver
from tuoban.runtime.cases import definitions, service, states, store
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import Case, JournalEntry, WorkItem
from tuoban.runtime.jobs.passing import is_passing


def row(case: service.Outcome) -> Case:
    return Case.objects.get(pk=case.case_id)


Sent = list[tuple[str, Any]]


def sent_by(act: Callable[[], object]) -> Sent:
    found: Sent = []

    def watch(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        found.append((sql, values))
        return execute(sql, values, *rest)

    with connection.execute_wrapper(watch):
        act()
    return [each for each in found if each[0].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


def look_of(shop: Shop) -> Callable[[], object]:
    """The completion of the first step of a new case."""
    case = shop.start()
    return lambda: shop.look(case)


def test_a_step_finds_every_row_by_an_index(shop: Shop) -> None:
    for _ in range(3):
        shop.look(shop.start())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a plan scans only where it must
        for sql, values in sent_by(look_of(shop)):
            if (sql.startswith("INSERT") and " SELECT " not in sql) or "mark" in sql:
                continue  # what has nothing to find, and the one row that tables of marks have
            explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{explain} {sql}", values)
            plan = " / ".join(str(line[-1]) for line in cursor.fetchall())
            assert "Seq Scan" not in plan, sql
            assert "SCAN" not in plan, sql


def test_a_step_asks_once_for_the_case_and_once_for_the_marks(shop: Shop) -> None:
    shop.look(shop.start())
    asked = [sql for sql, _ in sent_by(look_of(shop)) if sql.startswith("SELECT")]
    assert len([sql for sql in asked if "mark" in sql]) == 1
    assert len([sql for sql in asked if "people_unit" in sql]) == 1


def test_what_is_watched_writes_the_same(shop: Shop) -> None:
    """Tests and tools that watch statements go by Django's cursors."""
    plain, watched = shop.start(), shop.start()
    shop.look(plain)
    sent_by(lambda: shop.look(watched))
    entries = [
        JournalEntry.objects.filter(case=each.case_id).values_list("seq", "at", "command")
        for each in (plain, watched)
    ]
    assert list(entries[0]) == list(entries[1])
    items = [
        WorkItem.objects.filter(case=each.case_id).values_list("number", "status", "closed_at")
        for each in (plain, watched)
    ]
    assert list(items[0]) == list(items[1])


def test_a_state_is_written_after_another_as_it_is_written_alone(shop: Shop) -> None:
    case = shop.start()
    shop.look(case)
    found = row(case)
    state = states.read(found, definitions.compiled(found.definition))
    assert found.state == states.to_text(state)
    states.forget_kept()
    anew = states.read(found, definitions.compiled(found.definition))
    assert anew == state
    assert states.to_text(anew) == found.state


def test_whoever_has_kept_an_old_state_reads_the_new_one(shop: Shop) -> None:
    """As when another process has moved the case meanwhile."""
    case = shop.start()
    before = row(case)
    definition = definitions.compiled(before.definition)
    old = states.read(before, definition)
    shop.look(case)
    assert states.read(row(case), definition) != old
    assert states.read(before, definition) == old


def test_a_case_that_was_moved_meanwhile_is_not_written_over(shop: Shop) -> None:
    """The lock keeps others away; this is what holds if it should not."""
    case = shop.start()
    with transaction.atomic():
        held = store.lock(case.case_id)
        assert held is not None
        Case.objects.filter(pk=case.case_id).update(seq=held.row.seq + 1)
        with pytest.raises(store.LostUpdate):
            store.save(held, Recheck(), Decision((), held.state), NINE)
        transaction.set_rollback(True)


def test_faults_of_the_driver_are_those_of_django(shop: Shop) -> None:
    case = shop.start()
    with pytest.raises(DatabaseError), transaction.atomic():
        driver.rows("SELECT nothing FROM nowhere")
    number = row(case).number
    other = shop.start()
    with pytest.raises(IntegrityError), transaction.atomic():
        driver.write_all(
            [("UPDATE cases_case SET number = %s WHERE id = %s", (number, other.case_id))]
        )
    assert row(other).number == other.number


def test_what_was_never_reached_in_one_go_is_prepared_when_it_comes_again(shop: Shop) -> None:
    """PostgreSQL leaves out what comes after a fault, and has not prepared it either."""
    case = shop.start()
    number, other = row(case).number, shop.start()
    taken = ("UPDATE cases_case SET number = %s WHERE id = %s", (number, other.case_id))
    never = ("UPDATE cases_case SET shelf = %s WHERE id = %s", ("left", case.case_id))
    for _ in range(3):
        with pytest.raises(IntegrityError), transaction.atomic():
            driver.write_all([taken, never])
    assert driver.write_all([never, never]) == [1, 1]
    assert driver.rows("SELECT shelf FROM cases_case WHERE id = %s", (case.case_id,)) == [("left",)]


def test_a_connection_that_breaks_in_one_go_is_replaced(busy_shop: Shop) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("there is nothing that could break")
    case = busy_shop.start()
    end = ("SELECT pg_terminate_backend(pg_backend_pid())", ())
    write = ("UPDATE cases_case SET shelf = %s WHERE id = %s", ("left", case.case_id))
    with pytest.raises(OperationalError) as caught, transaction.atomic():
        driver.write_all([write, end, write])
    assert is_passing(caught.value)
    connection.close_if_unusable_or_obsolete()
    assert row(case).shelf == ""
    busy_shop.look(case)
    assert audit().is_clean
