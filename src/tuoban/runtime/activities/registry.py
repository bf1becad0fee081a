"""What is installed: filled by the services when Django starts, read by the runtime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tuoban.kernel.activities import Activity, Catalogue
from tuoban.kernel.text import Text
from tuoban.runtime.activities.services import Fact, Prop, Service

_services: dict[str, Service] = {}
_facts: dict[str, Fact] = {}
_props: dict[str, Prop] = {}


def register(
    services: Iterable[Service] = (), facts: Iterable[Fact] = (), props: Iterable[Prop] = ()
) -> None:
    """Make activities, facts and props known; another of the same name takes the place of one."""
    _services.update((each.declared.key, each) for each in services)
    _facts.update((each.field.name, each) for each in facts)
    _props.update((each.name, each) for each in props)


def service(key: str) -> Service:
    """What carries out an activity.

    Raises:
        LookupError: the service is not installed (any more).
    """
    return _services[key]


def catalogue() -> Catalogue:
    """What packs may use."""
    activities: Mapping[str, Activity] = {key: each.declared for key, each in _services.items()}
    return Catalogue(activities, {name: each.field for name, each in _facts.items()})


def label(key: str) -> Text:
    """How people call an activity; by its key where it is not installed any more."""
    known = _services.get(key)
    return known.declared.label if known is not None else Text(key, key)


def facts(case_id: int, names: Iterable[str]) -> dict[str, Any]:
    """What services know of a case now."""
    return {name: _facts[name].read(case_id) for name in names if name in _facts}


def prop(name: str) -> Prop | None:
    """What a scenario calls so."""
    return _props.get(name)


def props() -> tuple[str, ...]:
    """How scenarios call what services keep."""
    return tuple(_props)
