"""Whether a version of a pack has what an indicator of another one reads."""

from __future__ import annotations

from tuoban.kernel.definition import Definition, Indicator, Sampled
from tuoban.kernel.definition import Each as Elements
from tuoban.kernel.measuring import END, LATE, OUTSIDE, WHOLE_CASE, WORKED
from tuoban.kernel.sampling import SAMPLE


def is_known(definition: Definition, indicator: Indicator) -> bool:
    """Whether the version of a case has every name that the indicator reads.

    A case of an older version that lacks one cannot be held against it.
    """
    if not isinstance(indicator.measure, Sampled):
        return True
    measure = indicator.measure
    if measure.each is not None and measure.each.node not in definition.nodes:
        return False
    per = measure.per.of if measure.per is not None else None
    read_ = (each for each in (measure.of, measure.where, per) if each is not None)
    node = measure.each.node if measure.each is not None else ""
    local = definition.names_around(node)
    paths = (path for each in read_ for path in each.paths)
    return all(_has(definition, (local.get(path[0], path[0]), *path[1:])) for path in paths)


_FIXED = frozenset({"start", "now", "today", SAMPLE, WORKED, OUTSIDE})
_OF_CASE = ("number", "unit", "priority")
_OF_DONE = (
    "outcome", "at", "by", "count", "all", "history", "open", "round", "exhausted", "rules",
    "late",
)  # fmt: skip


def _has(definition: Definition, path: tuple[str, ...]) -> bool:
    root, member = path[0], path[1] if len(path) > 1 else ""
    if root in definition.fields or root in definition.papers or root in _FIXED:
        return True
    if any(root in each for each in definition.place_fields.values()):
        return True  # of a block around, where something is looked at in it
    if root in definition.nodes:
        if isinstance(definition.nodes[root].construct, Elements):
            return True
        return not member or member in _OF_DONE or _gives(definition, root, member)
    if root == "settings":
        return not member or member in definition.settings
    if root == "case":
        known = (*definition.fields, *definition.facts, *_OF_CASE)
        return not member or member in known
    return root == END or (root == LATE and (not member or _is_late(definition, path[1:])))


def _gives(definition: Definition, node: str, member: str) -> bool:
    return (
        member in definition.data_fields(node)
        or member in definition.place_fields.get(node, {})
        or definition.output_at(node, member) is not None
    )


def _is_late(definition: Definition, path: tuple[str, ...]) -> bool:
    """Whether there is what is read of lateness: of a step of a called process by both names."""
    if path == (WHOLE_CASE,):
        return True
    key, *inside = path
    for name in inside:
        key = definition.locals.get(key, {}).get(name, "")
    return key in definition.nodes
