"""People as the commands name them: found or told, with what there is instead."""

from __future__ import annotations

from difflib import get_close_matches

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import queries
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.recording import Act

_NEAREST_AT_MOST = 3


def find_user(username: str) -> User:
    """The user of that name, active or not.

    Raises:
        click.ClickException: there is none.
    """
    person = queries.find_user(username)
    if person is None:
        names = queries.user_names()
        raise click.ClickException(
            f"没有用户 {username}{_nearest_zh(username, names)} / "
            f"there is no user {username}{_nearest_en(username, names)}"
        )
    return person


def find_unit(key: str) -> Unit:
    """The unit of that key.

    Raises:
        click.ClickException: there is none; the text lists those that there are.
    """
    unit = queries.find_unit(key)
    if unit is None:
        known = ", ".join(each.key for each in queries.all_units()) or "-"
        raise click.ClickException(
            f"没有部门 {key}；现有：{known} / there is no unit {key}; there are: {known}"
        )
    return unit


def by_hand() -> Act:
    """A change made on the machine, now."""
    return Act(now())


def check_role(role: str) -> None:
    """Some published pack, in some version, must know the role.

    Raises:
        click.ClickException: none does, so holding it would mean nothing.
    """
    known = sorted(frozenset().union(*definitions.roles_of_all().values()))
    if role in known:
        return
    if not known:
        raise click.ClickException(
            "还没有发布流程包，角色由流程包定义：请先运行 tuoban publish，或加 --any-role / "
            "no pack is published, and packs define the roles: run tuoban publish first, "
            "or add --any-role"
        )
    names = ", ".join(known)
    raise click.ClickException(
        f"已发布的流程包里没有由人担任的角色 {role}{_nearest_zh(role, known)}；现有：{names}；"
        "外部方（recorded-by）和逐件指定的角色（person）没有人担任；"
        f"以后的流程包才有的角色请加 --any-role / "
        f"no published pack has a role {role} that people hold{_nearest_en(role, known)}; "
        f"there are: {names}; nobody holds an outside party (recorded-by), or a role that each "
        "case fills (person); "
        "for a role of a pack to come add --any-role"
    )


def check_password(password: str, person: User) -> None:
    """Hold the password to the rules of the installation.

    Raises:
        click.ClickException: with every rule that is broken, in both languages.
    """
    try:
        # Django's Chinese is incomplete, so ours stands beside its English.
        with override("en"):
            validate_password(password, person)
    except ValidationError as error:
        lines = [
            f"{_PASSWORD_RULES.get(each.code or '', '密码不合要求。')} / {each.messages[0]}"
            for each in error.error_list
        ]
        raise click.ClickException("\n".join(lines)) from None


_PASSWORD_RULES = {
    "password_too_similar": "密码与用户名太相似。",
    "password_too_short": "密码太短。",
    "password_too_common": "密码太常见。",
    "password_entirely_numeric": "密码不能全是数字。",
}


def _nearest(name: str, known: list[str]) -> list[str]:
    return get_close_matches(name, known, n=_NEAREST_AT_MOST, cutoff=0.6)


def _nearest_zh(name: str, known: list[str]) -> str:
    near = _nearest(name, known)
    return f"（是否想写 {'、'.join(near)}？）" if near else ""


def _nearest_en(name: str, known: list[str]) -> str:
    near = _nearest(name, known)
    return f" (did you mean {', '.join(near)}?)" if near else ""
