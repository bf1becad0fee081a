"""A value that stands recorded in a case, as its page shows it, wherever it was recorded."""

from __future__ import annotations

from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Field, Text
from tuoban.runtime.cases.queries.files import views_in
from tuoban.runtime.cases.queries.list_views import shown_list
from tuoban.runtime.cases.queries.rows import FieldShown
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.wording import in_words, masked, same


def recorded(
    scene: Scene, field: Field, value: Any, *, contact: bool = False, can_correct: bool = False
) -> FieldShown:
    """A value of a field in words.

    Args:
        contact, can_correct: as in `FieldShown`.
    """
    definition, zone, opened = scene.definition, scene.surroundings.zone, scene.surroundings.opened
    is_list = field.type == "list" and not field.holds_files
    return FieldShown(
        field.name,
        field.label,
        in_words(definition, field, value, zone, opened),
        field.type,
        field.long,
        contact,
        list=shown_list(definition, field, value, zone, opened) if is_list else None,
        can_correct=can_correct,
        ref=value if field.kind else "",
        files=views_in(value, opened) if field.holds_files else (),
        masked=_masked(scene, field, value),
    )


def _masked(scene: Scene, field: Field, value: Any) -> Text | None:
    """What is shown of a personal text with long numbers; one to be dialled stands in full."""
    plain = scene.surroundings.opened.get(value.ref) if isinstance(value, Sealed) else None
    covered = masked(plain) if field.type != "phone" else plain
    return same(str(covered)) if covered != plain else None
