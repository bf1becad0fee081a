"""Conditions of a file as FEEL."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from tuoban.kernel.bpmn.into.context import Context
from tuoban.kernel.bpmn.into.making import Plain
from tuoban.kernel.bpmn.into.model import FlowNode, SequenceFlow
from tuoban.kernel.bpmn.into.naming import is_fitting
from tuoban.kernel.bpmn.namespaces import FEELS, XPATH
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.expressions import ExpressionError, parse
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language.names import RESERVED

_DRESSED = re.compile(r"\s*(?:[$#]\{(?P<inner>.*)\}|=(?!=)(?P<feel>.*))\s*", re.DOTALL)
_TEXTS = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*')""")
_ALONE = re.compile(r"(?<![\w.])[^\W\d]\w*(?!\w|\s*[.(])")
"""A word that is no part of a path, and no function."""
_SIMPLE = (
    (r"(?:!(?!=)|\bnot\s)\s*([\w.]+)(?![\w.(])", r" not(\1)"),
    (r"!(?!=)\s*\(", " not("),
    (r"!==", "!="),
    (r"={2,3}", "="),
    (r"&&", " and "),
    (r"\|\|", " or "),
)
_NAME = r"(?!(?:and|or|in|between|if|then|else|instance|of|some|every|satisfies|not|for|return)\b)"
_SPACED = re.compile(rf"\b{_NAME}[^\W\d]\w*(?: +{_NAME}[^\W\d]\w*)+(?![\w(])")
"""A name of several words, as FEEL allows them."""


def condition_of(element: Element, at: FlowNode | SequenceFlow, context: Context) -> str:
    """The condition in FEEL; empty, and reported, where it is none."""
    text = element.text.strip()
    if not text:
        context.refuse(at, "condition-missing")
        return ""
    language = language_of(element, context)
    is_feel = is_called_feel(language)
    dressed = _DRESSED.fullmatch(text)
    if is_feel and dressed is None and (tree := _parsed(text)) is not None:
        return _declared(tree, element.text, at, context)
    plain = text
    if dressed is not None:
        plain = dressed["inner"] if dressed["inner"] is not None else dressed["feel"]
    plain = _outside_texts(_plainly, plain).strip()
    tree = _parsed(plain)
    if tree is None and is_feel:
        plain = _outside_texts(_in_one_word, plain)
        tree = _parsed(plain)
    if tree is None:
        said = f"{text} ({language})" if language else text
        context.refuse(at, "condition-not-feel", text=said)
        return ""
    if plain != text or not is_feel:
        context.warn(at, "condition-read", text=text, feel=plain)
    return _declared(tree, plain, at, context)


def language_of(element: Element, context: Context) -> str:
    """The language of an expression; empty where nobody has chosen one."""
    return element.get("language") or _of_file(context)


def is_called_feel(language: str) -> bool:
    """Whether a language is FEEL, or none is said."""
    return not language or language in FEELS or language.lower() in FEELS


def lasting_condition_of(element: Element, at: FlowNode, context: Context) -> str:
    """The same, where no step stands right before it: the start asks what it names."""
    condition = condition_of(element, at, context)
    context.at_start.update(asked_in(condition, context))
    return condition


def words_of(condition: str) -> list[str]:
    """The words in a condition, as it stands in the file, that may be the names of fields."""
    return [word for part in _TEXTS.split(condition)[::2] for word in _ALONE.findall(part)]


def asked_in(condition: str, context: Context) -> list[str]:
    """The fields in a condition that people have to be asked for."""
    tree = _parsed(condition)
    named = [name for name, _ in _named(tree)] if tree is not None else []
    return [each for each in dict.fromkeys(named) if each in context.asked]


def _of_file(context: Context) -> str:
    """The language of conditions that say none, where the file names one. What most tools write,
    XPath, is the standard's own word for that nobody chose one."""
    said = context.model.expressions
    return "" if said == XPATH else said


def _plainly(text: str) -> str:
    for pattern, written in _SIMPLE:
        text = re.sub(pattern, written, text)
    return re.sub(r"\s+", " ", text)


def _in_one_word(text: str) -> str:
    """With names of several words written as one."""
    return _SPACED.sub(lambda found: re.sub(" +", "_", found[0]), text)


def _outside_texts(change: Callable[[str], str], condition: str) -> str:
    """The condition, changed where no text stands in it; texts stand between double quotes."""
    parts = _TEXTS.split(condition)
    parts[::2] = [change(each) for each in parts[::2]]
    parts[1::2] = [
        f'"{each[1:-1]}"' if each[0] == "'" and '"' not in each else each for each in parts[1::2]
    ]
    return "".join(parts)


def _parsed(text: str) -> s.Node | None:
    try:
        return parse(text)
    except ExpressionError:
        return None


def _declared(tree: s.Node, condition: str, at: FlowNode | SequenceFlow, context: Context) -> str:
    """The condition; the fields that it names and nobody has are declared, of the type it takes
    them for, and are called otherwise in it where packs know no such name."""
    if context.declared is not None:
        return condition
    for said, type_ in _named(tree):
        name = _called(said, at, context)
        if name != said:
            spelt = r"\s*\.\s*".join(re.escape(each) for each in said.split("."))
            whole = re.compile(rf"(?<![\w.]){spelt}(?!\w|\s*\.)")
            condition = _outside_texts(partial(whole.sub, name), condition)
        if name in context.fields or name in context.flags:
            continue
        declared: dict[str, Plain] = {"type": type_, **context.label(said)}
        context.fields[name] = declared
        context.asked.append(name)
        context.warn(at, "field-made", name=name, type=type_)
    return condition


def _called(said: str, at: FlowNode | SequenceFlow, context: Context) -> str:
    """What packs may call what a condition names; what is a path for others is one field."""
    if is_fitting(said) and said not in RESERVED:
        return said
    if said not in context.renamed:
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", said)
        context.renamed[said] = context.names.name(spaced, "field")
        context.warn(at, "field-renamed", said=said, name=context.renamed[said])
    return context.renamed[said]


def _named(tree: s.Node) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    within = set[str]()
    """What the expression itself names."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, s.Iteration | s.Parameter):
            within.add(node.name)
        if isinstance(node, s.Comparison):
            sides = [node.left, node.right]
            for one, other in (sides, sides[::-1]):
                if path := _path(one):
                    found.append((path, _type_of(other)))
                else:
                    waiting.append(one)
            continue
        if path := _path(node):
            found.append((path, "boolean"))
        elif isinstance(node, s.Call) and node.function == s.Name("not"):
            waiting += node.arguments
        elif isinstance(node, s.Call):
            waiting += [each for each in s.children(node) if not isinstance(each, s.Name)]
        else:
            waiting += s.children(node)
    return [each for each in found if each[0].partition(".")[0] not in within]


def _path(node: s.Node) -> str:
    """A name, or names one inside the other with points between them; empty where it is neither."""
    if isinstance(node, s.Name):
        return node.name
    if isinstance(node, s.Path) and (inside := _path(node.source)):
        return f"{inside}.{node.name}"
    return ""


def _type_of(node: s.Node) -> str:
    if isinstance(node, s.Boolean):
        return "boolean"
    return "text" if isinstance(node, s.Text | s.Null) else "number"
