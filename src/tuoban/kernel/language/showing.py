"""A pack's tree as text again: what a variant amounts to, with its bases merged into it.

The text reads as the same pack; comments, and the way in which values were quoted, are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup

from tuoban.kernel.language.tree import START, Mapping, Node, Pair, Scalar, Sequence

_WIDTH = 100
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^\n:#]|:(?=\S)|(?<=\S)#)*")
_NOT_IN_BRACES = re.compile(r"[,\[\]{}]|:[,\[\]{}]")


def show(tree: Mapping) -> str:
    """The text of a pack, a section a paragraph of its own lines."""
    return "".join(f"{line}\n" for line in _mapping(tree, 0, at_top=True))


def show_translations(translations: Lookup[str, str]) -> str:
    """The text of the file beside a pack that maps its texts to the other language."""
    pairs = (Pair(Scalar(START, one), Scalar(START, other)) for one, other in translations.items())
    return show(Mapping(START, tuple(pairs)))


def show_part(node: Node) -> str:
    """The text of a part of a pack, which reads as the same part."""
    short = _in_braces(node)
    if short is not None and len(short) <= _WIDTH:
        return short
    lines = _mapping(node, 0) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence):
        lines = _sequence(node, 0)
    return short or "" if lines is None else "".join(f"{line}\n" for line in lines)


def _mapping(node: Mapping, indent: int, *, at_top: bool = False) -> Iterator[str]:
    for pair in node.pairs:
        yield from _entry(f"{' ' * indent}{_scalar(pair.key)}:", pair.value, indent, at_top=at_top)


def _entry(key: str, node: Node, indent: int, *, at_top: bool) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield from _text(key, node, indent)
        return
    short = _in_braces(node)
    is_list = at_top and isinstance(node, Mapping | Sequence) and len(_inside(node)) > 1
    if short is not None and len(key) + 1 + len(short) <= _WIDTH and not is_list:
        yield f"{key} {short}"
        return
    yield key
    if isinstance(node, Mapping):
        yield from _mapping(node, indent + 2)
    elif isinstance(node, Sequence):
        yield from _sequence(node, indent + 2)


def _sequence(node: Sequence, indent: int) -> Iterator[str]:
    for item in node.items:
        dash = f"{' ' * indent}- "
        short = _in_braces(item)
        if short is not None and (
            len(dash) + len(short) <= _WIDTH or not isinstance(item, Mapping | Sequence)
        ):
            yield f"{dash}{short}"
            continue
        below = _mapping if isinstance(item, Mapping) else _sequence
        lines = below(item, indent + 2)  # type: ignore[arg-type]
        yield dash + next(lines).lstrip(" ")
        yield from lines


def _text(key: str, scalar: Scalar, indent: int) -> Iterator[str]:
    text = scalar.text
    if scalar.is_empty:
        yield key
    elif "\n" not in text or text[0].isspace():
        yield f"{key} {_scalar(scalar)}"
    else:
        kept = len(text) - len(text.rstrip("\n"))
        yield f"{key} |{'-' if kept == 0 else '' if kept == 1 else '+'}"
        for line in text.removesuffix("\n").split("\n"):
            yield f"{' ' * (indent + 2)}{line}" if line else ""


def _in_braces(node: Node) -> str | None:
    """The node on one line; None where it cannot stand there."""
    if isinstance(node, Scalar):
        return None if node.is_empty else _scalar(node, in_braces=True)
    parts = []
    if isinstance(node, Mapping):
        for pair in node.pairs:
            value = _in_braces(pair.value)
            if value is None:
                return None
            parts.append(f"{_scalar(pair.key, in_braces=True)}: {value}")
        return f"{{{', '.join(parts)}}}"
    if isinstance(node, Sequence):
        for item in node.items:
            value = _in_braces(item)
            if value is None:
                return None
            parts.append(value)
        return f"[{', '.join(parts)}]"
    return None


def _scalar(scalar: Scalar, *, in_braces: bool = False) -> str:
    text = scalar.text
    is_plain = _PLAIN.fullmatch(text) and text == text.strip() and not text.endswith(":")
    if is_plain and not (in_braces and _NOT_IN_BRACES.search(text)):
        return text
    if "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _inside(node: Mapping | Sequence) -> tuple[object, ...]:
    return node.pairs if isinstance(node, Mapping) else node.items
