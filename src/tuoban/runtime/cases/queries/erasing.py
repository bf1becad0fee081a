"""Which personal values of a case its reader may erase."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.cases import personal, policy
from tuoban.runtime.cases.queries.naming import label_of_field
from tuoban.runtime.cases.queries.rows import ErasableView
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.cases.wording import same

_OWN: Mapping[str, Text] = {
    personal.COMMENT: Text("所有评论", "All comments"),
    personal.ATTACHMENT: Text("所有附件", "All attachments"),
}
_OF_ROLES: Mapping[str, Text] = {
    personal.SIGNATURE.removesuffix(":"): Text("签名", "Signature of"),
    personal.EVIDENCE.removesuffix(":"): Text("自己办理的凭据", "Evidence of what was done by"),
}
"""What is kept of an outside party, by the beginning of its field."""


def erasable(scene: Scene) -> tuple[ErasableView, ...]:
    """What the case holds of people, by field; nothing for those who may not erase it."""
    if not policy.is_administrator(scene.user):
        return ()
    names = personal.fields_held(scene.row.pk)
    return tuple(ErasableView(name, _label(scene.definition, name)) for name in names)


def _label(definition: Definition, name: str) -> Text:
    """How a field is called, or what is kept of a role; the name, where the version in use does
    not know it any more."""
    kind, _, key = name.rpartition(":")
    role = definition.roles.get(key)
    if role is not None and kind in _OF_ROLES:
        words, of = _OF_ROLES[kind], role.label
        return Text(f"{of.zh}{words.zh}", f"{words.en} {of.en}")
    return _OWN.get(name) or label_of_field(definition, name) or same(name)
