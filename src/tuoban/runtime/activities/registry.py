"""What is installed: filled by the services when Django starts, read by the runtime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tuoban.kernel.activities import Activity, Catalogue
from tuoban.kernel.text import Text
from tuoban.runtime.activities.services import Account, Fact, Ledger, Prop, Service, Shown

_services: dict[str, Service] = {}
_facts: dict[str, Fact] = {}
_props: dict[str, Prop] = {}
_accounts: dict[str, Account] = {}
_ledgers: dict[str, Ledger] = {}


def register(
    services: Iterable[Service] = (),
    facts: Iterable[Fact] = (),
    props: Iterable[Prop] = (),
    accounts: Iterable[Account] = (),
    ledgers: Iterable[Ledger] = (),
) -> None:
    """Make known what a service has; another of the same name takes the place of one."""
    _services.update((each.declared.key, each) for each in services)
    _facts.update((each.field.name, each) for each in facts)
    _props.update((each.name, each) for each in props)
    _accounts.update((each.label.en, each) for each in accounts)
    _ledgers.update((each.field.name, each) for each in ledgers)
    catalogue.cache_clear()


def service(key: str) -> Service:
    """What carries out an activity.

    Raises:
        LookupError: the service is not installed (any more).
    """
    return _services[key]


@cache
def catalogue() -> Catalogue:
    """What packs may use: one value until something else is made known."""
    activities: Mapping[str, Activity] = {key: each.declared for key, each in _services.items()}
    return Catalogue(
        activities,
        {name: each.field for name, each in _facts.items()},
        {name: each.field for name, each in _ledgers.items()},
    )


def label(key: str) -> Text:
    """How people call an activity; by its key where it is not installed any more."""
    known = _services.get(key)
    return known.declared.label if known is not None else Text(key, key)


def facts(case_id: int, names: Iterable[str]) -> dict[str, Any]:
    """What services know of a case now."""
    return {name: _facts[name].read(case_id) for name in names if name in _facts}


def ledger(name: str, account: str) -> Any:
    """What stands in a ledger, on one account or (empty) on all; None where no service has it."""
    known = _ledgers.get(name)
    return known.read(account) if known is not None else None


def accounts() -> tuple[Account, ...]:
    """What services show of a case."""
    return tuple(_accounts.values())


def standing(case_id: int) -> tuple[Shown, ...]:
    """What somebody must see to of a case that was cancelled."""
    return tuple(each for account in accounts() for each in account.stands(case_id))


def prop(name: str) -> Prop | None:
    """What a scenario calls so."""
    return _props.get(name)


def props() -> tuple[str, ...]:
    """How scenarios call what services keep."""
    return tuple(_props)
