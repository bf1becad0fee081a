"""A whole BPMN file as a pack."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuoban.kernel.bpmn.extension import PartUnread
from tuoban.kernel.bpmn.into.accounts import Account
from tuoban.kernel.bpmn.into.conditions import words_of
from tuoban.kernel.bpmn.into.context import WORKER, Context
from tuoban.kernel.bpmn.into.elements import caught
from tuoban.kernel.bpmn.into.flows import items_of
from tuoban.kernel.bpmn.into.mains import calls_of, main_of
from tuoban.kernel.bpmn.into.making import (
    Maker,
    Plain,
    filled,
    mapping,
    renamed,
    shown_name,
    text_at,
    with_value,
)
from tuoban.kernel.bpmn.into.making import node as made_node
from tuoban.kernel.bpmn.into.model import Scope, called, told
from tuoban.kernel.bpmn.into.naming import Namer, slug_of
from tuoban.kernel.bpmn.into.owning import with_owners
from tuoban.kernel.bpmn.into.reading import read_model
from tuoban.kernel.bpmn.into.words import PROCESS, worded
from tuoban.kernel.bpmn.namespaces import MESSAGE, OWN, ROLE
from tuoban.kernel.bpmn.problems import BpmnError, BpmnProblem
from tuoban.kernel.bpmn.xml import Element, read_xml
from tuoban.kernel.language.notation import MAX_DEPTH
from tuoban.kernel.language.showing import show
from tuoban.kernel.language.tree import Mapping, Node, Scalar, Sequence

_HAN = re.compile("[\u3400-\u9fff]")
_WORDS = re.compile(r"\w+")
_CONDITIONS = ("conditionExpression", "condition", "loopCondition", "completionCondition")
_VERSION = "1"
_BEGIN = {"zh": "发起", "en": "Begin"}


@dataclass(frozen=True, slots=True)
class Imported:
    """A pack, made of a file.

    Attributes:
        slug: what it calls itself.
        text: of its pack file.
        translations, scenarios: the files beside it, where they came along.
        warnings: what is in the file and not in the pack, or was read in one of several ways.
    """

    slug: str
    text: str
    translations: str | None
    scenarios: str | None
    warnings: tuple[BpmnProblem, ...]


def read_bpmn(data: bytes, *, process: str = "", slug: str = "") -> Imported:
    """The pack that a BPMN file is.

    Args:
        process: the id of the process that is wanted, where the file holds several.
        slug: what the pack is to be called, unless the file was written as a pack.

    Raises:
        BpmnError: it is no pack; carries every reason.
    """
    root = read_xml(data)
    model = read_model(root)
    main = main_of(model, process)
    if main is None:
        raise BpmnError(*model.findings.problems)
    own = main.own if main.own is not None and main.own.name == "pack" else None
    language = (own.get("language") if own is not None else _language(root)) or "zh"
    if language not in _BEGIN:
        model.findings.add(told(main.element, "language-unknown", language=language))
        model.findings.refuse()
    context = Context(model, language, Namer(_taken(root)), Maker(language), main=main)
    try:
        pack = _written(main, own, context) if own is not None else _made(main, slug, context)
    except PartUnread as error:
        raise BpmnError(
            told(main.element, "extension-unread", key=str(error)), *model.findings.problems
        ) from error
    model.findings.refuse()
    if _depth(pack) > MAX_DEPTH:
        raise BpmnError(told(main.element, "blocks-too-deep", limit=str(MAX_DEPTH)))
    pack = with_owners(pack, frozenset(_fields(context)))
    slug = text_at(pack, "pack")
    names = {each.id: name for each in root.walk() if (name := called(each))}
    account = Account(model.findings, _texts(pack), names)
    account.tell(root)
    remarks = "".join(_comment(whose, text) for whose, text in account.remarks)
    files = {each.get("name"): each.text for each in _files(main.element)}
    return Imported(
        slug,
        remarks + show(pack),
        files.get("translations"),
        files.get("scenarios"),
        model.findings.warnings,
    )


def _taken(root: Element) -> frozenset[str]:
    """The words that may be names already: in what this program has written, and of what conditions
    name."""
    found = set[str]()
    for each in root.walk():
        if each.namespace == OWN:
            found.update(_WORDS.findall(each.text))
        elif each.name in _CONDITIONS:
            found.update(words_of(each.text))
    return frozenset(found)


def _depth(tree: Node) -> int:
    """How many levels of mappings and lists it has."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        inside: tuple[Node, ...] = ()
        if isinstance(each, Mapping):
            inside = tuple(pair.value for pair in each.pairs)
        elif isinstance(each, Sequence):
            inside = each.items
        waiting += [(part, depth + 1) for part in inside]
    return deepest


def _texts(tree: Node) -> frozenset[str]:
    """Every text in it, in one line each."""
    found, waiting = set[str](), [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Scalar):
            found.add(" ".join(each.text.split()))
        elif isinstance(each, Mapping):
            waiting += (pair.value for pair in each.pairs)
        elif isinstance(each, Sequence):
            waiting += each.items
    return frozenset(found)


def _files(process: Element) -> list[Element]:
    extension = process.child("extensionElements")
    return list(extension.all("file", namespace=OWN)) if extension is not None else []


def _comment(whose: str, text: str) -> str:
    lines = " ".join(f"{whose}: {text}".split())
    clean = "".join(each if each.isprintable() else " " for each in lines)
    return f"# {clean}\n"


def _language(root: Element) -> str:
    names = "".join(each.peek("name") for each in root.walk())
    return "zh" if _HAN.search(names) else "en"


# A file that was written as a pack


def _written(main: Scope, own: Element, context: Context) -> Mapping:
    """The pack, with what is drawn now."""
    processes = {
        each.own.get("process"): each
        for each in context.model.processes.values()
        if each.own is not None and each.own.name == "called"
    }
    context.called = {each.element.id: name for name, each in processes.items()}
    context.declared = filled(own, {})
    bodies = {
        name: renamed(
            filled(each.own, {"steps": made_node(items_of(each, context))}),
            called(each.element),
            context.language,
            name,
        )
        for name, each in processes.items()
        if each.own is not None
    }
    drawn: dict[str, Plain | None] = {"process": made_node(items_of(main, context))}
    drawn["processes"] = mapping(dict(bodies)) if bodies else None
    pack = _titled(filled(own, drawn), main, context)
    for section, prefix in (("roles", ROLE), ("messages", MESSAGE)):
        pack = _relabelled(pack, section, prefix, main, context)
    return _declared(pack, context)


def _titled(pack: Mapping, main: Scope, context: Context) -> Mapping:
    """With the title that the modeller gives it now."""
    pair, name = pack.pair("title"), called(main.element)
    if pair is None:
        return with_value(pack, "title", name) if name else pack
    return with_value(pack, "title", _called_now(pair.value, main.element, name, context))


def _relabelled(pack: Mapping, section: str, prefix: str, main: Scope, context: Context) -> Mapping:
    """With what is declared called as the modeller calls it now; of what is drawn no more it is
    told that it stays."""
    pair = pack.pair(section)
    declared = pair.value if pair is not None and isinstance(pair.value, Mapping) else mapping({})
    made = declared
    for each in declared.pairs:
        key = each.key.text
        element = context.model.declared.get(f"{prefix}{key}")
        if element is None:
            context.warn(main.element, "declared-left", section=section, name=key)
            continue
        now = _called_now(each.value, element, called(element), context, otherwise=key)
        made = with_value(made, key, now)
    return with_value(pack, section, made) if made.pairs else pack


def _called_now(
    label: Node, element: Element, name: str, context: Context, otherwise: str = ""
) -> Node:
    """A label, or what has one, with the name that it has in the drawing now."""
    if isinstance(label, Mapping):
        shown = shown_name(label, context.language, otherwise)
    else:
        shown = " ".join(label.text.split()) if isinstance(label, Scalar) else ""
    if not name or name == (shown or otherwise):
        if not name:
            context.warn(element, "name-kept", name=shown or otherwise)
        return label
    return renamed(label, name, context.language) if isinstance(label, Mapping) else made_node(name)


def _declared(pack: Mapping, context: Context) -> Mapping:
    """With what was added since and has to be declared."""
    sections: dict[str, dict[str, Plain]] = {
        "roles": dict(context.roles),
        "messages": {key: context.label(name) for key, name in context.messages.items()},
        "fields": _fields(context),
    }
    for section, entries in sections.items():
        pair = pack.pair(section)
        known = pair.value if pair is not None and isinstance(pair.value, Mapping) else mapping({})
        for key, value in entries.items():
            if known.pair(key) is None:
                known = with_value(known, key, value)
        if known.pairs and known is not (pair.value if pair else None):
            pack = with_value(pack, section, known)
    return pack


# A file of somebody else


def _made(main: Scope, slug: str, context: Context) -> Mapping:
    pool = context.model.pools.get(main.element.id)
    name = called(main.element) or (called(pool) if pool is not None else "")
    for key, each in context.model.processes.items():
        if each is not main and each.nodes:
            context.called[key] = context.names.name(called(each.element) or key, "process")
    used = calls_of(main) & set(context.called)
    items = items_of(main, context)
    processes = {}
    waiting = sorted(used)
    while waiting:
        key = waiting.pop(0)
        scope = context.model.processes[key]
        label = called(scope.element) or worded(PROCESS, context.language)
        steps = items_of(scope, context)
        processes[context.called[key]] = {**context.label(label), "steps": steps}
        new = sorted(calls_of(scope) & set(context.called) - used)
        used.update(new)
        waiting += new
    made: dict[str, Plain] = {
        "pack": slug or slug_of(name) or slug_of(main.element.id) or "imported-process",
        "version": _VERSION,
        "language": context.language,
        "title": name or worded(PROCESS, context.language),
    }
    starts = [_start(main, context)]
    made["roles"] = dict(context.roles)
    fields = _fields(context)
    if context.messages:
        made["messages"] = {key: context.label(name) for key, name in context.messages.items()}
    if fields:
        made["fields"] = fields
    made |= {"starts": starts, "process": items}
    if processes:
        made["processes"] = processes
    return mapping(made)


def _fields(context: Context) -> dict[str, Plain]:
    """The fields that had to be made."""
    flag = {"zh": "已发生", "en": "It came"}[context.language]
    flags = {each: {"type": "boolean", context.language: flag} for each in context.flags}
    return {**context.fields, **flags}


def _start(main: Scope, context: Context) -> Plain:
    """How cases begin, by the start event."""
    start = next((each for each in main.nodes.values() if each.kind == "startEvent"), None)
    label = start.name if start is not None else ""
    if start is not None and start.event in ("message", "signal"):
        says = caught(start, context) or {}
        return {"message": says.get("message", ""), **context.label(label)}
    if start is not None and start.event:
        context.refuse(start, "start-of-other", kind=start.event)
    role = start.role.split(",")[0] if start is not None else ""
    if role:
        context.roles.setdefault(role, context.model.roles.get(role, role))
    elif not context.roles:
        context.roles[WORKER] = {"zh": "办理人", "en": "Worker"}[context.language]
    by = role or next(iter(context.roles))
    name = context.names.name("begin", "begin")
    made: dict[str, Plain] = {"request": name, **context.label(label or _BEGIN[context.language])}
    made["by"] = by
    if asked := [each for each in context.asked if each in context.at_start]:
        made["form"] = asked
    return made
