"""What an outside party is asked to do in its case, and doing it itself.

What it is shown is put into words, the same for the page and for what is kept: the page hands the
digest of the words back, so that nothing else is agreed to than what was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from hashlib import sha256
from typing import Any

from tuoban.kernel.checklists import applicable_checks
from tuoban.kernel.definition import Definition, Node, Text
from tuoban.kernel.engine import step_place
from tuoban.kernel.engine.naming import to_name
from tuoban.kernel.engine.performers import check_is_theirs
from tuoban.kernel.forms import Place
from tuoban.kernel.refusals import Refused
from tuoban.kernel.rows import KEY
from tuoban.kernel.state import Item
from tuoban.runtime.cases import service
from tuoban.runtime.cases.carrying import Desk, Outcome
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.personal import SignatureInput
from tuoban.runtime.cases.queries.form_views import parts_given, typed_values
from tuoban.runtime.cases.queries.list_rows import ListView
from tuoban.runtime.cases.queries.rows import CheckView, FieldView, FormPart, OutcomeView
from tuoban.runtime.cases.queries.scene import lay_open
from tuoban.runtime.cases.service.work import Witnessed
from tuoban.services.portal.links import Party, Visit, label_of
from tuoban.services.portal.telling import tells_of_others
from tuoban.services.portal.tracking import items_of

LONGEST_DEVICE = 300  # characters of how a browser calls itself
DECIDE = ("choice", "boolean")
"""The types of the columns by which something is decided about a row."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work as the outside party sees it.

    Attributes:
        is_with_staff: it cannot be done here, but only together with people of the organisation.
        signs: it is signed with a name or a drawing.
        digest: of the words in which it is shown.
    """

    item_id: int
    number: str
    label: Text
    process: Text
    party: Text
    zone: tzinfo
    form: tuple[FormPart, ...]
    checklist: tuple[CheckView, ...]
    outcomes: tuple[OutcomeView, ...]
    chosen: str
    signs: bool
    is_with_staff: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the party gives with it, as typed."""

    outcome: str | None
    data: Mapping[str, Any]
    checked: frozenset[str]
    signature: SignatureInput | None
    digest: str
    """Of the words that were shown."""


def task(
    visit: Visit,
    item_id: int,
    language: str,
    at: datetime,
    entered: Mapping[str, Any] | None = None,
) -> Task | None:
    """A piece of work that the visitor is asked to do now; None: there is none such in the case.

    Args:
        language: in which it is shown.
        entered: what was typed and not taken, by field, ticks as `check:<key>`, the outcome as
            `outcome:`.
    """
    laid = lay_open(visit.case_id, at)
    row = WorkItem.objects.filter(case=visit.case_id, pk=item_id).first()
    number = row.number if row is not None else None
    item = next((each for each in items_of(laid, visit.role) if each.id == number), None)
    if item is None:
        return None
    definition, typed = laid.definition, entered or {}
    node = definition.nodes[item.node]
    place = step_place(definition, laid.state, item, laid.surroundings)
    return Task(
        item_id=item_id,
        number=visit.number,
        label=laid.label(item.node, item.activation),
        process=definition.title,
        party=label_of(definition, visit.role),
        zone=laid.surroundings.zone,
        form=_form(place, typed),
        checklist=_checklist(place, node, typed),
        outcomes=tuple(
            OutcomeView(each.key, each.label, each.requires, each.unsigned)
            for each in node.step.outcomes
        ),
        chosen=str(typed.get("outcome:", "")),
        signs=any(each.role == visit.role and not each.is_inside for each in node.step.signers),
        is_with_staff=not _can_do(definition, item, node, visit.role),
        digest=_digest(words_of(place, node, language)),
    )


def complete(
    visit: Visit,
    item_id: int,
    given: Given,
    *,
    device: str,
    language: str,
    at: datetime,
    key: str,
) -> Outcome:
    """Do it: the outside party itself is who completes it. What it was shown and chose, by which
    link, when and with what device, is kept with it.

    Raises:
        Refused: `unknown-item`; `shown-changed` where it is no longer what was shown;
            `with-staff`; as the kernel's `Complete`.
    """
    if not WorkItem.objects.filter(case=visit.case_id, pk=item_id).exists():
        raise Refused("unknown-item")
    signatures = {visit.role: given.signature} if given.signature is not None else {}

    def witness(desk: Desk, number: int) -> Witnessed:
        item = desk.state.items.get(number)
        if item is None:
            return Witnessed({})  # the decision tells what became of it
        place = step_place(desk.definition, desk.state, item, desk.surroundings)
        seen = replace(given, data=decided(place, given.data))
        evidence = _evidence(place, visit, seen, device, language)
        return Witnessed(seen.data, {visit.role: evidence})

    return service.complete(
        item_id,
        outcome=given.outcome,
        data=given.data,
        checked=given.checked,
        signatures=signatures,
        witness=witness,
        by=Party(visit.role),
        at=at,
        key=key,
    )


def _evidence(
    place: Place, visit: Visit, given: Given, device: str, language: str
) -> Mapping[str, Any]:
    node = place.definition.nodes[place.node or ""]
    shown = words_of(place, node, language)
    if _digest(shown) != given.digest:
        raise Refused("shown-changed")
    words = "\n".join([shown, *_chosen(place, node, given, language)])
    signature = given.signature
    return {
        "words": words,
        "sha256": _digest(words),
        "name": signature.name if signature is not None else "",
        "strokes": (signature.strokes or []) if signature is not None else [],
        "way": visit.way,
        "at": place.now.isoformat(),
        "device": device[:LONGEST_DEVICE],
        "language": language,
    }


def words_of(place: Place, node: Node, language: str) -> str:
    """What is shown of a step before anything is entered, line by line."""
    lines = [place.definition.title.read(language), node.label.read(language)]
    for part in _form(place, {}):
        if part.label is not None:
            lines.append(part.label.read(language))
        for field in part.entries:
            lines += _field_lines(field, language)
    for check in _checklist(place, node, {}):
        lines.append(f"☐ {check.text.read(language)}")
    if node.step.outcomes:
        lines.append(" / ".join(each.label.read(language) for each in node.step.outcomes))
    return "\n".join(lines)


def _field_lines(field: FieldView, language: str) -> Iterator[str]:
    label = field.label.read(language)
    if field.list is None:
        yield f"{label}: {field.shown.read(language)}" if field.read_only else f"{label}: ____"
        return
    yield label
    for row in field.list.rows:
        cells = zip(field.list.columns, row.cells, strict=True)
        yield "  " + "; ".join(
            f"{column.label.read(language)} {cell.shown.read(language)}" for column, cell in cells
        )


def _chosen(place: Place, node: Node, given: Given, language: str) -> Iterator[str]:
    """What was entered, ticked and chosen, line by line."""
    yield "—"
    for part in _form(place, given.data):
        for field in part.entries:
            if field.list is not None and not field.read_only:
                yield from _field_lines(field, language)
            elif not field.read_only:
                yield f"{field.label.read(language)}: {field.shown.read(language)}"
    for check in _checklist(place, node, {f"check:{key}": "1" for key in given.checked}):
        yield f"{'☑' if check.checked else '☐'} {check.text.read(language)}"
    outcome = node.step.outcome(given.outcome) if given.outcome else None
    if outcome is not None:
        yield f"→ {outcome.label.read(language)}"


def _can_do(definition: Definition, item: Item, node: Node, role: str) -> bool:
    """Whether it can be done in the portal: by the party alone, with nothing that only people of
    the organisation can give."""
    try:
        check_is_theirs(definition, item, role)
    except Refused:
        return False
    entries = (each for part in node.step.form for each in part.entries if not each.read_only)
    fields = (definition.field_at(node.key, each.field) for each in entries)
    is_inside = any(field is not None and tells_of_others(field) for field in fields)
    return not (is_inside or node.step.papers or to_name(definition, node.key))


def _form(place: Place, entered: Mapping[str, Any]) -> tuple[FormPart, ...]:
    return parts_given(place, decided(place, entered), lambda refs: {})


def decided(place: Place, entered: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered; of a list only what is decided about each row, which stays as it is
    otherwise: whoever is asked about an offer neither changes it nor adds to it."""
    views = [each for part in parts_given(place, {}, lambda refs: {}) for each in part.entries]
    lists = {each.name: each.list for each in views if each.list and not each.read_only}
    return {
        name: _rows(lists[name], raw) if name in lists else raw for name, raw in entered.items()
    }


def _rows(shown: ListView, raw: Any) -> list[dict[str, str]]:
    rows = raw if isinstance(raw, list | tuple) else ()
    said = {str(row[KEY]): row for row in rows if isinstance(row, Mapping) and KEY in row}
    return [
        {
            KEY: row.key,
            **{
                column.name: str(said.get(row.key, {}).get(column.name, cell.value))
                if column.type in DECIDE
                else cell.value
                for column, cell in zip(shown.columns, row.cells, strict=True)
                if not column.is_computed
            },
        }
        for row in shown.rows
        if row.number
    ]


def _checklist(place: Place, node: Node, entered: Mapping[str, Any]) -> tuple[CheckView, ...]:
    lines = applicable_checks(place, node.step, typed_values(place, entered))
    return tuple(
        CheckView(line.key, line.text, bool(entered.get(f"check:{line.key}"))) for line in lines
    )


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()
