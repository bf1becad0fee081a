"""Many live cases: copies of one that is played, made by SQL, as many at each of its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import connection
from django.db.models import Max, Model

from benchmarks.runtime import house
from benchmarks.runtime.house import House, Step
from benchmarks.steps.process import PLAY, Move
from tuoban.runtime.cases.models import Case, CommandKey, JournalEntry, PoolEntry, WorkItem


class Crowd:
    """Live cases of a house by the step that is next in them; each is taken once."""

    def __init__(self, ours: House, cases: int) -> None:
        self._house = ours
        self._case = house.start(ours)
        self._next: list[tuple[Move, range]] = []
        share, left = divmod(cases, len(PLAY))
        for place, step in enumerate(house.steps(ours, self._case)):
            count = share + (place < left)
            self._next.append((step.move, _copied(self._case, count)))
            step.complete()
        _settle()

    def one_at_each_step(self, turn: int) -> list[Step]:
        """A case at each step, from somewhere among its like; with another `turn` another one."""
        found = []
        for move, cases in self._next:
            # A stride that is prime to any number of cases here goes through all of them.
            case = cases[turn * 7919 % len(cases)]
            found.append(Step(self._house, *house.item(case, move), move))
        return found


def _copied(case: int, count: int) -> range:
    """So many copies of a case as it stands; their ids."""
    first = (Case.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    made = range(first, first + count)
    if made:
        with connection.cursor() as cursor:
            for statement in _copying(case, made):
                cursor.execute(statement)
    return made


def _copying(case: int, made: range) -> Iterator[str]:
    n = (
        f"(WITH RECURSIVE n(id) AS (SELECT {made.start} UNION ALL SELECT id + 1 FROM n "  # noqa: S608
        f"WHERE id < {made.stop - 1}) SELECT id FROM n) AS n"
    )
    other = {"number": "old.number || '-' || n.id", "state": _STATE, "id": "n.id"}
    yield _insert(Case, other, n, f"old.id = {case}")
    for table in (JournalEntry, WorkItem):
        yield _insert(table, {"case_id": "n.id"}, n, f"old.case_id = {case}")
    keys = CommandKey.objects.filter(answer__contains=f'"case_id":{case},')
    for key in keys.values_list("pk", flat=True):
        other = {"key": "old.key || '-' || n.id", "answer": "'{}'"}
        yield _insert(CommandKey, other, n, f"old.id = {key}")
    pools = PoolEntry.objects.filter(item__case=case)
    for pool, number in pools.values_list("pk", "item__number"):
        items = (
            f"(SELECT id FROM cases_workitem WHERE number = {number} "  # noqa: S608
            f"AND case_id BETWEEN {made.start} AND {made.stop - 1}) AS n"
        )
        yield _insert(PoolEntry, {"item_id": "n.id"}, items, f"old.id = {pool}")


_STATE = "replace(old.state, '\"' || old.number || '\"', '\"' || old.number || '-' || n.id || '\"')"
"""The state names the number of its case."""


def _insert(table: type[Model], other: Mapping[str, str], beside: str, where: str) -> str:
    """Rows like those found but for some columns; with keys of their own where none is given."""
    columns = {each.column: f"old.{each.column}" for each in table._meta.concrete_fields}
    if "id" not in other:
        del columns["id"]
    found = {**columns, **other}
    names = ", ".join(found)
    return (
        f"INSERT INTO {table._meta.db_table} ({names}) SELECT {', '.join(found.values())} "  # noqa: S608
        f"FROM {table._meta.db_table} AS old, {beside} WHERE {where}"
    )


def _settle() -> None:
    """Let the database know of what there is now, as it does by itself in time."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            last = Case.objects.aggregate(last=Max("pk"))["last"]
            cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), %s)", [last])
            cursor.execute("VACUUM ANALYZE")
