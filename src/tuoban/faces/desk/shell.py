"""The frame of the desk for one request: who is here, where, and what waits for them."""

from django.utils.translation import gettext as _

from tuoban.faces.desk.contexts import Door, Shell
from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.runtime.cases.policy import works_by_any
from tuoban.runtime.cases.queries import WorkCounts, places_for, unread_count
from tuoban.runtime.cases.queries.charge import heads_any
from tuoban.runtime.cases.queries.indicators import sees_indicators
from tuoban.runtime.jobs.queries import dead_count
from tuoban.runtime.people.queries import home_of


def shell_for(request: StaffRequest, here: str, counts: WorkCounts | None = None) -> Shell:
    """The shell of a page; `here` is the URL name of its door."""
    user = request.user
    late = counts.late + counts.escalated if counts else 0
    mine = counts.all + counts.escalated if counts else 0
    places = places_for(user)
    chart = Door("desk:indicators", _("Indicators"), "chart", is_in_menu=True)
    figures = (chart,) if sees_indicators(user) else ()
    files = (Door("desk:files", _("Customers"), "customer"),) if places.sees_files else ()
    sees_people = user.is_staff or heads_any(user)
    people = (Door("desk:people", _("People"), "people", is_in_menu=True),) if sees_people else ()
    mine_too = Door("desk:me", _("About me, absences"), "people", is_in_menu=True)
    new = (Door("desk:new", _("New case"), "new", is_phone_only=True),) if places.can_start else ()
    return Shell(
        here=here,
        user_id=user.pk,
        name=str(user),
        unit=home_of(user),
        doors=(
            Door("desk:work", _("My work"), "work", mine, late > 0),
            Door("desk:cases", _("Cases"), "cases"),
            *files,
            *new,
            Door("desk:notices", _("Notices"), "bell", unread_count(user)),
            *figures,
            *_organisation(is_staff=user.is_staff, reads_processes=works_by_any(user)),
            *people,
            mine_too,
            *((_machine(),) if user.is_staff else ()),
        ),
        can_start=places.can_start,
        sees_files=places.sees_files,
        sees_people=sees_people,
    )


def _organisation(*, is_staff: bool, reads_processes: bool) -> tuple[Door, ...]:
    """What administrators set up, of which others read the processes that they work by."""
    processes = Door("desk:versions", _("Processes"), "process", is_in_menu=True)
    if not is_staff:
        return (processes,) if reads_processes else ()
    return (
        Door("desk:calendars", _("Calendars"), "calendar", is_in_menu=True),
        processes,
        Door("desk:messages", _("Messages"), "mail", is_in_menu=True),
    )


def _machine() -> Door:
    """What the machine does by itself; how much of it waits for somebody to decide."""
    dead = dead_count()
    label = _("Background work")
    return Door("desk:background", label, "machine", dead, dead > 0, is_in_menu=True)
