"""What is told when hours are not saved: what is wrong, or who was faster."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuoban.faces.desk.contexts import RefusalShown
from tuoban.runtime.calendars.findings import Placed, SavedMeanwhile
from tuoban.runtime.people.queries import names_of


def refused(placed: tuple[Placed, ...]) -> RefusalShown:
    return told_wrong(len(placed))


def told_wrong(count: int) -> RefusalShown:
    """That nothing is saved for as many entries."""
    told = ngettext(
        "Nothing is saved: %(count)d entry needs a change. What to do stands beside it.",
        "Nothing is saved: %(count)d entries need a change. What to do stands beside each.",
        count,
    )
    return RefusalShown(told % {"count": count})


def overtaken(meanwhile: SavedMeanwhile) -> RefusalShown:
    who = names_of({meanwhile.by}).get(meanwhile.by, "") or _("Somebody")
    told = _(
        "%(who)s saved version %(number)d while you were editing. Nothing of yours is saved yet; "
        "all you typed is still here. Compare the two before you save yours in its place."
    )
    return RefusalShown(told % {"who": who, "number": meanwhile.number})
