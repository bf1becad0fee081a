"""What is kept of somebody: name, password, language, number and address, and what they are able
to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tuoban.kernel.language.names import HAN
from tuoban.kernel.refusals import TEXTS
from tuoban.kernel.text import Text
from tuoban.kernel.values import BadValue, phone_number
from tuoban.runtime.people import locks, marks
from tuoban.runtime.people.models import Skill, User
from tuoban.runtime.people.recording import Act, note, spread
from tuoban.runtime.people.unfit import Unfit

LONGEST_NAME = 100
_SKILL = re.compile(rf"[a-z_{HAN}][a-z0-9_{HAN}]{{0,59}}")
_BETWEEN = re.compile(r"[\s_-]+")


def check_name(name: str) -> None:
    """Whether somebody may be called so.

    Raises:
        Unfit: it is empty, too long or holds invisible characters.
    """
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise Unfit(
            "name",
            Text(
                f"姓名要有 1 至 {LONGEST_NAME} 个看得见的字符。",
                f"A name holds 1 to {LONGEST_NAME} visible characters.",
            ),
        )


@transaction.atomic
def rename_user(user: User, name: str, *, act: Act | None = None) -> None:
    """Call somebody otherwise, wherever they are named; the user name stays.

    Raises:
        Unfit: as `check_name`.
    """
    name = name.strip()
    check_name(name)
    former = locks.person(user).display_name
    if former == name:
        return
    user.display_name = name
    user.save(update_fields=["display_name"])
    note(act, "renamed", {"from": former, "to": name}, user=user)
    marks.renew()


@transaction.atomic
def set_password(user: User, password: str, *, act: Act | None = None) -> None:
    """Give somebody another password; whoever is logged in as them is so no longer."""
    user.set_password(password)
    user.save(update_fields=["password"])
    is_own = act is not None and act.by == user.person_id
    note(act, "password-changed" if is_own else "password-set", user=user)


def set_language(user: User, language: str) -> None:
    """Speak a language to somebody from now on, wherever they log in."""
    user.language = language
    user.save(update_fields=["language"])


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address, as far as can be told without writing to it."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def set_reach(
    user: User, *, phone: str | None = None, mail: str | None = None, act: Act | None = None
) -> None:
    """Say by which telephone number and which mailbox somebody is reached; None leaves it as it
    is, an empty text takes it away. A number is checked like any that a form takes; what is not
    changed is not judged anew.

    Raises:
        Unfit: it is no number or address.
    """
    known = locks.person(user)
    changed: dict[str, str] = {}
    if phone is not None and phone != known.phone:
        changed["phone"] = _number(phone)
    if mail is not None and mail != known.email:
        if mail and not is_address(mail):
            raise Unfit("mail", Text(f"{mail!r} 不是邮箱地址", f"{mail!r} is no e-mail address"))
        changed["email"] = mail
    user.phone, user.email = known.phone, known.email
    for name, value in changed.items():
        setattr(user, name, value)
    if changed:
        user.save(update_fields=list(changed))
        note(act, "reach-set", user=user)


def _number(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return phone_number(typed)
    except BadValue as error:
        raise Unfit("phone", TEXTS[error.code]) from None


def same_skill(name: str) -> str:
    """What two ways of writing one skill have in common: neither width, case, spaces, hyphens nor
    underscores tell them apart."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", name)).casefold()


def as_known(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Skills as they are called already, where they differ from a known one by their writing alone;
    new ones in small letters of usual width. Each once."""
    by_writing = {same_skill(each): each for each in known}
    found: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKC", name).strip().casefold()
        found.append(by_writing.setdefault(same_skill(name), plain))
    return tuple(dict.fromkeys(found))


@transaction.atomic
def set_skills(user: User, names: Iterable[str], *, act: Act | None = None) -> None:
    """Let what somebody is able to do be this, and nothing else.

    Raises:
        Unfit: a name cannot be used.
    """
    wanted = tuple(names)
    locks.person(user)
    if set(wanted) == set(Skill.objects.filter(user=user).values_list("name", flat=True)):
        return
    Skill.objects.filter(user=user).delete()
    keep_skills(user, wanted)
    note(act, "skills-set", {"skills": " ".join(sorted(set(wanted)))}, user=user)
    spread(user=user, roles=user.holdings.values_list("role", flat=True))
    marks.renew()


def keep_skills(user: User, names: Iterable[str]) -> None:
    """Add skills to somebody.

    Raises:
        Unfit: a name cannot be used.
    """
    wanted = sorted(set(names))
    for name in wanted:
        if _SKILL.fullmatch(name) is None:
            raise Unfit("skills", _unfit_skill(name))
    Skill.objects.bulk_create(Skill(user=user, name=name) for name in wanted)


def _unfit_skill(name: str) -> Text:
    if any(each.isspace() for each in name):
        one = "_".join(name.split())
        return Text(
            f"技能“{name}”里有空格：一项技能请写成 {one}，几项之间用逗号分开",
            f"the skill “{name}” holds a space: write {one} for one skill, and commas between "
            "several",
        )
    return Text(
        f"技能 {name!r}：用小写字母、数字、下划线或汉字，至多 60 个",
        f"skill {name!r}: use small letters, digits, underscores or Chinese, at most 60",
    )
