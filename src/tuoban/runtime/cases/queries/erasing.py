"""Which personal values of a case its reader may erase."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases import personal, policy
from tuoban.runtime.cases.queries.rows import ErasableView
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.wording import same


def erasable(scene: Scene) -> tuple[ErasableView, ...]:
    """What the case holds of people, by field; nothing for those who may not erase it."""
    if not policy.is_administrator(scene.user):
        return ()
    names = personal.fields_held(scene.row.pk)
    return tuple(ErasableView(name, _label(scene.definition, name)) for name in names)


def _label(definition: Definition, name: str) -> Text:
    """How a field is called, or the signature of a role; the name, where the version in use does
    not know it any more."""
    role = definition.roles.get(name.removeprefix(personal.SIGNATURE))
    if name.startswith(personal.SIGNATURE) and role is not None:
        return Text(f"{role.label.zh}签名", f"Signature of {role.label.en}")
    return next(_labels(definition, name), same(name))


def _labels(definition: Definition, name: str) -> Iterator[Text]:
    kinds = (each.fields for each in definition.messages.values())
    inside = (*definition.place_fields.values(), *definition.step_fields.values(), *kinds)
    for fields in (definition.fields, *inside):
        if name in fields:
            yield fields[name].label
