"""What a case has called, and by which case it was called itself."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.db.models import QuerySet

from tuoban.kernel.definition import Link, Text
from tuoban.kernel.engine.linking import BY_CALL
from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.runtime.cases import definitions, policy
from tuoban.runtime.cases.models import CalledCase, Case
from tuoban.runtime.cases.queries.rows.links import CalledView, CallerView, CallState
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.jobs.retry import why
from tuoban.runtime.people.models import User


def call_list(user: User, case_id: int, at: datetime) -> tuple[tuple[CalledView, ...], tzinfo]:
    """The calls of a case, and the zone of its unit.

    Raises:
        Refused: `unknown-case` or `not-visible`.
    """
    scene = open_scene(user, case_id, at)
    return called(scene), scene.row.unit.zone


def called(scene: Scene) -> tuple[CalledView, ...]:
    """The calls of a case, the newest first."""
    if not any(isinstance(each.construct, Link) for each in scene.definition.nodes.values()):
        return ()
    rows = list(_rows().filter(parent=scene.row).order_by("-number"))
    seen = _seen(scene, [row.case_id for row in rows if row.case_id is not None])
    directory, person = scene.surroundings.directory, scene.user.person_id
    in_charge = is_in_charge(scene.definition, scene.state, directory, person)
    return tuple(_view(scene, row, seen, in_charge=in_charge) for row in rows)


def caller(scene: Scene) -> CallerView | None:
    """The case by which this one was called, if it was."""
    if scene.state.channel != BY_CALL:
        return None
    row = _rows().filter(case=scene.row).first()
    if row is None:
        return None
    definition = definitions.compiled(row.parent.definition)
    label = definition.nodes[row.node].label if row.node in definition.nodes else definition.title
    is_visible = row.parent_id in _seen(scene, [row.parent_id])
    return CallerView(row.parent.number, definition.title, label, is_visible, row.waits)


def _rows() -> QuerySet[CalledCase]:
    heavy = (f"{case}__definition__{text}" for case in ("case", "parent") for text in _TEXTS)
    rows = CalledCase.objects.select_related("case__definition", "parent__definition")
    return rows.defer(*heavy, "case__state", "parent__state")


_TEXTS = definitions.TEXTS


def _seen(scene: Scene, cases: list[int]) -> set[int]:
    if not cases:
        return set()
    rows = Case.objects.filter(policy.visible_cases(scene.user), pk__in=cases)
    return set(rows.values_list("pk", flat=True))


def _view(scene: Scene, row: CalledCase, seen: set[int], *, in_charge: bool) -> CalledView:
    process, outcome = None, None
    if row.case is not None:
        other = definitions.compiled(row.case.definition)
        process, outcome = other.title, other.outcome_label(row.case.outcome)
    is_open = row.number in scene.state.waits or (not row.waits and row.errand == CalledCase.BEGIN)
    return CalledView(
        call=row.number,
        label=_label(scene, row),
        called_at=row.called_at,
        waits=row.waits,
        number=row.case.number if row.case is not None else "",
        process=process,
        is_visible=row.case_id in seen,
        state=_state(row),
        outcome=outcome,
        error=why(row.error) if row.errand else None,
        can_retry=in_charge and bool(row.errand) and bool(row.error),
        can_give_up=in_charge and is_open,
    )


def _label(scene: Scene, row: CalledCase) -> Text:
    waiting = scene.state.waits.get(row.number)
    if waiting is not None:
        return scene.label(waiting.node, waiting.activation)
    made = scene.state.completion_of(row.number)
    if made is not None:
        return scene.label_done(made)
    known = scene.definition.nodes.get(row.node)
    return known.label if known is not None else Text(row.slug, row.slug)


def _state(row: CalledCase) -> CallState:
    if row.case is None:
        return "to begin" if row.errand == CalledCase.BEGIN else "over"
    return "ended" if row.case.status == "ended" else "running"
