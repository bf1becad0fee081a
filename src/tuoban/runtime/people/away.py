"""Absences 请假: when somebody is away, and who does their work meanwhile (代理人).

They stand among the hours of a person's own, so that clocks and deputies never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from tuoban.kernel.text import Text
from tuoban.runtime.people import exclusions
from tuoban.runtime.people.models import Ripple, Unit, User
from tuoban.runtime.people.personal import AbsenceText, PersonalText
from tuoban.runtime.people.recording import Act, note, spread

_UNKNOWN = Text("没有这位在职的代理人。", "There is no such person who is active.")
_SAME = Text("代理人须是别人。", "A deputy is somebody else.")


class UnfitDeputy(ValueError):
    """Whoever is named cannot stand in. `field` is what to change of the absence."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.field = field
        self.text = text


def follow(user: User, before: PersonalText, after: PersonalText, act: Act) -> None:
    """Record what has changed of somebody's absences, and let open work follow it: that of deputies
    now, and their own when one begins or ends. Theirs now follows as with any hours of their own.

    Raises:
        UnfitDeputy: one that is new names somebody who cannot stand in; nothing is kept.
    """
    gone = [each for each in before.absences if each not in after.absences]
    new = [each for each in after.absences if each not in before.absences]
    if not (gone or new):
        return
    for each in new:
        _check(user, each)
    for what, changed in (("absence-dropped", gone), ("absence-added", new)):
        for each in changed:
            note(act, what, _facts(each), user=user)
    Ripple.objects.filter(user=user, due_at__gt=act.at, role="", unit=None).delete()
    for person in _deputies((*gone, *new)):
        spread(user=person)
    spread(user=user, moments=[each for each in _edges(after) if each > act.at])


def _facts(absence: AbsenceText) -> dict[str, str]:
    facts = {"start": absence.start, "end": absence.end}
    if absence.deputy:
        facts |= {"deputy": absence.deputy, "roles": " ".join(absence.roles)}
        facts |= {"empowered": "yes"} if absence.empowered else {}
    return facts


def _deputies(absences: Iterable[AbsenceText]) -> Iterator[User]:
    named = {int(each.deputy) for each in absences if each.deputy.isdecimal()}
    yield from User.objects.filter(pk__in=named)


def _edges(text: PersonalText) -> Iterator[datetime]:
    """When absences begin and end, in each time zone in which anybody works: an absence is meant on
    the wall of whichever unit the work is of."""
    zones = Unit.objects.order_by().values_list("time_zone", flat=True).distinct()
    for zone in sorted(set(zones)):
        for each in text.absences:
            for wall in (each.start, each.end):
                yield datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))


def _check(user: User, absence: AbsenceText) -> None:
    if not absence.deputy:
        return
    number = int(absence.deputy) if absence.deputy.isdecimal() else 0
    deputy = User.objects.filter(pk=number, is_active=True).first()
    if deputy is None or deputy.person_id != absence.deputy:  # `07` and `７` are no ids
        raise UnfitDeputy("deputy", _UNKNOWN)
    if deputy == user:
        raise UnfitDeputy("deputy", _SAME)
    if absence.empowered:
        _check_may_be_lent(user, deputy, absence)


def _check_may_be_lent(user: User, deputy: User, absence: AbsenceText) -> None:
    """Roles that exclude one another are not lent either."""
    pairs = exclusions.exclusions()
    given = set(user.holdings.values_list("role", flat=True))
    own = set(deputy.holdings.values_list("role", flat=True))
    for role in sorted((given & set(absence.roles) if absence.roles else given) - own):
        held = exclusions.held_against(deputy, role, pairs)
        if held is not None:
            zh = f"{deputy} 有角色 {held}，不能代办 {role} 的工作"
            en = f"{deputy} holds the role {held}, which excludes doing the work of {role}"
            raise UnfitDeputy("empowered", Text(zh, en))
