"""Times in words: how much is left, when something was, how long a span is.

Instants come in as aware datetimes and are told in the current time zone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuoban.faces.reader import page_language
from tuoban.kernel.clocks import moment_text

Tone = Literal["late", "soon", "calm", "none"]

COUNTED_DOWN = timedelta(hours=4)
"""Less than this is counted down ("01:35 left"); more is told as a moment ("today 17:00")."""
SOON_SHARE = 0.25
SOON_AT_MOST = timedelta(hours=2)
SOON_UNKNOWN = timedelta(minutes=15)


@dataclass(frozen=True)
class Clock:
    """Time left: `words`, the `tone` they are shown in, and the percentage of the limit `used`."""

    words: str
    tone: Tone
    used: int | None


def clock(due_at: datetime | None, now: datetime, clock_from: datetime | None = None) -> Clock:
    """Tell the time left until `due_at`; `clock_from` is the instant its limit counts from."""
    if due_at is None:
        return Clock(_("no limit"), "none", None)
    left = due_at - now
    if left < timedelta(0):
        return Clock(_("%(span)s late") % {"span": span(-left)}, "late", 100)
    whole = due_at - clock_from if clock_from else None
    soon = min(whole * SOON_SHARE, SOON_AT_MOST) if whole else SOON_UNKNOWN
    tone: Tone = "soon" if left <= soon else "calm"
    used = round(100 * (1 - left / whole)) if whole else None
    if left > COUNTED_DOWN:
        return Clock(moment(due_at, now), tone, None)
    return Clock(_("%(span)s left") % {"span": span(left)}, tone, used)


def span(length: timedelta) -> str:
    """A length of time: hours and minutes ("01:35"), from two days on in days."""
    minutes = int(length.total_seconds()) // 60
    days = minutes // (24 * 60)
    if days >= 2:
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minute(at: datetime) -> datetime:
    """The instant without its seconds, as `moment` tells it: what is shown then adds up."""
    return at.replace(second=0, microsecond=0)


def moment(at: datetime, now: datetime) -> str:
    """An instant seen from `now`: "today 17:00", "11-25 10:00", in another year with the year."""
    local = timezone.localtime(at)
    today = timezone.localtime(now).date()
    clock_time = f"{local:%H:%M}"
    days = (local.date() - today).days
    if days in _NEAR_DAYS:
        return _NEAR_DAYS[days]() % {"time": clock_time}
    date = f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"
    return f"{date} {clock_time}"


def dated(at: datetime) -> str:
    """An instant of a day that is not ours, as in a rehearsal: "03-02 09:20"."""
    return f"{timezone.localtime(at):%m-%d %H:%M}"


def on_paper(at: datetime) -> str:
    """An instant as it is printed, to be read on any day: "2026-11-25 10:00"."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def on_the_wall(at: datetime, now: datetime) -> str:
    """An instant beside the working of a limit, dated as that is: "Fri 28 Nov 10:00"."""
    zone = timezone.get_current_timezone()
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        return moment(at, now)
    return moment_text(at, zone, now, dated=True).read(page_language())


_NEAR_DAYS = {
    -1: lambda: _("yesterday %(time)s"),
    0: lambda: _("today %(time)s"),
    1: lambda: _("tomorrow %(time)s"),
}
