"""What stands before the first move of a rehearsal: the published pack, its units, and the cast."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.language import Bases, CalledPacks, Packs, PackText, compile_pack, identity
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.values import parse
from tuoban.runtime.activities import registry
from tuoban.runtime.calendars.service import create_calendar
from tuoban.runtime.cases import definitions, outside, settings
from tuoban.runtime.people.models import Unit
from tuoban.runtime.people.service import create_unit, create_user, grant, set_head, set_skills
from tuoban.runtime.rehearsal.scenario import Scenario, ScenarioError
from tuoban.runtime.rehearsal.stage import ZONE, Stage, content


def set_up(
    scenario: Scenario,
    text: str,
    translations: str,
    now: datetime,
    bases: Bases | None = None,
) -> Stage:
    """Publish the pack and hire the cast, in units of their own.

    Args:
        bases: packs that the pack may extend.

    Raises:
        PackError: the pack cannot be compiled.
        Refused: the settings cannot be set so, or a required one is not set.
        ExclusiveRoles: somebody has two roles in the cast that exclude one another.
    """
    mark = uuid.uuid4().hex[:8]
    if scenario.settings:
        settings.change(_settable(text, translations, bases), scenario.settings, at=now)
    slug = identity(text).partition("@")[0]
    published = definitions.publish(slug, text, translations, now, bases)
    definition = definitions.compiled(published)
    _put_on_file(scenario, definition, now)
    units = _units(scenario, mark, now)
    root = next(iter(units.values()))
    people = {}
    for name, holdings in scenario.cast.items():
        people[name] = create_user(f"{name}-{mark}", name, at=now)
        for role, unit in holdings:
            grant(people[name], role, units[unit], excluded=definition.exclusions)
        if name in scenario.skills:
            set_skills(people[name], scenario.skills[name])
    for key, each in scenario.units.items():
        if each.head:
            set_head(units[key], people[each.head])
    held = scenario.cast.get(scenario.begin.who)
    where = units[held[0].unit] if held else root
    _provide(scenario, now)
    keys = {name: each.key for name, each in units.items() if name}
    packs: Packs = CalledPacks(bases, registry.catalogue()) if bases is not None else {}
    return Stage(definition, where, root, people, now, unit_keys=keys, packs=packs)


def _put_on_file(scenario: Scenario, definition: Definition, now: datetime) -> None:
    """Enter the customers and assets that the scenario begins with.

    Raises:
        Refused: `invalid`, beside the name and the fact, where it is no fact or no value of it.
    """
    problems: list[Problem] = []
    files = outside.files()
    for name, given in scenario.files.items():
        kind = definition.asset_kinds.get(given["kind"])
        ref = files.find(given["kind"], name)
        facts: dict[str, Any] = {}
        for key, raw in given.items():
            field = kind.facts.get(key) if kind is not None else None
            if key == "kind":
                continue
            if field is None:
                problems.append(Problem("unknown-field", f"{name}.{key}", {"field": key}))
                continue
            facts[key], problem = parse(field, raw, ZONE)
            if problem is not None:
                problems.append(Problem(problem.code, f"{name}.{key}", problem.facts))
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


def _settable(text: str, translations: str, bases: Bases | None) -> settings.Pack:
    """The pack, for its settings to be set before it is published."""
    definition = compile_pack(
        text,
        translations=translations or None,
        bases=bases,
        catalogue=registry.catalogue(),
        packs=None,
    )
    known = bases if bases is not None else {}
    return settings.Pack(definition, PackText(text, translations or None), known)


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
