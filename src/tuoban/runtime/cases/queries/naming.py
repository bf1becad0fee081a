"""What the names of an expression mean to a reader: their labels, and how values are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tuoban.kernel.definition import Definition, Field, FieldType, Step, Text

Path = tuple[str, ...]

_MEMBERS: Mapping[str, tuple[Text, FieldType]] = {
    "outcome": (Text("结果", "outcome"), "text"),
    "at": (Text("时间", "time"), "datetime"),
    "by": (Text("办理人", "performer"), "text"),
    "rules": (Text("适用规则", "rules"), "text"),
    "count": (Text("次数", "times"), "integer"),
    "open": (Text("进行中", "in progress"), "integer"),
    "round": (Text("轮次", "round"), "integer"),
    "exhausted": (Text("次数用尽", "rounds used up"), "boolean"),
    "unit": (Text("单位", "unit"), "text"),
    "channel": (Text("渠道", "channel"), "text"),
    "request": (Text("申请类型", "request"), "text"),
    "number": (Text("编号", "number"), "text"),
    "priority": (Text("优先级", "priority"), "text"),
    "received": (Text("已收到", "there"), "boolean"),
    "originals": (Text("原件份数", "originals"), "integer"),
    "copies": (Text("复印件份数", "copies"), "integer"),
    "returned": (Text("已退还", "given back"), "boolean"),
}
"""What steps, loops, papers, the start and the case offer beside their fields."""

_ROOTS = {"start": Text("发起", "Start"), "case": Text("工单", "Case")}


def field_at(definition: Definition, path: Path) -> Field | None:
    """What stands at a path of an expression, declared like a field; None if it is no name."""
    root, *members = path
    if not members:
        return definition.fields.get(root)
    if root == "case" and members[0] in definition.fields:
        return definition.fields[members[0]]
    if root == "settings" and members[0] in definition.settings:
        return definition.settings[members[0]].field
    paper = definition.papers.get(f"{root}.{members[0]}")
    if paper is not None and members[1:]:  # one of a called process
        return _offered(paper.label, members[1])
    return _of_node(definition, root, members[0])


def is_person(definition: Definition, path: Path) -> bool:
    """Whether a path names a person, by id: who started the case or did a step."""
    root, *members = path
    return members == ["by"] and (root == "start" or root in definition.nodes)


def _of_node(definition: Definition, root: str, member: str) -> Field | None:
    owner = definition.nodes[root].label if root in definition.nodes else _ROOTS.get(root)
    if root in definition.papers:
        owner = definition.papers[root].label
    if owner is None:
        return None
    declared = (
        definition.step_fields.get(root, {}).get(member)
        or definition.place_fields.get(root, {}).get(member)
        or definition.output_at(root, member)
    )
    if declared is None:
        declared = definition.fields.get(member)
    if declared is not None:
        return replace(declared, label=_joined(owner, declared.label))
    options = _outcomes(definition, root) if member == "outcome" else ()
    return _offered(owner, member, options)


def _offered(owner: Text, member: str, options: tuple[tuple[str, Text], ...] = ()) -> Field | None:
    """What is offered beside fields."""
    if member not in _MEMBERS:
        return None
    label, kind = _MEMBERS[member]
    return Field(member, "choice" if options else kind, _joined(owner, label), options=options)


def _outcomes(definition: Definition, root: str) -> tuple[tuple[str, Text], ...]:
    node = definition.nodes.get(root)
    if node is None or not isinstance(node.construct, Step):
        return ()
    return tuple((each.key, each.label) for each in node.construct.outcomes)


def _joined(owner: Text, member: Text) -> Text:
    return Text(f"{owner.zh} › {member.zh}", f"{owner.en} › {member.en}")


def label_of_field(definition: Definition, name: str) -> Text | None:
    """What a field is called, wherever it is declared; None where the version does not know it."""
    kinds = (each.fields for each in definition.messages.values())
    inside = (*definition.place_fields.values(), *definition.step_fields.values(), *kinds)
    declared = (each[name].label for each in (definition.fields, *inside) if name in each)
    return next(declared, None)
