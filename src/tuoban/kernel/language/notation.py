"""The notation: YAML 1.2 cut down to what a pack needs, read into our own small tree.

Every plain value stays text. Anchors, aliases, tags, directives, duplicate keys, tabs, control
characters, several documents, large files and deep nesting are problems, not features.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tuoban.kernel.language import full_width
from tuoban.kernel.language.problems import Findings, PackProblem
from tuoban.kernel.language.tree import START, Mapping, Node, Pair, Place, Scalar, Sequence, Unread

MAX_BYTES = 256 * 1024
MAX_DEPTH = 50
_KEPT = 32
"""Texts whose trees are kept: a pack is read when it is checked, again when it is published, and
for each of its scenarios, and the scanner takes most of the time of compiling."""

# Characters that nobody sees. U+0085, U+2028 and U+2029, moreover, break lines for the scanner and
# not for editors, so that places would lie.
UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u200a\u200c\u200d\u2010-\u2027\u202f-\u205f\u206a-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

_ODD_SPACE = re.compile("[ ]*[\xa0\u2000-\u200a\u202f\u205f\u3000](?!\\s*(?:#|$))")
_CROWDED = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+):(?=[^\s:/])")
_DASHED = re.compile(r"\s*-\w")

# What the scanner says (its context and problem), and our code for it.
_SYNTAX = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"mapping values are not allowed", "yaml-colon"),
        (r"could not find expected ':'", "yaml-colon-missing"),
        (r"sequence entries are not allowed", "yaml-dash"),
        (r"quoted scalar.*unexpected (end of stream|document separator)", "yaml-quote"),
        (r"unknown escape|escape sequence", "yaml-escape"),
        (r"flow (sequence|mapping|node)", "yaml-bracket"),
        (r"cannot start any token|alphabetic or numeric|(alias|anchor|tag)", "yaml-character"),
        (r"block scalar", "yaml-block-text"),
        (r"block (collection|mapping|end|node)", "yaml-indent"),
    )
)


class _Stop(Exception):
    """Reading cannot go on; the reason is reported already."""


def read(text: str, findings: Findings) -> Node | None:
    """The tree of `text`, or None where it holds nothing or cannot be read at all."""
    tree, problems = _read(text)
    for each in problems:
        findings.add(Place(each.line, each.column), each.code, **each.facts)
    return tree


@lru_cache(_KEPT)
def _read(text: str) -> tuple[Node | None, tuple[PackProblem, ...]]:
    """The tree, which never changes, and what is wrong with the text."""
    findings = Findings("")
    return _tree(text, findings), findings.problems


def _tree(text: str, findings: Findings) -> Node | None:
    readable = _check_characters(text.removeprefix("\ufeff"), findings)
    if readable is None:
        return None
    try:
        return _Builder(readable, findings).document()
    except _Stop:
        return None
    except MarkedYAMLError as error:
        findings.add_found(_explain(error, _lines(readable)))
    except (YAMLError, ValueError, ArithmeticError, LookupError):
        # The scanner falls over a few texts (an escape beyond Unicode, a huge version number)
        # instead of reporting them; it does not say where.
        findings.add(START, "yaml-syntax")
    return None


def _check_characters(text: str, findings: Findings) -> str | None:
    """The text with its tabs made spaces, or None if it is not fit to be parsed."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        findings.add(START, "file-too-large", size=str(size), limit=str(MAX_BYTES))
        return None
    fit = True
    for number, line in enumerate(_lines(text), start=1):
        unfit = UNFIT.search(line)
        if unfit:
            fit = False
            place = Place(number, unfit.start() + 1)
            findings.add(place, "bad-character", character=f"U+{ord(unfit.group()):04X}")
        tab = line.find("\t")
        if tab >= 0:
            # A tab between words is read as a space; one that indents could mean anything.
            fit = fit and bool(line[:tab].strip())
            findings.add(Place(number, tab + 1), "tab")
        odd = _ODD_SPACE.match(line)
        if odd:
            fit = False
            findings.add(Place(number, odd.end()), "odd-space")
    return text.replace("\t", " ") if fit else None


def _explain(error: MarkedYAMLError, lines: list[str]) -> full_width.Found:
    said = f"{error.context} {error.problem}"
    code = next((code for pattern, code in _SYNTAX if pattern.search(said)), "yaml-syntax")
    # An unclosed quote or bracket is best looked for where it was opened.
    opened = code in ("yaml-quote", "yaml-bracket") and error.context_mark is not None
    mark = error.context_mark if opened else error.problem_mark
    place = _place(mark) if mark is not None else START
    # What began, and where it went wrong; a line is often understood only with the next one.
    began = place._replace(column=1)
    if code in ("yaml-bracket", "yaml-colon-missing") and error.context_mark is not None:
        began = _place(error.context_mark)
    ended = _place(error.problem_mark) if error.problem_mark is not None else place
    above = Place(max(place.line - 1, 1), 1)
    return (
        full_width.in_lines(lines, began, ended)
        or (full_width.in_lines(lines, above, above) if code == "yaml-colon" else None)
        or _written_close(lines, place, code)
        or (_open_quote(lines, place) if code == "yaml-bracket" else None)
        or (place, code, {})
    )


def _written_close(lines: list[str], place: Place, code: str) -> full_width.Found | None:
    """A colon or a dash without the space behind it, in the line or in the one above."""
    here = [number for number in (place.line - 1, place.line) if 0 < number <= len(lines)]
    for number in here if code in ("yaml-colon", "yaml-colon-missing") else ():
        match = _CROWDED.match(lines[number - 1])
        if match is not None:
            return Place(number, match.end()), "space-after-colon", {"key": match["key"]}
    for number in here if code in ("yaml-indent", "yaml-colon") else ():
        match = _DASHED.match(lines[number - 1])
        if match is not None:
            return Place(number, match.end() - 1), "space-after-dash", {}
    return None


def _open_quote(lines: list[str], place: Place) -> full_width.Found | None:
    """The quotation mark in a line that nothing closes."""
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    is_open = line.replace('\\"', "").count('"') % 2 == 1
    return (Place(place.line, line.rindex('"') + 1), "yaml-quote", {}) if is_open else None


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


class _Builder:
    """Builds the tree from the parser's events; it stops at the depth limit, so it may recurse."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self._findings = findings
        self._lines = _lines(text)

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if type(event).__name__ != "DocumentStartEvent":
                continue
            if root is not None:
                self._findings.add(_place(event.start_mark), "second-document")
                raise _Stop
            if event.version or event.tags:
                self._findings.add(START, "directive")
            root = self._node(next(self._events), 1)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        place = _place(event.start_mark)
        if depth > MAX_DEPTH:
            self._findings.add(place, "too-deep", limit=str(MAX_DEPTH))
            raise _Stop
        kind = type(event).__name__
        if kind == "AliasEvent":
            self._findings.add(place, "alias", name=str(event.anchor))
            return Unread(place)
        if event.anchor is not None:
            self._findings.add(place, "anchor", name=str(event.anchor))
        if event.tag is not None:
            self._findings.add(place, "tag", name=str(event.tag))
        if kind == "ScalarEvent":
            return _scalar(event, place, self._lines)
        if kind == "SequenceStartEvent":
            return Sequence(place, tuple(self._items("SequenceEndEvent", depth)))
        return self._mapping(event, place, depth)

    def _items(self, end: str, depth: int) -> Iterator[Node]:
        for event in self._events:
            if type(event).__name__ == end:
                return
            yield self._node(event, depth + 1)

    def _mapping(self, start: Any, place: Place, depth: int) -> Mapping:
        pairs: dict[str, Pair] = {}
        nodes = self._items("MappingEndEvent", depth)
        for key in nodes:
            value = next(nodes)
            if not isinstance(key, Scalar):
                self._findings.add(key.place, "key-not-text")
            elif key.text in pairs:
                first = pairs[key.text].key.place
                begins = key.text == next(iter(pairs)) and not start.flow_style
                code = "duplicate-first-key" if begins else "duplicate-key"
                self._findings.add(key.place, code, key=key.text, line=str(first.line))
            elif start.flow_style and isinstance(value, Scalar) and value.is_empty:
                self._without_value(key, pairs)
            else:
                pairs[key.text] = Pair(key, value)
        return Mapping(place, tuple(pairs.values()))

    def _without_value(self, key: Scalar, pairs: dict[str, Pair]) -> None:
        last = next(reversed(pairs.values()), None)
        before = last.value if last is not None and isinstance(last.value, Scalar) else None
        name, colon, _ = key.text.replace(full_width.COLON, ":").partition(":")
        is_crowded = bool(colon) and full_width.COLON not in key.text and not key.quoted
        if is_crowded:
            self._findings.add(key.at(len(name)), "space-after-colon", key=name)
        elif not self._findings.add_found(full_width.in_braces(before, key)):
            self._findings.add(key.place, "value-missing-in-braces", key=key.text)
        if colon:
            pairs.setdefault(name, Pair(Scalar(key.place, name), Unread(key.place)))
        else:
            _cut_short(pairs)


def _cut_short(pairs: dict[str, Pair]) -> None:
    """A key without a value is mostly the rest of the value before it, cut off by a comma."""
    if pairs:
        name, pair = pairs.popitem()
        pairs[name] = Pair(pair.key, Unread(pair.value.place))


def _lines(text: str) -> list[str]:
    return re.split("\r\n|\n|\r", text)


def _scalar(event: Any, place: Place, lines: list[str]) -> Scalar:
    if event.style == "|":
        return Scalar(place, event.value, quoted=True, indent=_indent(event.value, place, lines))
    written = event.end_mark.index - event.start_mark.index
    quotes = 1 if event.style in ("'", '"') else 0
    verbatim = written == len(event.value) + 2 * quotes
    return Scalar(place, event.value, bool(event.style), quotes if verbatim else None)


def _indent(text: str, place: Place, lines: list[str]) -> int:
    """How far the lines of a literal block, which follow on that of `place`, are indented."""
    for below, line in enumerate(text.split("\n")):
        if line:
            return len(lines[place.line + below]) - len(line)
    return 0
