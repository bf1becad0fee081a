"""What stands before the first move of a rehearsal: the published pack, its units, and the cast."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.computed import completed_alone
from tuoban.kernel.definition import Definition, Link, Text
from tuoban.kernel.language import (
    Bases,
    CalledPacks,
    Packs,
    PackText,
    compile_pack,
    compile_published,
    identity,
)
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.rows import read_value
from tuoban.runtime.activities import registry
from tuoban.runtime.calendars.service import create_calendar
from tuoban.runtime.cases import definitions, outside, settings
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.service import create_unit, hire, set_head
from tuoban.runtime.rehearsal.calls import Calls
from tuoban.runtime.rehearsal.scenario import Scenario, ScenarioError
from tuoban.runtime.rehearsal.stage import ZONE, Stage, content


def set_up(
    scenario: Scenario,
    text: str,
    translations: str,
    now: datetime,
    bases: Bases | None = None,
    *,
    are_published: bool = False,
) -> Stage:
    """Publish the pack and hire the cast, in units of their own.

    Args:
        bases: packs that the pack may extend.
        are_published: all were judged when they were published, and are not again.

    Raises:
        PackError: the pack cannot be compiled.
        Refused: the settings cannot be set so, or a required one is not set.
        ExclusiveRoles: somebody has two roles in the cast that exclude one another.
    """
    mark = uuid.uuid4().hex[:8]
    slug = identity(text).partition("@")[0]
    packs: Packs = {}
    if bases is not None:
        packs = CalledPacks(bases, registry.catalogue(), are_published=are_published)
    if scenario.settings:
        own = _definition(text, translations, bases, are_published=are_published)
        values = _of_pack(scenario, own, called_by(own, packs, scenario.answers))
        _set(own, text, translations, bases, values, now)
    published = definitions.publish(
        slug, text, translations, now, bases, is_published=are_published
    )
    definition = definitions.compiled(published)
    called = {slug: definition}
    for other, found in called_by(definition, packs, scenario.answers).items():
        if bases is not None and other != slug:
            called[other] = _publish_called(
                scenario, other, found, bases, now, are_published=are_published
            )
    called = called if len(called) > 1 or slug in _slugs_called(definition) else {}
    _put_on_file(scenario, definition, now)
    units = _units(scenario, mark, now)
    root = next(iter(units.values()))
    people = {}
    excluded = definition.exclusions.union(*(each.exclusions for each in called.values()))
    for name, holdings in scenario.cast.items():
        people[name] = hire(
            f"{name}-{mark}",
            name,
            [(role, units[unit]) for role, unit in holdings],
            skills=scenario.skills.get(name, ()),
            excluded=excluded,
            at=now,
        )
    for key, each in scenario.units.items():
        if each.head:
            set_head(units[key], people[each.head])
    held = scenario.cast.get(starter(scenario, definition))
    where = units[held[0].unit] if held else root
    _provide(scenario, now)
    keys = {name: each.key for name, each in units.items() if name}
    return Stage(
        definition,
        where,
        root,
        people,
        now,
        Calls(root, called, scenario.answers),
        unit_keys=keys,
        packs=packs,
    )


def starter(scenario: Scenario, definition: Definition) -> str:
    """Who of the cast begins the case: whoever is said to, and for an outside party the first who
    records what it does. A name as it is written, where that is nobody."""
    who = scenario.begin.who
    role = definition.roles.get(who)
    if who in scenario.cast or role is None or not role.is_outside:
        return who
    recording = (
        name
        for name, holdings in scenario.cast.items()
        if any(each.role in role.acting for each in holdings)
    )
    return next(recording, who)


def called_by(
    definition: Definition, packs: Packs, answers: frozenset[str]
) -> dict[str, Definition]:
    """The packs at hand that a pack calls, or one of these, but for what the scenario answers."""
    found: dict[str, Definition] = {}
    waiting = [definition]
    while waiting:
        for slug in _slugs_called(waiting.pop(), answers):
            if slug not in found and (known := packs.get(slug)) is not None:
                found[slug] = known
                waiting.append(known)
    return found


def _slugs_called(definition: Definition, but: frozenset[str] = frozenset()) -> list[str]:
    """The packs that a pack calls, by other calls than these."""
    links = ((key, node.construct) for key, node in definition.nodes.items())
    return [each.pack for key, each in links if isinstance(each, Link) and key not in but]


def _of_pack(
    scenario: Scenario, own: Definition, called: Mapping[str, Definition]
) -> dict[str, str]:
    """What the scenario sets of its own pack."""
    others = {slug for slug in called if slug not in own.settings}
    return {
        name: value
        for name, value in scenario.settings.items()
        if name.partition(".")[0] not in others
    }


def _publish_called(
    scenario: Scenario,
    slug: str,
    definition: Definition,
    bases: Bases,
    now: datetime,
    *,
    are_published: bool,
) -> Definition:
    """Publish a pack that is called, with what the scenario sets of it.

    Raises:
        Refused: as of the scenario's own pack, with the pack's slug before the names.
    """
    pack = next(bases[key] for key in bases if key.partition("@")[0] == slug)
    prefix = f"{slug}."
    given = {
        name.removeprefix(prefix): value
        for name, value in scenario.settings.items()
        if name.startswith(prefix)
    }
    _set(definition, pack.text, pack.translations or "", bases, given, now)
    row = definitions.publish(
        slug, pack.text, pack.translations, now, bases, is_published=are_published
    )
    return definitions.compiled(row)


def _set(
    definition: Definition,
    text: str,
    translations: str,
    bases: Bases | None,
    values: Mapping[str, str],
    now: datetime,
) -> None:
    """Let the organisation have set what the scenario says."""
    if values:
        known = bases if bases is not None else {}
        pack = settings.Pack(definition, PackText(text, translations or None), known)
        settings.change(pack, values, at=now)


def _put_on_file(scenario: Scenario, definition: Definition, now: datetime) -> None:
    """Enter the customers and assets that the scenario begins with.

    Raises:
        Refused: `invalid`, beside the name and the fact, where it is no fact or no value of it.
    """
    problems: list[Problem] = []
    files = outside.files()
    for name, given in scenario.files.items():
        of = str(given["kind"])
        kind = definition.asset_kinds.get(of)
        ref = files.find(of, name)
        facts: dict[str, Any] = {}
        for key, raw in given.items():
            field = kind.facts.get(key) if kind is not None else None
            if key == "kind":
                continue
            if field is None:
                problems.append(Problem("unknown-field", f"{name}.{key}", {"field": key}))
                continue
            value, wrong = read_value(field, raw, ZONE)
            facts[key] = None if wrong else completed_alone(field, value, ZONE)
            problems += [Problem(each.code, f"{name}.{each.place}", each.facts) for each in wrong]
        if ref is not None:
            files.write(ref, facts, None, now)
    if problems:
        raise refuse_invalid(problems)


def _provide(scenario: Scenario, now: datetime) -> None:
    """Let services have what the scenario says there is.

    Raises:
        ScenarioError: a service keeps no such thing, or not so.
    """
    for name, value in scenario.given.items():
        prop, where = registry.prop(name), f"scenarios.yaml:{scenario.line}"
        if prop is None or prop.prepare is None:
            zh, en = f"{where}: 不能预备“{name}”", f"{where}: “{name}” cannot be given"
            raise ScenarioError((Text(zh, en),))
        try:
            prop.prepare(value, now)
        except ValueError as error:
            raise ScenarioError((Text(f"{where}: {error}", f"{where}: {error}"),)) from None


def _definition(
    text: str, translations: str, bases: Bases | None, *, are_published: bool
) -> Definition:
    """The pack, for what it calls to be found, and its settings to be set, before it is
    published."""
    if are_published:
        pack = PackText(text, translations or None)
        return compile_published(pack, bases=bases, catalogue=registry.catalogue())
    return compile_pack(
        text,
        translations=translations or None,
        bases=bases,
        catalogue=registry.catalogue(),
        packs=None,
    )


def _units(scenario: Scenario, mark: str, now: datetime) -> dict[str, Unit]:
    """The units by the keys they have in the scenario, the topmost first."""
    calendar = None
    if scenario.hours is not None:
        every_week = content(scenario.hours)
        calendar = create_calendar(f"stage-{mark}", "排练", "Rehearsal", every_week, at=now)
    if not scenario.units:
        return {"": create_unit(f"stage-{mark}", "排练", "Rehearsal", calendar=calendar)}
    units: dict[str, Unit] = {}
    for key, each in scenario.units.items():
        units[key] = create_unit(
            f"{key}-{mark}",
            key,
            key,
            parent=units[each.above] if each.above else None,
            calendar=None if each.above else calendar,
            level=each.level,
        )
    return units
