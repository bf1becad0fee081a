"""The record of what was changed of people and units, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tuoban.kernel.text import Text
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import PeopleChange, Unit, User

MOST = 50
"""Entries shown at once, the newest first."""

_MACHINE = Text("系统管理命令", "A command on the machine")

TEXTS: Mapping[str, Text] = {
    "person-added": Text("加入", "added"),
    "renamed": Text("改名：{from} → {to}", "renamed: {from} → {to}"),
    "password-set": Text("密码由别人重设", "was given another password"),
    "password-changed": Text("改了自己的密码", "changed their own password"),
    "left": Text("离开", "left"),
    "returned": Text("回来", "returned"),
    "administrator-made": Text("成为管理员", "was made an administrator"),
    "administrator-no-more": Text("不再是管理员", "is an administrator no more"),
    "role-given": Text("得到角色 {role}（{unit}）", "was given the role {role} ({unit})"),
    "role-taken": Text("不再有角色 {role}（{unit}）", "no longer holds the role {role} ({unit})"),
    "skills-set": Text("技能：{skills}", "skills: {skills}"),
    "reach-set": Text("改了电话或邮箱", "has another number or address"),
    "absence-added": Text("请假 {start} 至 {end}{deputy}", "away {start} until {end}{deputy}"),
    "absence-dropped": Text(
        "取消请假 {start} 至 {end}{deputy}", "not away any more {start} until {end}{deputy}"
    ),
    "token-made": Text("建了令牌“{token}”（{scopes}）", "made the token “{token}” ({scopes})"),
    "token-ended": Text("令牌“{token}”失效", "the token “{token}” was revoked"),
    "head-set": Text("{unit}的负责人：{person}", "head of {unit}: {person}"),
    "head-no-more": Text("不再是{unit}的负责人", "no longer head of {unit}"),
    "unit-added": Text("设立部门", "the unit was added"),
    "unit-renamed": Text("改名：{from} → {to}", "renamed: {from} → {to}"),
    "unit-moved": Text("移动：{from} → {to}", "moved: {from} → {to}"),
    "unit-closed": Text("关闭", "closed"),
    "unit-reopened": Text("重新启用", "opened again"),
    "level-set": Text("级别：{level}", "level: {level}"),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry: who changed what, and when."""

    at: datetime
    by: Text
    words: Text


def of_person(user: User) -> tuple[Recorded, ...]:
    """What was changed about somebody, the newest first."""
    return _read(Q(user=user))


def of_unit(unit: Unit) -> tuple[Recorded, ...]:
    """What was changed about a unit, the newest first."""
    return _read(Q(unit=unit))


def _read(about: Q) -> tuple[Recorded, ...]:
    rows = PeopleChange.objects.filter(about).select_related("user", "unit").order_by("-pk")[:MOST]
    return tuple(Recorded(row.at, _by(row), _words(row)) for row in rows)


def _by(row: PeopleChange) -> Text:
    if not row.by:
        return _MACHINE
    name = directory.name_of(row.by)
    return Text(name, name)


def _words(row: PeopleChange) -> Text:
    facts = json.loads(row.facts)
    unit = row.unit.name if row.unit is not None else Text("", "")
    known = {"role": "", "skills": "—", "start": "", "end": "", "from": "—", "to": "—"}
    known |= {"level": "—", "person": str(row.user or "—")}
    known |= {name: value.replace("T", " ") for name, value in facts.items() if value}
    deputy = directory.name_of(facts["deputy"]) if facts.get("deputy") else ""
    given = ("，代其角色", ", lent what they lack") if facts.get("empowered") else ("", "")
    words = TEXTS[row.what]
    zh = {"unit": unit.zh, "deputy": f"，代理人 {deputy}{given[0]}" if deputy else ""}
    en = {"unit": unit.en, "deputy": f", deputy {deputy}{given[1]}" if deputy else ""}
    return Text(words.zh.format(**known | zh), words.en.format(**known | en))
