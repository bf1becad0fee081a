"""The verbs that change units: a new one, its name, place, head and hours, and its end."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from tuoban.kernel.text import Text
from tuoban.runtime.calendars.models import Calendar
from tuoban.runtime.calendars.service import standard_calendar
from tuoban.runtime.people import former_hours, locks, marks
from tuoban.runtime.people.models import RoleHolding, Unit, User
from tuoban.runtime.people.recording import Act, note, spread
from tuoban.runtime.people.unfit import Unfit

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LEVEL = re.compile(r"[\w-]{1,64}")


class ClosedUnit(ValueError):
    """Nothing begins in the unit any more; says so in both languages."""


class TreeError(Unfit):
    """The tree cannot be changed so; says why in both languages. `field` is what to change."""


@transaction.atomic
def create_unit(
    key: str,
    name_zh: str,
    name_en: str,
    *,
    parent: Unit | None = None,
    time_zone: str = "Asia/Shanghai",
    calendar: Calendar | None = None,
    level: str = "",
    act: Act | None = None,
) -> Unit:
    """Add a unit below `parent` (None: a root), with hours of its own or those of the unit above.

    A root without a calendar gets the standard hours.

    Raises:
        ClosedUnit: the unit above is closed.
        TreeError: the key holds anything but small ASCII letters, digits, `-` and `_` (paths of
            keys are compared without regard to case on some databases), or a name or the level
            cannot be used.
        zoneinfo.ZoneInfoNotFoundError: there is no such time zone.
    """
    if _KEY.fullmatch(key) is None:
        raise TreeError(
            "key",
            Text(
                f"部门代码 {key!r}：只用小写字母、数字、- 和 _，至多 64 个",
                f"unit key {key!r}: use small letters, digits, - and _ only, at most 64",
            ),
        )
    _check_names(name_zh, name_en)
    _check_level(level)
    ZoneInfo(time_zone)
    above = check_open(parent).path if parent is not None else "/"
    if calendar is None and parent is None:
        calendar = standard_calendar()
    unit = Unit.objects.create(
        key=key,
        name_zh=name_zh,
        name_en=name_en,
        parent=parent,
        path=f"{above}{key}/",
        time_zone=time_zone,
        calendar=calendar,
        level=level,
    )
    note(act, "unit-added", unit=unit)
    marks.renew()
    return unit


@transaction.atomic
def rename_unit(unit: Unit, name_zh: str, name_en: str, *, act: Act | None = None) -> Unit:
    """Call a unit otherwise; its key stays.

    Raises:
        TreeError: a name is empty, too long or holds invisible characters.
    """
    _check_names(name_zh, name_en)
    if (unit.name_zh, unit.name_en) != (name_zh, name_en):
        facts = {"from": unit.name_zh, "to": name_zh}
        unit.name_zh, unit.name_en = name_zh.strip(), name_en.strip()
        unit.save(update_fields=["name_zh", "name_en"])
        note(act, "unit-renamed", facts, unit=unit)
        marks.renew()
    return unit


@transaction.atomic
def move_unit(unit: Unit, parent: Unit | None, *, act: Act | None = None) -> Unit:
    """Put a unit, with all below it, under another one; None: to the top.

    What is open in it is looked at again: roles are looked for upwards from where it is now.

    Raises:
        TreeError: it would come below itself or a closed unit, or be at the top without hours.
    """
    locks.all_units()
    unit.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
        if parent.path.startswith(unit.path):
            raise TreeError(
                "parent",
                Text(
                    "不能移到自己或自己的下级之下。", "A unit cannot come below itself or its own."
                ),
            )
        _check_open(parent, "parent")
    elif unit.calendar_id is None:
        raise TreeError(
            "parent",
            Text(
                "最上层的部门必须有自己的日历：请先给它一个。",
                "A unit at the top has a calendar of its own: give it one first.",
            ),
        )
    if unit.parent == parent:
        return unit
    facts = {"from": unit.parent.key if unit.parent else "", "to": parent.key if parent else ""}
    former = unit.path
    path = f"{parent.path if parent else '/'}{unit.key}/"
    below = list(Unit.objects.filter(path__startswith=former).exclude(pk=unit.pk))
    unit.parent, unit.path = parent, path
    unit.save(update_fields=["parent", "path"])
    for each in below:
        each.path = path + each.path.removeprefix(former)
    Unit.objects.bulk_update(below, ["path"])
    note(act, "unit-moved", facts, unit=unit)
    spread(unit=unit)
    marks.renew()
    return unit


@transaction.atomic
def close_unit(unit: Unit, at: datetime, *, act: Act | None = None) -> Unit:
    """Nothing begins in a unit any more. Its cases, all ended, stay where they are.

    Raises:
        TreeError: units below it are open, or somebody holds a role in it.
    """
    # Whoever gives a role in it, or puts a unit below it, comes before or after.
    locks.unit(unit)
    unit.refresh_from_db()
    if unit.closed_at is not None:
        return unit
    if unit.children.filter(closed_at=None).exists():
        raise TreeError(
            "close", Text("下面还有部门：请先关闭它们。", "Units stand below it: close them first.")
        )
    held = RoleHolding.objects.filter(unit=unit).select_related("user").first()
    if held is not None:
        raise TreeError(
            "close",
            Text(
                f"还有人在这里有角色（{held.user}：{held.role}）：请先收回。",
                f"Somebody holds a role here ({held.user}: {held.role}): take it away first.",
            ),
        )
    unit.closed_at = at
    unit.save(update_fields=["closed_at"])
    note(act, "unit-closed", unit=unit)
    marks.renew()
    return unit


@transaction.atomic
def reopen_unit(unit: Unit, *, act: Act | None = None) -> Unit:
    """Let a closed unit be used again.

    Raises:
        TreeError: the unit above it is closed.
    """
    if unit.parent is not None:
        _check_open(locks.unit(unit.parent), "close")
    if unit.closed_at is not None:
        unit.closed_at = None
        unit.save(update_fields=["closed_at"])
        note(act, "unit-reopened", unit=unit)
        marks.renew()
    return unit


@transaction.atomic
def set_head(unit: Unit, user: User | None, *, act: Act | None = None) -> None:
    """Let somebody be the head of a unit, or nobody."""
    former, unit.head = unit.head, user
    unit.save(update_fields=["head"])
    if former != user:
        note(act, "head-set", unit=unit, user=user)
        if former is not None:
            note(act, "head-no-more", unit=unit, user=former)
        spread(unit=unit)
    marks.renew()


@transaction.atomic
def set_level(unit: Unit, level: str, *, act: Act | None = None) -> Unit:
    """Say what kind of unit it is, as in `ancestor(case.unit, "city")`; empty: nothing is said.

    Raises:
        TreeError: the level cannot be used.
    """
    _check_level(level)
    unit.level = level
    unit.save(update_fields=["level"])
    note(act, "level-set", {"level": level}, unit=unit)
    marks.renew()
    return unit


def _check_names(name_zh: str, name_en: str) -> None:
    for field, name in (("name_zh", name_zh), ("name_en", name_en)):
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise TreeError(
                field,
                Text("名称不能为空，至多 100 字。", "A name holds 1 to 100 visible characters."),
            )


def _check_level(level: str) -> None:
    if level and _LEVEL.fullmatch(level) is None:
        raise TreeError(
            "level",
            Text(
                f"级别 {level!r}：用文字、数字、- 和 _，至多 64 个",
                f"level {level!r}: use letters, digits, - and _ only, at most 64",
            ),
        )


@transaction.atomic
def set_calendar(unit: Unit, calendar: Calendar | None, *, at: datetime | None) -> Unit:
    """Let a unit, and those below that have none of their own, work by a calendar.

    Args:
        calendar: None: that of the unit above.
        at: from when on, for whatever looks back; None: as if it had always been so.

    Raises:
        ValueError: a root is left without any; says so in both languages.
    """
    if calendar is None and unit.parent_id is None:
        raise ValueError(
            "最上层的部门必须有日历 / a unit at the top must have a calendar of its own"
        )
    former, unit.calendar = unit.calendar, calendar
    unit.save(update_fields=["calendar"])
    if at is not None:
        former_hours.note_given(unit, former, at)
    marks.renew()
    return unit


def check_open(unit: Unit) -> Unit:
    """The unit as it is now, unless it is closed. Nobody closes or moves it before the transaction
    ends.

    Raises:
        ClosedUnit: it is closed.
    """
    now = locks.unit(unit)
    if now.closed_at is not None:
        raise ClosedUnit(f"部门 {unit.key} 已关闭 / the unit {unit.key} is closed")
    return now


def _check_open(unit: Unit, field: str) -> None:
    if unit.closed_at is not None:
        raise TreeError(field, Text(f"部门 {unit.key} 已关闭。", f"The unit {unit.key} is closed."))
