"""Conditions of a file as FEEL."""

from __future__ import annotations

import re

from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.making import Plain
from tuoban.kernel.bpmn.into.model import FlowNode, SequenceFlow
from tuoban.kernel.bpmn.namespaces import FEELS
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.expressions import ExpressionError, parse
from tuoban.kernel.expressions import syntax as s

_DRESSED = re.compile(r"\s*(?:[$#]\{(?P<inner>.*)\}|=(?!=)(?P<feel>.*))\s*", re.DOTALL)
_SIMPLE = ((r"==", "="), (r"&&", " and "), (r"\|\|", " or "), (r"!(?!=)", " not "))


def condition_of(element: Element, at: FlowNode | SequenceFlow, context: Context) -> str:
    """The condition in FEEL; empty, and reported, where it is none."""
    text = element.text.strip()
    language = element.get("language")
    is_feel = not language or language in FEELS or language.lower() in FEELS
    dressed = _DRESSED.fullmatch(text)
    if is_feel and dressed is None and (tree := _parsed(text)) is not None:
        _declare(tree, at, context)
        return element.text
    plain = text
    if dressed is not None:
        plain = dressed["inner"] if dressed["inner"] is not None else dressed["feel"]
    for pattern, written in _SIMPLE:
        plain = re.sub(pattern, written, plain)
    plain = re.sub(r"'([^'\"]*)'", r'"\1"', " ".join(plain.split()))
    tree = _parsed(plain)
    if tree is None:
        context.refuse(at, "condition-not-feel", text=text, language=language or "-")
        return ""
    if not is_feel or dressed is not None:
        context.warn(at, "condition-read", text=text, feel=plain)
    _declare(tree, at, context)
    return plain


def _parsed(text: str) -> s.Node | None:
    try:
        return parse(text)
    except ExpressionError:
        return None


def _declare(tree: s.Node, at: FlowNode | SequenceFlow, context: Context) -> None:
    """Declare the fields that a condition names and nobody has, of the type it takes them for."""
    if context.declared is not None:
        return
    for name, type_ in _named(tree):
        if name in context.fields or name in context.flags:
            continue
        declared: dict[str, Plain] = {"type": type_, **context.label(name)}
        context.fields[name] = declared
        context.asked.append(name)
        context.warn(at, "field-made", name=name, type=type_)


def _named(tree: s.Node) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, s.Comparison):
            sides = [node.left, node.right]
            for one, other in (sides, sides[::-1]):
                if isinstance(one, s.Name):
                    found.append((one.name, _type_of(other)))
                else:
                    waiting.append(one)
            continue
        if isinstance(node, s.Name):
            found.append((node.name, "boolean"))
        elif isinstance(node, s.Call):
            waiting += [each for each in s.children(node) if not isinstance(each, s.Name)]
        else:
            waiting += s.children(node)
    return found


def _type_of(node: s.Node) -> str:
    if isinstance(node, s.Boolean):
        return "boolean"
    return "text" if isinstance(node, s.Text | s.Null) else "number"
