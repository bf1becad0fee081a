"""The notices of a user, newest first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from tuoban.kernel.codec import decode
from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import definitions, paging, titles
from tuoban.runtime.cases.elements import named
from tuoban.runtime.cases.indicators.notices import of_indicator
from tuoban.runtime.cases.messages import in_full, message_of
from tuoban.runtime.cases.models import Case, Notice, PersonalValue, WorkItem
from tuoban.runtime.cases.notice_texts import REMINDERS, TEXTS, WITHDRAWN_PARTS
from tuoban.runtime.cases.notices import NOT_BEGUN
from tuoban.runtime.cases.personal import read_values
from tuoban.runtime.cases.queries.rows import NoticeRow
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User

SHOWN_AT_MOST = 50
ORDER = ("-id",)
_GOES_ON = Q(item__status=WorkItem.OPEN) | Q(item=None, case__status="running")
UNREAD = Q(read_at=None) & (~Q(code__in=REMINDERS) | _GOES_ON)
"""A reminder of work, or of a case, that is over asks for nothing: it counts as read."""


def notices(user: User, *, unread_only: bool = False) -> tuple[NoticeRow, ...]:
    """The user's newest notices."""
    return notice_page(user, unread_only=unread_only, most=SHOWN_AT_MOST)[0]


def notice_page(
    user: User, *, unread_only: bool = False, page: str = "", most: int
) -> tuple[tuple[NoticeRow, ...], str]:
    """A page of the user's notices, and the cursor of the next one ("": none)."""
    rows = Notice.objects.filter(user=user).select_related("case__definition", "case__unit", "item")
    if unread_only:
        rows = rows.filter(UNREAD)
    rows = rows.defer(
        "case__state",
        "case__definition__text",
        "case__definition__translations",
        "case__definition__bases",
    ).order_by(*ORDER)
    rows = rows.filter(paging.behind(ORDER, page))
    found, following = paging.cut(list(rows[: most + 1]), ORDER, most)
    cases = {row.case_id: row.case for row in found if row.case is not None}
    named = titles.open_titles({pk: case.title for pk, case in cases.items() if pk is not None})
    told = {row.pk: _values(row) for row in found}
    opened = _opened(found, told)
    shown = tuple(
        _of_no_case(row)
        if row.case is None or row.case_id is None
        else _row(row, row.case, named[row.case_id], told[row.pk], opened.get(row.case_id, {}))
        for row in found
    )
    return shown, following


def is_told(user: User, notice_id: int) -> bool:
    """Whether a notice is one of the user's."""
    return Notice.objects.filter(user=user, pk=notice_id).exists()


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
    cases = {row.case_id for row in rows if row.case_id is not None}
    kept = PersonalValue.objects.filter(ref__in=refs, case__in=cases, erased_at=None)
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for case_id, ref, text in kept.values_list("case_id", "ref", "value"):
        found[case_id].append((ref, text))
    return {case_id: read_values(texts) for case_id, texts in found.items()}


def _of_no_case(row: Notice) -> NoticeRow:
    if row.code != NOT_BEGUN:
        return of_indicator(row)
    facts = json.loads(row.facts)
    definition = definitions.load(facts["pack"], facts["version"])
    label, text, (zh, en) = definition.starts[facts["start"]].label, TEXTS[row.code], facts["why"]
    sentence = Text(
        f"{text.zh.format(step=label.zh)}：{zh}", f"{text.en.format(step=label.en)}: {en}"
    )
    return NoticeRow(
        notice_id=row.pk,
        case_id=0,
        item_id=None,
        number="",
        title=definition.title.zh if definition.language == "zh" else definition.title.en,
        sentence=sentence,
        code=row.code,
        at=row.at,
        read=row.read_at is not None,
    )


def _row(
    row: Notice, case: Case, title: str, values: Mapping[str, Any], opened: Mapping[str, Any]
) -> NoticeRow:
    return NoticeRow(
        notice_id=row.pk,
        case_id=case.pk,
        item_id=row.item_id,
        number=case.number,
        title=title,
        sentence=_sentence(case, row, values, opened),
        code=row.code,
        at=row.at,
        read=row.read_at is not None or _is_over(case, row),
    )


def _is_over(case: Case, row: Notice) -> bool:
    if row.item is None:
        return row.code in REMINDERS and case.status != "running"
    return row.code in REMINDERS and row.item.status != WorkItem.OPEN


def _code(row: Notice) -> str:
    if row.code == "withdrawn" and row.item is not None:
        return WITHDRAWN_PARTS.get(row.item.signing, row.code)
    return row.code


def _sentence(
    case: Case, row: Notice, values: Mapping[str, Any], opened: Mapping[str, Any]
) -> Text:
    definition = definitions.compiled(case.definition)
    facts = json.loads(row.facts)
    if "values" in facts and (message := message_of(definition, facts["node"])) is not None:
        return in_full(definition, message, values, case.unit.zone, opened)
    node = row.item.node if row.item is not None else facts.get("node", "")
    of = row.item.element if row.item is not None else facts.get("of", "")
    # A case that was migrated may not have that step any more.
    known = not node or node in definition.nodes
    label = definition.label_of(node) if known else definitions.former_label(definition.slug, node)
    step = named(label, of)
    words = TEXTS[_code(row)]
    said = facts.get("said") or dict.fromkeys(("zh", "en"), facts.get("reason", ""))
    by = directory.name_of(facts["by"]) if "{by}" in words.zh else ""
    zh, en = words.zh.format(step=step.zh, by=by), words.en.format(step=step.en, by=by)
    return Text(f"{zh}：{said['zh']}", f"{en}: {said['en']}") if said["zh"] else Text(zh, en)
