"""The frame of the desk for one request: who is here, where, and what waits for them."""

from django.utils.translation import gettext as _

from tuoban.faces.desk.contexts import Door, Shell
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries import WorkCounts, may_start, unread_count
from tuoban.runtime.people.models import Unit, User


def shell_for(request: StaffRequest, here: str, counts: WorkCounts | None = None) -> Shell:
    """The shell of a page; `here` is the URL name of its door."""
    user = request.user
    late = counts.late + counts.escalated if counts else 0
    mine = counts.all + counts.escalated if counts else 0
    can_start = may_start(user)
    hours = (Door("desk:calendars", _("Calendars"), "calendar"),) if user.is_staff else ()
    mail = (Door("desk:messages", _("Messages"), "mail"),) if user.is_staff else ()
    new = (Door("desk:new", _("New case"), "new", is_phone_only=True),) if can_start else ()
    return Shell(
        here=here,
        user_id=user.pk,
        name=str(user),
        unit=_home(user),
        doors=(
            Door("desk:work", _("My work"), "work", mine, late > 0),
            Door("desk:cases", _("Cases"), "cases"),
            Door("desk:files", _("Customers"), "customer"),
            *new,
            Door("desk:notices", _("Notices"), "bell", unread_count(user)),
            *hours,
            *mail,
        ),
        can_start=can_start,
    )


def _home(user: User) -> Text | None:
    """The unit to name beside the person: the highest in which they hold a role."""
    unit = Unit.objects.filter(holdings__user=user).order_by("path").first()
    return unit.name if unit is not None else None
