"""What the reader of a case may correct, and the form in which they do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tuoban.kernel.engine import may_correct, spot_of
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import ROOT
from tuoban.runtime.cases.queries.form_views import form_parts
from tuoban.runtime.cases.queries.rows import CorrectionForm
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.people.models import User


def can_correct(scene: Scene, name: str, activation: int = ROOT) -> bool:
    """Whether the reader may correct a field, by whatever value."""
    definition, state, surroundings = scene.definition, scene.state, scene.surroundings
    return (
        state.status == "running"
        and spot_of(definition, state, surroundings, name, activation) is not None
        and may_correct(definition, state, surroundings, name, activation, scene.user.person_id)
    )


def correction_form(
    user: User,
    case_id: int,
    name: str,
    activation: int,
    at: datetime,
    entered: dict[str, Any] | None = None,
) -> CorrectionForm:
    """The form that corrects one field of a case.

    Args:
        entered: what was typed and not taken, to be shown again.

    Raises:
        Refused: `unknown-case`, `not-visible` or `not-correctable`.
    """
    scene = open_scene(user, case_id, at)
    spot = spot_of(scene.definition, scene.state, scene.surroundings, name, activation)
    if spot is None:
        raise Refused("not-correctable", {"field": name[:40]})
    return CorrectionForm(
        scene.row.number,
        name,
        activation,
        spot.field(name).label,
        form_parts(spot, entered or {}, user),
        can_correct(scene, name, activation),
        scene.row.unit.time_zone,
    )
