"""What stands of people beside the values of cases, and is cleared when those are erased.

That is what was typed and not sent, what messages carry, what people were told and written, why
something could not be done, and why somebody gave it up.

Nothing follows from any of it, and the journal says none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import reduce
from operator import or_

from django.db.models import Model, Q

from tuoban.kernel.text import Text
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import (
    CalledCase,
    Draft,
    Listener,
    Message,
    MessageDelivery,
    Notice,
    Outgoing,
    OutgoingAttempt,
    RecurringStart,
    Timer,
    Written,
)
from tuoban.runtime.cases.outbox.writing import erase
from tuoban.runtime.files import service as files
from tuoban.runtime.files.models import StoredFile
from tuoban.runtime.jobs.models import Decision, Job
from tuoban.runtime.jobs.retry import keeps

SHORTEST = 2
"""Characters: a shorter text stands by chance in too much."""

_REASONS: tuple[tuple[type[Model], str, str], ...] = (
    (CalledCase, "error", "parent"),
    (Job, "error", "case"),
    (Listener, "error", "case"),
    (Message, "error", "sender"),
    (MessageDelivery, "error", "case"),
    (Outgoing, "error", "case"),
    (OutgoingAttempt, "words", "outgoing__case"),
    (RecurringStart, "error", "case"),
    (Timer, "error", "case"),
)
"""Where it is kept why something could not be done, and of which case; refusals repeat what was
typed."""

_ERASED_REASON = Text(
    "（原因中有个人信息，已删除）", "(the reason held personal values and was erased)"
)


_of_services: list[Callable[[Collection[str]], None]] = []


def use(forget_more: Callable[[Collection[str]], None]) -> None:
    """Let a service clear what it keeps of somebody whenever `forget_everywhere` does; an app says
    so when it is ready."""
    _of_services.append(forget_more)


def repeated(column: str, texts: Collection[str]) -> Q:
    """That one of these texts stands in a column of canonical JSON; a short one only as a whole.
    The condition holds of nothing where there are no texts."""
    found = Q(pk__in=[])
    for text in texts:
        written = canonical.dump(text)
        whole = written if len(text) < SHORTEST else written[1:-1]
        found |= Q(**{f"{column}__contains": whole})
    return found


def forget(case_ids: Collection[int], texts: Collection[str]) -> None:
    """Clear what these cases keep beside their values in which the texts may be repeated.

    All their drafts go, and so does what messages that they sent or took carry of anybody, and what
    was written in letters that have to do with them.
    """
    ids = list(case_ids)
    Draft.objects.filter(item__case__in=ids).delete()
    _empty(Q(sender__in=ids) | Q(deliveries__case__in=ids))
    of_cases = Outgoing.objects.filter(case__in=ids, written__isnull=False)
    erase(Written.objects.filter(pk__in=list(of_cases.values_list("written", flat=True))))
    told = Notice.objects.filter(repeated("facts", texts), case__in=ids)
    told.update(facts="{}")
    Decision.objects.filter(repeated("reason", texts), job__case__in=ids).update(reason="")
    for model, column, case in _REASONS:
        _blank(model, column, repeated(column, texts) & Q(**{f"{case}__in": ids}))


def forget_everywhere(case_ids: Collection[int], texts: Collection[str]) -> None:
    """Do as `forget`, and clear what repeats the texts wherever else it stands: in drafts,
    messages, files that were uploaded for no case yet, and reasons why something failed.

    Args:
        texts: by which somebody is known; what was typed into any field would be too little.
    """
    forget(case_ids, texts)
    Draft.objects.filter(repeated("data", texts)).delete()
    _empty(repeated("personal", texts))
    columns = ("text", "subject", "sealed", "address")
    erase(Written.objects.filter(_any(repeated(each, texts) for each in columns)))
    Notice.objects.filter(repeated("facts", texts), case=None).update(facts="{}")
    Decision.objects.filter(repeated("reason", texts)).update(reason="")
    for model, column, _ in _REASONS:
        _blank(model, column, repeated(column, texts))
    for forget_more in _of_services:
        forget_more(texts)
    uploads = StoredFile.objects.filter(repeated("name", texts), uses=None)
    files.erase(list(uploads.values_list("ref", flat=True)))


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _empty(wanted: Q) -> None:
    """Take what is personal out of messages."""
    ids = Message.objects.filter(wanted).exclude(personal="{}").values_list("pk", flat=True)
    Message.objects.filter(pk__in=list(ids)).update(personal="{}")


def _blank(model: type[Model], column: str, wanted: Q) -> None:
    """Say of reasons only that they were erased."""
    rows = model._default_manager.filter(wanted).values_list("pk", flat=True)
    found = model._default_manager.filter(pk__in=list(rows))
    found.update(**{column: keeps(_ERASED_REASON)})
