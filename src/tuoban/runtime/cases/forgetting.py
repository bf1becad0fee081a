"""What stands of people beside the values of cases, and is cleared when those are erased.

That is what was typed and not sent, what messages carry, what people were told, and why something
could not be done.

Nothing follows from any of it, and the journal says none of it.
"""

from __future__ import annotations

from collections.abc import Collection

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
)
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.retry import keeps

SHORTEST = 2
"""Characters: a shorter text stands by chance in too much."""

_REASONS: tuple[tuple[type[Model], str], ...] = (
    (CalledCase, "error"),
    (Job, "error"),
    (Listener, "error"),
    (Message, "error"),
    (MessageDelivery, "error"),
    (Outgoing, "error"),
    (OutgoingAttempt, "words"),
    (RecurringStart, "error"),
    (Timer, "error"),
)
"""Where it is kept why something could not be done; refusals repeat what was typed."""

_ERASED_REASON = Text(
    "（原因中有个人信息，已删除）", "(the reason held personal values and was erased)"
)


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
    """Clear what is kept beside their values in which the texts may be repeated.

    Of these cases all drafts go, and so does what messages that they sent or took carry of anybody;
    of other cases, what repeats one of the texts.
    """
    ids = list(case_ids)
    Draft.objects.filter(Q(item__case__in=ids) | repeated("data", texts)).delete()
    carried = Q(sender__in=ids) | Q(deliveries__case__in=ids) | repeated("personal", texts)
    messages = Message.objects.filter(carried).exclude(personal="{}").values_list("pk", flat=True)
    Message.objects.filter(pk__in=list(messages)).update(personal="{}")
    told = Notice.objects.filter(Q(case__in=ids) | Q(case=None))
    told.filter(repeated("facts", texts)).update(facts="{}")
    for model, column in _REASONS:
        rows = model._default_manager.filter(repeated(column, texts))
        rows.update(**{column: keeps(_ERASED_REASON)})
