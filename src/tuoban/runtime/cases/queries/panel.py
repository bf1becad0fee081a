"""An open work item on the case page: its form, and what this user may do with it.

Whether something is allowed is asked of the kernel by trying it, so the page never offers what the
command would refuse.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tuoban.kernel import commands as c
from tuoban.kernel.checklists import applicable_checks
from tuoban.kernel.definition import Node, Text
from tuoban.kernel.due import governing
from tuoban.kernel.engine import decide, step_place
from tuoban.kernel.engine.operations import nameable
from tuoban.kernel.engine.returning import return_targets
from tuoban.kernel.forms import Place
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import last, vantage_of
from tuoban.kernel.state import Completion, Item
from tuoban.runtime.activities.services import Shown
from tuoban.runtime.cases import outside
from tuoban.runtime.cases.line import is_in_line
from tuoban.runtime.cases.models import Draft, WorkItem
from tuoban.runtime.cases.occurrences import name_of, occurrence_around
from tuoban.runtime.cases.queries import doing, papers
from tuoban.runtime.cases.queries.adding import adding_view
from tuoban.runtime.cases.queries.contacts import contact_shown
from tuoban.runtime.cases.queries.form_views import form_parts, options, typed_values
from tuoban.runtime.cases.queries.jumps import jumps
from tuoban.runtime.cases.queries.list_rows import Option
from tuoban.runtime.cases.queries.locks import lock_reasons
from tuoban.runtime.cases.queries.returns import returns_by_item
from tuoban.runtime.cases.queries.rows import (
    CheckView,
    ItemPanel,
    NameView,
    OutcomeView,
    SentBack,
    SignerView,
)
from tuoban.runtime.cases.queries.scene import ANY_REASON, Scene
from tuoban.runtime.cases.queries.signing import refused_by, signing_view
from tuoban.runtime.cases.queries.timeline import Read
from tuoban.runtime.cases.queries.timing import timed_by_others, timing_shown
from tuoban.runtime.cases.wording import same
from tuoban.runtime.people import directory


def panels(
    scene: Scene,
    entered: Mapping[int, Mapping[str, Any]],
    read: Sequence[Read] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ItemPanel, ...]:
    """The open items of the case; those that this user may do come first.

    Args:
        entered: what was typed and not taken, by item id, to be shown again.
        read: the journal, which tells limits and returns; a form alone does without.
        names: the names of people by id.
    """
    returns = returns_by_item(scene.definition, read, names)
    rows = list(
        WorkItem.objects.filter(case=scene.row, status=WorkItem.OPEN)
        .select_related("person")
        .order_by("number")
    )
    drafts = {
        draft.item_id: draft for draft in Draft.objects.filter(item__in=rows, user=scene.user)
    }
    drafts = _of_those_away(scene, rows) | drafts
    made = [
        _panel(scene, row, drafts.get(row.pk), entered.get(row.pk), read, returns, names)
        for row in rows
        if row.number in scene.state.items
    ]
    return tuple(sorted(made, key=_how_far_from_hand))


def _of_those_away(scene: Scene, rows: Sequence[WorkItem]) -> dict[int, Draft]:
    """What those had typed in whose place this user does their work, as long as they themselves
    have not."""
    items, me = scene.state.items, scene.user.person_id
    away = {
        row.pk: item.for_whom
        for row in rows
        if (item := items.get(row.number)) is not None
        and item.person == me
        and item.for_whom is not None
    }
    found = Draft.objects.filter(item__in=away) if away else ()
    return {each.item_id: each for each in found if str(each.user_id) == away[each.item_id]}


def _how_far_from_hand(panel: ItemPanel) -> int:
    """What this user has in hand comes first, what they may take up next, and last what there is
    nothing for them to do about now."""
    can_sign = panel.signing is not None and panel.signing.can_sign
    can_speak = panel.adding is not None and panel.adding.can_speak
    if can_sign or can_speak or (panel.held_by_me and panel.can_complete):
        return 0
    return 1 if panel.can_complete or panel.can_claim or panel.held_by_me else 2


def _panel(
    scene: Scene,
    row: WorkItem,
    draft: Draft | None,
    entered: Mapping[str, Any] | None,
    read: Sequence[Read],
    returns: Mapping[int, SentBack],
    names: Mapping[str, str],
) -> ItemPanel:
    definition, state = scene.definition, scene.state
    item = state.items[row.number]
    node = definition.nodes[item.node]
    me = scene.user.person_id
    may_act = allowed(scene, c.Claim(me, item.id))
    in_hand = item.part is None and item.signing is None
    may_do = may_act and in_hand
    earlier = _earlier(scene, item)
    clock = governing(definition, state, item)
    own = _typed_here(item, draft, entered)
    if own is None and may_do:
        own = timed_by_others(row, node.step, scene.user)
    typed = own if own is not None else earlier.data if earlier is not None else {}
    place = step_place(definition, state, item, scene.surroundings)
    tells = doing.shown(scene, item, place, typed) if may_do else ()
    typed = {**typed, **_told(tells, own or {})}
    return ItemPanel(
        item_id=row.pk,
        node=node.key,
        step=scene.label(node.key, item.activation),
        roles=tuple(definition.roles[role].label for role in item.roles),
        holder=str(row.person) if row.person is not None else None,
        held_by_me=item.person == me,
        can_claim=may_act and item.person is None,
        is_in_line=item.part is None and item.person is None and is_in_line(definition, item.node),
        can_release=allowed(scene, c.Release(me, item.id)),
        can_complete=may_do and item.locked is None,
        can_transfer=may_do and item.delegated_by is None,
        can_draft=may_do,
        can_urge=allowed(scene, c.Urge(me, item.id)),
        can_delegate=item.person == me and in_hand and item.delegated_by is None,
        jumps=jumps(scene, item),
        can_get_back=item.delegated_by == me or (item.signing is not None and item.person == me),
        delegated_by=_name(names, item.delegated_by),
        prepared_by=_name(names, _delegate(item)),
        in_place_of=_name(names, item.for_whom),
        form=form_parts(place, typed, scene.user, item.for_whom) if may_do else (),
        checklist=_checklist(place, node, typed) if may_do else (),
        papers=papers.asked_by(scene, place, typed) if may_do else (),
        to_give_back=papers.kept_back(scene, node) if may_do else (),
        outcomes=tuple(
            OutcomeView(each.key, each.label, each.requires, each.unsigned)
            for each in node.step.outcomes
        ),
        chosen=str(own.get("outcome:", "")) if own is not None else "",
        signers=tuple(
            SignerView(
                each.role,
                definition.roles[each.role].label,
                "signature" in each.marks,
                each.stamps,
            )
            for each in node.step.signers
            if item.delegated_by is None and not each.is_inside
        ),
        returns_to=_returns_to(scene, item),
        locked=lock_reasons(scene, item, names),
        due_at=clock.due if clock is not None else None,
        clock_from=clock.begins if clock is not None else None,
        offered_at=item.offered_at,
        escalated=item.escalated,
        draft_at=draft.at if draft is not None else None,
        returned=earlier is not None,
        sent_back=returns.get(earlier.item) if earlier is not None else None,
        signing=signing_view(scene, item, names),
        unsigned=refused_by(node, item, read, names),
        names=_to_name(scene, item) if may_do and item.delegated_by is None else (),
        adding=adding_view(scene, item, read, names),
        occurrence=_occurrence(scene, item),
        tells=doing.in_lines(scene, tells),
        is_unattended=node.step.is_unattended,
        failed=item.failed,
        can_try_again=doing.may_try_again(scene, item),
        timing=timing_shown(node.step, typed) if may_do else None,
        contact=contact_shown(scene, item),
    )


def _delegate(item: Item) -> str | None:
    """The delegate who prepared it; what came back unsigned was prepared by whoever holds it."""
    prepared = item.prepared
    return prepared.by if prepared is not None and prepared.by in item.delegates else None


def _name(names: Mapping[str, str], person: str | None) -> str | None:
    return names.get(person, person) if person is not None else None


def _occurrence(scene: Scene, item: Item) -> Text | None:
    definition, state, surroundings = scene.definition, scene.state, scene.surroundings
    made = occurrence_around(definition, state, item.activation)
    if made is None:
        return None
    return name_of(definition, state, made, surroundings.zone, surroundings.opened)


def allowed(scene: Scene, command: c.Command) -> bool:
    """Whether the kernel would carry out the command."""
    try:
        decide(scene.definition, scene.state, command, scene.surroundings)
    except Refused:
        return False
    return True


def _returns_to(scene: Scene, item: Item) -> tuple[Option, ...]:
    """Where the work may be sent back to, for each element by itself: `look`, `look:2.1`."""
    definition, state, me = scene.definition, scene.state, scene.user.person_id
    found: list[tuple[str, Text]] = []
    step = definition.nodes[item.node].step
    wanted = [(key, False) for key in step.returns_to] + [(key, True) for key in step.straight_from]
    for key, straight in wanted:
        targets = return_targets(definition, state, item, key)
        if not targets:
            continue
        command = c.Return(me, item.id, key, ANY_REASON, targets[0].of, straight)
        if allowed(scene, command):
            for each in targets:
                label = scene.label_done(each.made)
                label = straight_back(label) if straight else label
                found.append((target_key(key, each.of, straight=straight), label))
    return options(found)


def target_key(step: str, of: tuple[int, ...], *, straight: bool = False) -> str:
    """A step to go back to, of which element, and whether it comes straight back, as one text."""
    places = ".".join(str(place) for place in of)
    return f"{step}:{places}:direct" if straight else f"{step}:{places}" if of else step


def _to_name(scene: Scene, item: Item) -> tuple[NameView, ...]:
    """Whose performers whoever completes the item names, and whom they may."""
    found = nameable(scene.definition, scene.state, scene.surroundings, item)
    people = dict(directory.choices()) if found else {}
    return tuple(
        NameView(
            node.key,
            node.label,
            tuple(Option(key, same(name)) for key, name in people.items() if key in able),
        )
        for node, able in found
    )


def straight_back(label: Text) -> Text:
    """The step it comes straight back from."""
    return Text(f"{label.zh}，办好后直接送回", f"{label.en}, and straight back from there")


def _earlier(scene: Scene, item: Item) -> Completion | None:
    """How the step was done here before it was sent back."""
    here = vantage_of(scene.state, item.activation)
    made = last(scene.definition, scene.state, item.node, here)
    return made if made is not None and not made.counts else None


def _typed_here(
    item: Item, draft: Draft | None, entered: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """What was typed into the form: just now, else the draft, else what a delegate prepared; None
    where nobody typed anything, and entries from before a return stand in it."""
    if entered is not None:
        return entered
    if draft is not None:
        kept: dict[str, Any] = json.loads(draft.data)
        return kept
    if item.prepared is not None:
        ticks = {f"check:{key}": "1" for key in item.prepared.checked}
        chosen = {"outcome:": item.prepared.outcome} if item.prepared.outcome else {}
        return {**item.prepared.values, **ticks, **chosen}
    return None


def _told(tells: Iterable[Shown], typed: Container[str]) -> dict[str, Any]:
    """What an activity fills entries with in which nothing was typed. Of one that is done again it
    takes the place of what was entered then."""
    return {each.entry: each.value for each in tells if each.entry and each.entry not in typed}


def _checklist(place: Place, node: Node, entered: Mapping[str, Any]) -> tuple[CheckView, ...]:
    """The lines that apply. A draft keeps a tick as `check:<key>`."""
    values = typed_values(place, entered)
    lines = applicable_checks(place, node.step, values, outside.name_of)
    return tuple(
        CheckView(line.key, line.text, bool(entered.get(f"check:{line.key}"))) for line in lines
    )
