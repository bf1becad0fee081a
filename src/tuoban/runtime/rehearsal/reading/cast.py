"""Who plays: units, people and what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tuoban.kernel.language.tree import Node
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.reading.shapes import Reader
from tuoban.runtime.rehearsal.reading.words import CHECKS, HAPPENINGS

_UNIT = re.compile("[a-z0-9][a-z0-9_-]{0,40}")
_MEMBER = re.compile(r"[\w.@+-]{1,60}")


def read_units(reader: Reader, node: Node | None) -> dict[str, s.Unit]:
    """`{hq: {}, east: {in: hq, level: city, head: zhou}}`, from the top down."""
    units: dict[str, s.Unit] = {}
    for pair in reader.written(node):
        inner = reader.pairs(pair.value, ("in", "level", "head"))
        above, level, head = (reader.text(inner.get(key)) for key in ("in", "level", "head"))
        if not _UNIT.fullmatch(pair.key.text):
            reader.problem(
                pair.key, f"“{pair.key.text}”不能作部门代码：用小写字母、数字、- 和 _",
                f"“{pair.key.text}” cannot be the key of a unit: use small letters, digits, "
                "- and _",
            )  # fmt: skip
        if above not in units and (above or units):
            known = ", ".join(units) or "—"
            reader.problem(
                inner.get("in") or pair.key, f"in 应写上面已列出的部门：{known}",
                f"in names a unit that stands above: {known}",
            )  # fmt: skip
        units[pair.key.text] = s.Unit(above, level, head)
    return units


def read_skills(
    reader: Reader, node: Node | None, cast: Mapping[str, object]
) -> dict[str, tuple[str, ...]]:
    """What the people of the cast are skilled in."""
    for pair in reader.written(node):
        if pair.key.text not in cast:
            reader.not_in_cast(pair.key, pair.key.text)
    return {pair.key.text: reader.texts(pair.value) for pair in reader.written(node)}


def _holding(reader: Reader, node: Node, units: Mapping[str, s.Unit]) -> s.Holding:
    """`advisor`, or `advisor@east` where there are several units."""
    role, _, unit = reader.text(node).partition("@")
    if (unit or units) and unit not in units:
        known = ", ".join(units) or "—"
        reader.problem(
            node, f"应写成 {role}@部门，部门有：{known}",
            f"write {role}@unit; the units are: {known}",
        )  # fmt: skip
    return s.Holding(role, unit)


def read_cast(
    reader: Reader, node: Node, units: Mapping[str, s.Unit]
) -> dict[str, tuple[s.Holding, ...]]:
    """Who plays, and what they hold."""
    cast = {}
    for pair in reader.written(node):
        name = pair.key.text
        if not _MEMBER.fullmatch(name):
            reader.problem(
                pair.key, f"“{name}”不能作人名：用文字、数字和 . @ + - _，至多 60 个",
                f"“{name}” cannot be a name: use letters, digits and . @ + - _, at most 60",
            )  # fmt: skip
        elif name in (*HAPPENINGS, *CHECKS):
            reader.problem(
                pair.key, f"“{name}”在 play 里另有含义，请换一个人名",
                f"“{name}” has a meaning of its own under play; choose another name",
            )  # fmt: skip
        held = reader.items(pair.value)
        cast[name] = tuple(_holding(reader, each, units) for each in held)
    return cast
