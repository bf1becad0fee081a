"""The sentences in which people read what was found, with the numbers, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tuoban.kernel.definition import Definition
from tuoban.kernel.limits import SHORTEST_ROUND
from tuoban.kernel.outlook.promises import Promise
from tuoban.kernel.outlook.rounds import Round
from tuoban.kernel.outlook.staffing import Shortage
from tuoban.kernel.text import Text

_UNITS_AT_MOST = 3
"""Units that are told by name; of the others the number is told."""

_SENTENCES: Mapping[str, Text] = {
    "nobody": Text(
        "{units}的工单到了“{node}”没有人办：{roles}要 {needed} 人，现有 0 人。",
        "In cases of {units} there is nobody for “{node}”: {needed} needed of {roles}, 0 found.",
    ),
    "nobody-there": Text(
        "“{node}”由哪个部门的{roles}办，要看工单：{needed} 个部门里 {found} 个有人，{units}没有。",
        "Which unit's {roles} does “{node}” depends on the case: of {needed} units {found} have "
        "somebody, and nobody is in {units}.",
    ),
    "too-few": Text(
        "{units}的工单，“{node}”要 {needed} 个不同的人，{roles}只有 {found} 人。",
        "In cases of {units} “{node}” takes {needed} different people; {found} found of {roles}.",
    ),
    "all-barred": Text(
        "{units}的工单，办过“{barring}”的人不能办“{node}”：{roles}只有 {found} 人，"
        "可能都办过；要 {needed} 人才一定有人能办。",
        "In cases of {units} whoever did “{barring}” may not do “{node}”: all may have done so of "
        "the {found} found of {roles}; {needed} needed to be sure of one.",
    ),
    "nobody-starts": Text(
        "没有人能发起“{node}”：{roles}要 {needed} 人，现有 0 人。",
        "Nobody can start “{node}”: {needed} needed of {roles}, 0 found.",
    ),
}
_SHORT = Text(
    "“{name}”的时限是 {limit}，里面的步骤预计最长要 {takes}{path}，办不完。",
    "“{name}” has {limit}, and what it holds is expected to take up to {takes}{path}: it cannot "
    "be kept.",
)
_TOO_OFTEN = Text(
    "“{name}”里反复发生的事会每 {length} 来一次；至少要相隔 {shortest}。",
    "What comes again at “{name}” would come every {length}; it keeps at least {shortest} between.",
)
_UNSET = Text(
    "“{node}”预计要多久由设置决定，还没有设，各时限都没有把它算进去。",
    "How long “{node}” is expected to take is a setting that is not set: no limit counts it.",
)
PATH = " → "
"""Between the steps of a way."""
_LACKING = Text(
    "“{name}”有时限，里面缺人的有：{steps}。", "“{name}” has a limit, and lacks people for {steps}."
)


def shortage_text(
    definition: Definition, shortage: Shortage, unit_name: Callable[[str], Text]
) -> Text:
    """What lacks people, where, and how many."""
    if shortage.lack == "nobody-starts":
        node = definition.starts[shortage.node].label
    else:
        node = definition.nodes[shortage.node].label
    roles = [definition.roles[role].label for role in shortage.roles]
    barring = [definition.nodes[each].label for each in shortage.barring]
    skills = ", ".join(shortage.skills)
    together = shortage.lack == "too-few"
    between = Text("、", ", ") if together else Text("或", " or ")
    facts = {
        "node": node,
        "roles": _with_skills(_joined(roles, between), skills),
        "units": _units([unit_name(each) for each in shortage.units], shortage),
        "barring": _joined(barring, Text("”或“", "” or “")),
    }
    numbers = {"needed": str(shortage.needed), "found": str(shortage.found)}
    return _filled(_SENTENCES[shortage.lack], facts, numbers)


def short_text(definition: Definition, promise: Promise) -> Text | None:
    """That a limit cannot be kept, with the numbers; None: it can, as far as is known."""
    length, expected = promise.length, promise.expected
    if not promise.is_short or length is None or expected is None:
        return None
    name = definition.label_of(promise.node)
    facts = {"name": name, "limit": length.text, "takes": expected.text}
    return _filled(_SHORT, {**facts, "path": in_brackets(path_text(definition, promise))})


def too_often_text(definition: Definition, found: Round) -> Text:
    """That something would come again too often, with what it belongs to."""
    facts = {
        "name": definition.label_of(found.node),
        "length": found.length.text,
        "shortest": SHORTEST_ROUND.text,
    }
    return _filled(_TOO_OFTEN, facts)


def path_text(definition: Definition, promise: Promise) -> Text:
    """The steps and waits of the longest way, in their order: `查明 → 写报告`."""
    labels = [definition.nodes[each].label for each in promise.path]
    return _joined(labels, Text(PATH, PATH))


def in_brackets(path: Text) -> Text:
    """A way beside its length; nothing of an empty one."""
    return Text(f"（{path.zh}）", f" ({path.en})") if path.zh else path


def unset_text(definition: Definition, node: str) -> Text:
    """That it is not set how long something is expected to take."""
    return _filled(_UNSET, {"node": definition.nodes[node].label})


def lacking_text(definition: Definition, promise: Promise, steps: Sequence[str]) -> Text:
    """Which steps inside a limit lack people."""
    labels = [definition.nodes[each].label for each in steps]
    named = _joined([Text(f"“{each.zh}”", f"“{each.en}”") for each in labels], Text("、", ", "))
    return _filled(_LACKING, {"name": definition.label_of(promise.node), "steps": named})


def _with_skills(roles: Text, skills: str) -> Text:
    return Text(f"{roles.zh}（会 {skills}）", f"{roles.en} ({skills})") if skills else roles


def _units(names: Sequence[Text], shortage: Shortage) -> Text:
    told = _joined(names[:_UNITS_AT_MOST], Text("、", ", "))
    more = len(names) - _UNITS_AT_MOST
    if more > 0:
        told = Text(f"{told.zh}等 {len(names)} 个部门", f"{told.en} and {more} more units")
    if not shortage.is_possible:
        return told
    return Text(f"可能归{told.zh}", f"{told.en}, should any belong there,")


def _joined(texts: Sequence[Text], between: Text) -> Text:
    return Text(
        between.zh.join(each.zh for each in texts), between.en.join(each.en for each in texts)
    )


def _filled(
    sentence: Text, facts: Mapping[str, Text], numbers: Mapping[str, str] | None = None
) -> Text:
    plain = numbers or {}
    return Text(
        sentence.zh.format(**plain, **{name: each.zh for name, each in facts.items()}),
        sentence.en.format(**plain, **{name: each.en for name, each in facts.items()}),
    )
