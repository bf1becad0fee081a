"""My work: what is mine by time left, and what lies in my pools."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import Group, PoolDoor, Tab, WorkContext
from tuoban.faces.desk.rendering import is_htmx, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries import WorkCounts, WorkPage, WorkRow, WorkTab, my_work
from tuoban.runtime.cases.queries.nobody import administrators, nobody_to_do

TABS: tuple[WorkTab, ...] = ("all", "late", "today", "later", "pool")


@require_GET
@signed_in
def my_work_page(request: StaffRequest) -> HttpResponse:
    """The list; to htmx only the list, with the counts around it."""
    at = now()
    asked = request.GET.get("tab", "all")
    tab: WorkTab = next((each for each in TABS if each == asked), "all")
    pool, q = request.GET.get("pool", ""), plain(request.GET.get("q", ""))
    work = my_work(request.user, at, tab=tab, pool=pool, q=q, page=request.GET.get("page", ""))
    stranded = nobody_to_do(request.user) if tab == "all" and not q else ()
    context = WorkContext(
        shell=shell_for(request, "desk:work", work.counts),
        now=at,
        here=request.get_full_path(),
        summary=_summary(request.user.display_name, work.counts, at),
        tabs=_tabs(work.counts, q),
        tab=tab,
        pools=_pools(work, pool),
        pool=pool,
        q=q,
        groups=_groups(work, tab, at),
        pooled=work.counts.pool,
        pool_late=work.counts.pool_late,
        next=_address(tab=tab, pool=pool, q=q, page=work.next) if work.next else "",
        stranded=stranded,
        administrators=administrators() if stranded and not request.user.is_staff else (),
    )
    return page(request, "_work_answer" if is_htmx(request, "work") else "work", context)


@require_POST
@signed_in
def take_next(request: StaffRequest) -> HttpResponse:
    """Take what is next in line, and go to it."""
    pool = plain(request.POST.get("pool", ""))
    try:
        taken = service.take_next(by=request.user, at=now(), key=key_of(request), pool=pool)
    except Refused as refused:
        messages.error(request, refused.read(page_language()))
        return redirect(_address(tab="pool", pool=pool))
    messages.success(request, _("This one is yours to do now."))
    return redirect("desk:case", taken.number)


def _address(**query: str) -> str:
    given = {name: value for name, value in query.items() if value}
    return reverse("desk:work") + (f"?{urlencode(given)}" if given else "")


def _tabs(counts: WorkCounts, q: str) -> tuple[Tab, ...]:
    return (
        Tab("all", _("All"), _address(q=q), counts.all + counts.escalated),
        Tab("late", _("Late"), _address(tab="late", q=q), counts.late),
        Tab("today", _("Today"), _address(tab="today", q=q), counts.today),
        Tab("later", _("Later"), _address(tab="later", q=q), counts.later),
        Tab("pool", _("Pools"), _address(tab="pool", q=q), counts.pool),
    )


def _pools(work: WorkPage, chosen: str) -> tuple[PoolDoor, ...]:
    return tuple(
        PoolDoor(
            href=_address(tab="pool", pool=each.key),
            is_current=each.key == chosen,
            role=each.role,
            unit=each.unit,
            count=each.count,
        )
        for each in work.pools
    )


def _groups(work: WorkPage, tab: WorkTab, at: datetime) -> tuple[Group, ...]:
    """What was escalated to the reader, then own work by when it is due; a pool stays one queue in
    the order of triage."""
    rows = work.rows
    if tab == "pool":
        return (Group("pool", _("Next in line"), rows),) if rows else ()
    labels = {"late": _("Late"), "today": _("Today"), "later": _("Later")}
    keyed = {key: tuple(row for row in rows if _when(row, at) == key) for key in labels}
    own = tuple(Group(key, labels[key], found) for key, found in keyed.items() if found)
    if not work.escalated:
        return own
    return (Group("escalated", _("Escalated to me"), work.escalated), *own)


def _when(row: WorkRow, at: datetime) -> str:
    if row.due_at is None:
        return "later"
    if row.due_at < at:
        return "late"
    tomorrow = timezone.localtime(at).date() + timedelta(days=1)
    return "today" if timezone.localtime(row.due_at).date() < tomorrow else "later"


def _summary(name: str, counts: WorkCounts, at: datetime) -> str:
    parts = [_greeting(timezone.localtime(at).hour) % {"name": name}]
    if counts.late:
        late = ngettext("%(count)d piece of work is late.", "%(count)d are late.", counts.late)
        parts.append(late % {"count": counts.late})
    if counts.today:
        today = ngettext(
            "%(count)d more is due today.", "%(count)d more are due today.", counts.today
        )
        parts.append(today % {"count": counts.today})
    if counts.escalated:
        escalated = ngettext(
            "%(count)d was escalated to you.", "%(count)d were escalated to you.", counts.escalated
        )
        parts.append(escalated % {"count": counts.escalated})
    if counts.pool_late:
        pooled = ngettext(
            "%(count)d in your pools is late.",
            "%(count)d in your pools are late.",
            counts.pool_late,
        )
        parts.append(pooled % {"count": counts.pool_late})
    if not (counts.late or counts.today or counts.escalated or counts.pool_late):
        parts.append(_("Nothing is due today."))
    return (" " if get_language() == "en" else "").join(parts)


def _greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning, %(name)s.")
    return _("Good afternoon, %(name)s.") if hour < 18 else _("Good evening, %(name)s.")
