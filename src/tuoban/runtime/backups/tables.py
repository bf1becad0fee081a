"""Rows of every table as lines of JSON, the same on either database, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import CharField, DateField, Field, Model
from django.db.models.functions import Collate

CHUNK = 1000
"""Rows that are in memory at once."""
LEFT_OUT = frozenset({"sessions", "procrastinate"})
"""Apps whose rows are not kept: everybody logs in anew, and workers find the open jobs by
themselves."""


def migrations() -> dict[str, list[str]]:
    """By app, the last migrations that the database was brought to."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations) & set(loader.graph.nodes)
    found: dict[str, list[str]] = {}
    for app, name in sorted(applied):
        children = {each.key for each in loader.graph.node_map[(app, name)].children}
        if app not in LEFT_OUT and not any(each[0] == app for each in children & applied):
            found.setdefault(app, []).append(name)
    return found


def models_at(wanted: Mapping[str, list[str]]) -> list[type[Model]]:
    """The tables as these migrations leave them, as models of their own, by label.

    Moments that Django sets by itself are set by nobody here: a row keeps those that it had.
    """
    loader = MigrationLoader(connection)
    nodes = [(app, name) for app, names in wanted.items() for name in names]
    apps = loader.project_state(nodes).apps
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.app_label not in LEFT_OUT
    ]
    for model in found:
        for field in model._meta.concrete_fields:
            if isinstance(field, DateField):  # and those of moments
                field.auto_now = field.auto_now_add = False
    return sorted(found, key=label)


def label(model: type[Model]) -> str:
    return model._meta.label_lower


def lines(model: type[Model]) -> Iterator[bytes]:
    """Every row of a table, in the order of its key, each as a line."""
    names = [field.attname for field in _fields(model)]
    rows = model._base_manager.order_by(_key(model)).values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain)
        yield text.encode("utf-8", "surrogatepass") + b"\n"


def _key(model: type[Model]) -> Any:
    """By what rows are ordered: texts byte by byte on PostgreSQL, too, whatever its language."""
    is_text = isinstance(model._meta.pk, CharField) and connection.vendor == "postgresql"
    return Collate("pk", "C") if is_text else "pk"


def fill(model: type[Model], written: Iterable[bytes]) -> None:
    """Write rows of `lines` into a table.

    Raises:
        ValueError: a line is no row of it.
    """
    fields = _fields(model)
    rows = iter(written)
    while some := list(islice(rows, CHUNK)):
        model._base_manager.bulk_create([_row(model, fields, each) for each in some])


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return sorted(model._meta.concrete_fields, key=lambda field: field.attname)


def _row(model: type[Model], fields: list[Field[Any, Any]], written: bytes) -> Model:
    values = json.loads(written.decode("utf-8", "surrogatepass"))
    pairs = zip(fields, values, strict=True)
    return model(**{field.attname: field.to_python(value) for field, value in pairs})


def _plain(value: Any) -> str:
    if isinstance(value, date):  # and a moment, with all of its microseconds
        return value.isoformat()
    raise TypeError(f"no column holds a {type(value).__name__}")


def last_keys(models: Iterable[type[Model]]) -> dict[str, int]:
    """By table, the highest number that was ever given to one of its rows, where the database
    keeps it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
        named = {model._meta.db_table for model in models}
        return {table: last for table, last in given.items() if last and table in named}
    found = {table: _given(sequence) for table, sequence in _sequences(models)}
    return {table: last for table, last in found.items() if last}


def keep_last_keys(models: Iterable[type[Model]], known: Mapping[str, int]) -> None:
    """Let the database go on numbering its rows from there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for model in models:
                table = model._meta.db_table
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                seq = known.get(table, 0)
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, seq]
                )
        return
    with connection.cursor() as cursor:
        for table, sequence in _sequences(models):
            if table in known:
                cursor.execute("SELECT setval(%s, %s)", [sequence, known[table]])


def _sequences(models: Iterable[type[Model]]) -> Iterator[tuple[str, str]]:
    """On PostgreSQL, the tables whose rows are numbered, and by what."""
    with connection.cursor() as cursor:
        for model in models:
            table, key = model._meta.db_table, model._meta.auto_field
            if key is None:
                continue
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key.column])
            (found,) = cursor.fetchone()
            if found is not None:
                yield table, found


def _given(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - by PostgreSQL
        last, is_called = cursor.fetchone()
    return int(last) if is_called else 0
