"""Tokens by which programs act as somebody: made, found by what a program sends, and ended.

A token never reaches further than whoever it is of: every right is asked of them, at every request.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

from django.db import transaction
from django.db.models import Q

from tuoban.kernel.text import Text
from tuoban.runtime.people import locks
from tuoban.runtime.people.models import AccessToken, User
from tuoban.runtime.people.recording import Act, note
from tuoban.runtime.people.unfit import Unfit

Scope = Literal["read", "work", "operate"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
MEANING: Mapping[Scope, Text] = {
    "read": Text("查看工单、工作和文件", "read cases, work and files"),
    "work": Text(
        "发起工单，领取和办理工作，添加文件和评论",
        "begin cases, take and do work, add files and comments",
    ),
    "operate": Text(
        "转办、退回、挂起、作废等操作",
        "hand work on, send it back, suspend or cancel cases, and the like",
    ),
}
"""What each scope opens; none holds another."""

PREFIX = "tuoban_"
"""How every token begins, so that one that stands where it should not is recognised."""
_RANDOM_BYTES = 32
MOST = 50
"""So many tokens of somebody may be in use at once."""
LONGEST_DAYS = 366
_USE_NOTED = timedelta(minutes=5)
"""A use is noted once in so long: what only reads writes nothing else."""


@transaction.atomic
def make(
    user: User,
    name: str,
    scopes: Collection[str],
    *,
    days: int | None,
    at: datetime,
    act: Act | None = None,
) -> str:
    """Make a token; it is told now and never again.

    Args:
        name: what it is for; one that is in use has no namesake.
        scopes: some of `SCOPES`.
        days: after which it expires; None: never.

    Raises:
        Unfit: beside `name`, `scope` or `days`.
    """
    name = name.strip()
    _check(name, scopes, days)
    # Two made at once wait for one another, so that the second sees the first.
    owner = locks.person(user)
    if not owner.is_active:
        raise Unfit("name", Text("已离开的人没有令牌。", "Whoever has left has no tokens."))
    in_use = owner.tokens.filter(_in_use(at))
    if in_use.filter(name=name).exists():
        raise Unfit(
            "name",
            Text("已有同名的令牌：请换个名称。", "There is a token of this name: choose another."),
        )
    if in_use.count() >= MOST:
        raise Unfit(
            "name",
            Text(
                f"已有 {MOST} 个令牌在用：请先停用不需要的。",
                f"{MOST} tokens are in use: revoke those that nothing needs first.",
            ),
        )
    text = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    AccessToken.objects.create(
        user=user,
        name=name,
        digest=_digest(text),
        scopes=" ".join(each for each in SCOPES if each in scopes),
        made_at=at,
        expires_at=at + timedelta(days=days) if days is not None else None,
    )
    note(act, "token-made", {"token": name, "scopes": ", ".join(sorted(scopes))}, user=user)
    return text


def _check(name: str, scopes: Collection[str], days: int | None) -> None:
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise Unfit(
            "name",
            Text(
                "名称要有 1 至 60 个看得见的字符。",
                "A name holds 1 to 60 visible characters.",
            ),
        )
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Unfit("scope", Text("请选择权限范围。", "Choose what it may do."))
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Unfit(
            "days",
            Text(
                f"有效期为 1 至 {LONGEST_DAYS} 天。", f"It is valid for 1 to {LONGEST_DAYS} days."
            ),
        )


def find(text: str, at: datetime) -> User | None:
    """Whose token this is, with it as their `token`; None where it is none, has ended or expired,
    or is of somebody who has left."""
    if not text.startswith(PREFIX) or not text.isascii():
        return None
    rows = AccessToken.objects.select_related("user")
    token = rows.filter(_in_use(at), digest=_digest(text), user__is_active=True).first()
    if token is None:
        return None
    _note_use(token, at)
    token.user.token = token
    return token.user


def _note_use(token: AccessToken, at: datetime) -> None:
    if token.used_at is not None and at - token.used_at < _USE_NOTED:
        return
    AccessToken.objects.filter(pk=token.pk, used_at=token.used_at).update(used_at=at)


@transaction.atomic
def end(token: AccessToken, act: Act | None = None) -> None:
    """Revoke a token, at once and for good. One that has ended stays so; without anybody who does
    it (`act` None) it counts as never valid."""
    at = act.at if act is not None else token.made_at
    if AccessToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        note(act, "token-ended", {"token": token.name}, user=token.user)


def end_all(user: User, act: Act | None = None) -> None:
    """Revoke every token of somebody, inside a transaction."""
    for token in user.tokens.filter(ended_at=None).order_by("pk"):
        end(token, act)


def _in_use(at: datetime) -> Q:
    return Q(ended_at=None) & (Q(expires_at=None) | Q(expires_at__gt=at))


def of_user(user: User) -> list[AccessToken]:
    """Every token of somebody, the newest first."""
    return list(user.tokens.select_related("user").order_by("-pk"))


def in_use(at: datetime, *, before: int | None, most: int) -> list[AccessToken]:
    """The tokens of everybody that may be used, the newest first.

    Args:
        before: the row of the last one that was shown; None: from the beginning.
    """
    rows = AccessToken.objects.filter(_in_use(at), user__is_active=True).select_related("user")
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:most])


def find_numbered(user: User, number: int) -> AccessToken | None:
    """A token of somebody by its row."""
    return user.tokens.select_related("user").filter(pk=number).first()


def is_in_use(token: AccessToken, at: datetime) -> bool:
    """Whether it has neither ended nor expired."""
    return token.ended_at is None and (token.expires_at is None or token.expires_at > at)


def names(numbers: Iterable[int]) -> dict[int, str]:
    """What tokens are called, by their rows."""
    found = AccessToken.objects.filter(pk__in=set(numbers))
    return dict(found.values_list("pk", "name"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
