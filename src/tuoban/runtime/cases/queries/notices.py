"""The notices of a user, newest first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from tuoban.kernel.codec import decode
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases import definitions, titles
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.messages import in_full, message_of
from tuoban.runtime.cases.models import Notice, PersonalValue, WorkItem
from tuoban.runtime.cases.notices import REMINDERS, TEXTS
from tuoban.runtime.cases.personal import read_values
from tuoban.runtime.cases.queries.rows import NoticeRow
from tuoban.runtime.people.models import User

SHOWN_AT_MOST = 50
_GOES_ON = Q(item__status=WorkItem.OPEN) | Q(item=None, case__status="running")
UNREAD = Q(read_at=None) & (~Q(code__in=REMINDERS) | _GOES_ON)
"""A reminder of work, or of a case, that is over asks for nothing: it counts as read."""


def notices(user: User, *, unread_only: bool = False) -> tuple[NoticeRow, ...]:
    """The user's newest notices."""
    rows = Notice.objects.filter(user=user).select_related("case__definition", "case__unit", "item")
    if unread_only:
        rows = rows.filter(UNREAD)
    rows = rows.defer(
        "case__state",
        "case__definition__text",
        "case__definition__translations",
        "case__definition__bases",
    ).order_by("-id")
    found = list(rows[:SHOWN_AT_MOST])
    named = titles.open_titles({row.case_id: row.case.title for row in found})
    told = {row.pk: _values(row) for row in found}
    opened = _opened(found, told)
    return tuple(
        _row(row, named[row.case_id], told[row.pk], opened.get(row.case_id, {})) for row in found
    )


def unread_count(user: User) -> int:
    return Notice.objects.filter(UNREAD, user=user).count()


def _values(row: Notice) -> dict[str, Any]:
    """The values that stand in the text of a notice."""
    values: dict[str, Any] = decode(json.loads(row.facts).get("values", {}))
    return values


def _opened(
    rows: list[Notice], told: Mapping[int, Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    """The personal values that stand in texts, by case and reference; one query for all of them.

    A reference opens values of its own case only. Whoever was told may see them.
    """
    refs = {
        value.ref
        for values in told.values()
        for value in values.values()
        if isinstance(value, Sealed)
    }
    if not refs:
        return {}
    cases = {row.case_id for row in rows}
    kept = PersonalValue.objects.filter(ref__in=refs, case__in=cases, erased_at=None)
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for case_id, ref, text in kept.values_list("case_id", "ref", "value"):
        found[case_id].append((ref, text))
    return {case_id: read_values(texts) for case_id, texts in found.items()}


def _row(
    row: Notice, title: str, values: Mapping[str, Any], opened: Mapping[str, Any]
) -> NoticeRow:
    return NoticeRow(
        notice_id=row.pk,
        case_id=row.case_id,
        item_id=row.item_id,
        number=row.case.number,
        title=title,
        sentence=_sentence(definitions.compiled(row.case.definition), row, values, opened),
        code=row.code,
        at=row.at,
        read=row.read_at is not None or _is_over(row),
    )


def _is_over(row: Notice) -> bool:
    if row.item is None:
        return row.code in REMINDERS and row.case.status != "running"
    return row.code in REMINDERS and row.item.status != WorkItem.OPEN


def _sentence(
    definition: Definition, row: Notice, values: Mapping[str, Any], opened: Mapping[str, Any]
) -> Text:
    facts = json.loads(row.facts)
    if "values" in facts and (message := message_of(definition, facts["node"])) is not None:
        return in_full(definition, message, values, row.case.unit.zone, opened)
    node = row.item.node if row.item is not None else facts.get("node", "")
    of = row.item.element if row.item is not None else facts.get("of", "")
    # A case that was migrated may not have that step any more.
    known = not node or node in definition.nodes
    label = definition.label_of(node) if known else definitions.former_label(definition.slug, node)
    step = named(label, of)
    words = TEXTS[row.code]
    reason = facts.get("reason", "")
    zh, en = words.zh.format(step=step.zh), words.en.format(step=step.en)
    return Text(f"{zh}：{reason}", f"{en}: {reason}") if reason else Text(zh, en)
