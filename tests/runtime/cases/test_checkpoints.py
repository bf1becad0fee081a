"""Checkpoints: everything planted in the database or the file is found, and work goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from tests.runtime.shop import NINE, Shop, row, together
from tuoban.runtime import under_way
from tuoban.runtime.cases import canonical, journal, store
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.checkpoints import making
from tuoban.runtime.cases.checkpoints.checking import check_against
from tuoban.runtime.cases.checkpoints.exporting import export
from tuoban.runtime.cases.checkpoints.keys import KeyFileError, new_key, private_key, public_key
from tuoban.runtime.cases.checkpoints.making import make
from tuoban.runtime.cases.models import Case, Checkpoint, JournalEntry, NumberSequence
from tuoban.runtime.cases.service import Outcome


def listed() -> list[tuple[str, int]]:
    """What the checkpoints list, in their order."""
    texts = Checkpoint.objects.order_by("number").values_list("heads", flat=True)
    return [(case, seq) for text in texts for case, seq, _ in json.loads(text)]


def execute(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def remove(case: Outcome) -> None:
    """Take a case out of every table, as somebody would who wants to hide it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        columns = {
            table: [
                each.name for each in connection.introspection.get_table_description(cursor, table)
            ]
            for table in tables
        }
    with connection.constraint_checks_disabled():
        items = "SELECT id FROM cases_workitem WHERE case_id = %s"
        pools = f"DELETE FROM cases_poolentry WHERE item_id IN ({items})"  # noqa: S608
        execute(pools, case.case_id)
        for table, names in columns.items():
            if "case_id" in names and table != "cases_case":
                execute(f"DELETE FROM {table} WHERE case_id = %s", case.case_id)  # noqa: S608
        execute("DELETE FROM cases_case WHERE id = %s", case.case_id)


def cut(case: Outcome) -> None:
    """Cut off the newest entry, and make the case end before it."""
    execute(
        "DELETE FROM cases_journalentry WHERE case_id = %s AND seq = %s", case.case_id, case.seq
    )
    last = JournalEntry.objects.filter(case=case.case_id).order_by("-seq")[0]
    execute(
        "UPDATE cases_case SET seq = %s, head = %s WHERE id = %s",
        last.seq,
        last.digest,
        case.case_id,
    )


def rewrite(case: Outcome) -> None:
    """Give the first entry another actor, and all digests anew."""
    found, previous = row(case), journal.BEGINNING
    for entry in JournalEntry.objects.filter(case=found).order_by("seq"):
        entry.actor, entry.previous = "4711", previous
        previous = journal.digest(found.number, entry)
        execute(
            "UPDATE cases_journalentry SET actor = %s, previous = %s, digest = %s WHERE id = %s",
            entry.actor,
            entry.previous,
            previous,
            entry.pk,
        )
    execute("UPDATE cases_case SET head = %s WHERE id = %s", previous, found.pk)


def found_against(path: Path, **more: Any) -> set[tuple[str, int | None, str]]:
    return {(each.place, each.seq, each.kind) for each in check_against(path, **more)}


def found_alone() -> set[tuple[str, int | None, str]]:
    return {(each.number, each.seq, each.kind) for each in audit().findings}


@pytest.fixture
def cases(shop: Shop) -> list[Outcome]:
    """Three cases, of which the last two moved on after the first checkpoint."""
    first, second, third = (shop.start() for _ in range(3))
    assert make(NINE) == 1
    return [first, shop.look(second), shop.look(third)]


def test_it_lists_what_moved_since_the_last_one_and_nothing_where_nothing_did(
    cases: list[Outcome],
) -> None:
    before = listed()
    assert [seq for _, seq in before] == [1, 1, 1]
    assert make(NINE) == 1
    assert listed()[3:] == [(each.number, each.seq) for each in cases[1:]]
    assert make(NINE) == 0
    assert audit().is_clean


def test_a_long_journal_is_taken_a_stretch_at_a_time(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "STRETCH", 4)
    made = [shop.look(shop.start()) for _ in range(5)]
    assert make(NINE) == 3
    newest = dict(listed())
    assert newest == {each.number: each.seq for each in made}
    assert audit().is_clean


def test_a_file_from_before_passes_after_more_work(
    shop: Shop, cases: list[Outcome], tmp_path: Path
) -> None:
    file = tmp_path / "checkpoints"
    assert export(file, NINE) == 1
    shop.agree(cases[1])
    make(NINE)
    shop.start()
    assert found_against(file) == set()
    export(file, NINE)
    assert found_against(file) == set()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("with_checkpoints_made_anew", [False, True])
@pytest.mark.parametrize(
    ("plant", "wanted"),
    [
        (remove, {("SR-2603-0003", None, "missing")}),
        (cut, {("SR-2603-0003", 2, "missing")}),
        (rewrite, {("SR-2603-0003", 1, "tampered"), ("SR-2603-0003", 2, "tampered")}),
    ],
)
def test_what_was_done_to_a_case_is_found(
    cases: list[Outcome],
    tmp_path: Path,
    plant: Callable[[Outcome], None],
    wanted: set[tuple[str, int | None, str]],
    with_checkpoints_made_anew: bool,
) -> None:
    make(NINE)
    file, case = tmp_path / "checkpoints", cases[-1]
    export(file, NINE)
    plant(case)
    if plant is remove:  # the trace in the numbers goes, too
        NumberSequence.objects.update(next=3)
    assert wanted & found_against(file)
    if with_checkpoints_made_anew:
        Checkpoint.objects.all().delete()
        make(NINE)
        found = found_against(file)
        assert wanted & found
        assert {place for place, _, _ in found} >= {"checkpoint 1"}
    else:
        assert wanted & found_alone()


def test_altered_and_missing_checkpoints_are_found(cases: list[Outcome], tmp_path: Path) -> None:
    make(NINE)
    file = tmp_path / "checkpoints"
    export(file, NINE)
    first, second = Checkpoint.objects.order_by("number")
    assert found_alone() == set()

    with transaction.atomic():
        heads = json.loads(second.heads)
        execute(
            "UPDATE cases_checkpoint SET heads = %s WHERE number = 2", canonical.dump(heads[1:])
        )
        assert found_alone() == {("checkpoint 2", None, "tampered")}
        execute("UPDATE cases_checkpoint SET heads = %s WHERE number = 2", "[1]")
        assert found_alone() == {("checkpoint 2", None, "tampered")}
        transaction.set_rollback(True)  # only ends the block
    second.save()
    first.delete()
    assert found_alone() == {("checkpoint 2", None, "missing")}
    assert found_against(file) == {("checkpoint 1", None, "missing")}
    first.save(force_insert=True)
    second.delete()
    assert found_alone() == set()  # nothing in the database tells it
    assert found_against(file) == {("checkpoint 2", None, "missing")}


def test_an_altered_file_is_told_from_an_altered_database(
    cases: list[Outcome], tmp_path: Path
) -> None:
    make(NINE)
    file = tmp_path / "checkpoints"
    export(file, NINE)
    whole = file.read_text("utf-8").splitlines(keepends=True)

    def found(*lines: str) -> set[tuple[str, int | None, str]]:
        file.write_text("".join(lines), "utf-8")
        return found_against(file)

    assert found(*whole) == set()
    assert found(*whole[:-1]) == {("checkpoints", None, "missing")}
    assert ("checkpoints", None, "tampered") in found(whole[0], whole[-1])
    assert ("checkpoints checkpoint 2", None, "missing") in found(*whole[1:])
    assert ("checkpoints checkpoint 1", None, "tampered") in found(
        whole[0].replace(f'"{cases[0].number}",1', f'"{cases[0].number}",2'), *whole[1:]
    )
    assert ("checkpoints", None, "tampered") in found("nonsense\n", *whole)
    assert ("checkpoints", None, "tampered") in found(*whole, whole[1])
    assert found("") == {("checkpoints", None, "missing")}


def test_a_signature_tells_whose_file_it_is(cases: list[Outcome], tmp_path: Path) -> None:
    del cases
    file, ours, theirs = (tmp_path / each for each in ("checkpoints", "ours", "theirs"))
    public, other = public_key(new_key(ours)), public_key(new_key(theirs))
    export(file, NINE)
    assert found_against(file, key=public) == {("checkpoints", None, "missing")}
    export(file, NINE, private_key(ours))
    assert found_against(file, key=public) == set()
    assert found_against(file, key=other) == {("checkpoints", None, "tampered")}
    # Whoever changes anything cannot sign it.
    file.write_text(
        file.read_text("utf-8").replace("2026-03-02T01:00", "2026-03-02T02:00"), "utf-8"
    )
    assert ("checkpoints", None, "tampered") in found_against(file, key=public)
    assert ours.stat().st_mode & 0o077 == 0
    with pytest.raises(KeyFileError, match="Cannot make"):
        new_key(ours)
    with pytest.raises(KeyFileError, match="no usable key"):
        private_key(file)


def test_a_case_that_moves_meanwhile_is_in_this_one_or_the_next_whoever_makes_them(
    busy_shop: Shop,
) -> None:
    over = Event()

    def check() -> int:
        made = 0
        while not over.is_set():
            made += make(NINE)
        return made

    def work() -> list[Outcome]:
        return [busy_shop.look(busy_shop.start()) for _ in range(6)]

    def work_and_end() -> int:
        try:
            return len(work())
        finally:
            if last.is_set():
                over.set()
            last.set()

    last = Event()
    results = together(check, check, check, work_and_end, work_and_end)
    assert not [each for each in results if isinstance(each, Exception)], results
    make(NINE)
    newest: dict[str, int] = {}
    for case, seq in listed():
        assert newest.get(case, 0) < seq
        newest[case] = seq
    assert newest == dict(Case.objects.values_list("number", "seq"))
    assert audit().is_clean


def test_an_entry_whose_transaction_ends_late_is_waited_for(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL its id is lower than that of an entry that is there already."""
    if connection.vendor != "postgresql":
        pytest.skip("there ids are in the order of the commits")
    slow, quick = busy_shop.start(), busy_shop.start()
    make(NINE)
    begun, go_on = Event(), Event()
    others, seen = under_way.others, []

    def looking() -> set[str]:
        found = others()
        seen.append(len(found))
        go_on.set()
        return found

    monkeypatch.setattr(under_way, "others", looking)

    def write_slowly() -> int:
        with transaction.atomic():
            busy_shop.look(slow)
            begun.set()
            go_on.wait(30)
        return 0

    def check() -> int:
        begun.wait(30)
        busy_shop.look(quick)
        return make(NINE)

    assert together(write_slowly, check) == [0, 1]
    assert seen[0] == 1
    assert dict(listed()[2:]) == {slow.number: 2, quick.number: 2}


def test_whoever_began_last_is_waited_for_as_well(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No snapshot of PostgreSQL tells of a transaction that began after all that have ended."""
    if connection.vendor != "postgresql":
        pytest.skip("there ids are in the order of the commits")
    slow, quick = busy_shop.start(), busy_shop.start()
    make(NINE)
    monkeypatch.setattr(making, "PATIENCE_S", 0.1)
    locked, written, given_up = Event(), Event(), Event()
    lock_of_item = store.lock_of_item

    def lock_and_wait(item: int) -> object:
        found = lock_of_item(item)
        if found[0].row.pk == quick.case_id:
            locked.set()
            written.wait(30)
        return found

    monkeypatch.setattr(store, "lock_of_item", lock_and_wait)

    def write_slowly() -> int:
        locked.wait(30)
        with transaction.atomic():
            busy_shop.look(slow)
            written.set()
            given_up.wait(30)
        return 0

    def check() -> int:
        busy_shop.look(quick)
        try:
            return make(NINE)
        finally:
            given_up.set()

    slowly, checked = together(write_slowly, check)
    assert slowly == 0
    assert isinstance(checked, making.StillWritingError)
    make(NINE)
    assert dict(listed()[2:]) == {slow.number: 2, quick.number: 2}


def test_nobody_waits_for_ever_for_somebody_who_writes(
    busy_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("there ids are in the order of the commits")
    busy_shop.start()
    monkeypatch.setattr(making, "PATIENCE_S", 0.1)
    monkeypatch.setattr(under_way, "others", lambda: {"4711"})
    with pytest.raises(making.StillWritingError, match="try again later"):
        make(NINE)
    assert not Checkpoint.objects.exists()
