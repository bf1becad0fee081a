"""Short ways to declare the fields of activities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tuoban.kernel.activities import Activity, Catalogue
from tuoban.kernel.definition import Field, FieldType
from tuoban.kernel.text import Text


def field(name: str, type_: FieldType, zh: str, en: str, **more: Any) -> Field:
    """A field with its label in both languages."""
    return Field(name, type_, Text(zh, en), **more)


def catalogue(
    activities: Iterable[Activity], facts: Iterable[Field] = (), ledgers: Iterable[Field] = ()
) -> Catalogue:
    """What a service has to offer, each by its name."""
    return Catalogue(
        {each.key: each for each in activities},
        {each.name: each for each in facts},
        {each.name: each for each in ledgers},
    )
