"""The verbs that change the tree of units: another name, another place, an end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tuoban.kernel.text import Text
from tuoban.runtime.people import locks, marks
from tuoban.runtime.people.models import RoleHolding, Unit
from tuoban.runtime.people.recording import Act, note, spread


class TreeError(ValueError):
    """The tree cannot be changed so; says why in both languages. `field` is what to change."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.field = field
        self.text = text


@transaction.atomic
def rename_unit(unit: Unit, name_zh: str, name_en: str, *, act: Act | None = None) -> Unit:
    """Call a unit otherwise; its key stays.

    Raises:
        TreeError: a name is empty, too long or holds invisible characters.
    """
    for field, name in (("name_zh", name_zh), ("name_en", name_en)):
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise TreeError(
                field,
                Text("名称不能为空，至多 100 字。", "A name holds 1 to 100 visible characters."),
            )
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
    unit.closed_at = locks.unit(unit).closed_at
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


def _check_open(unit: Unit, field: str) -> None:
    if unit.closed_at is not None:
        raise TreeError(field, Text(f"部门 {unit.key} 已关闭。", f"The unit {unit.key} is closed."))
