"""Reading patterns: the regular expressions of XPath, which are those of XML Schema with anchors,
reluctant quantifiers, capturing groups and back-references."""

import re

from tuoban.kernel.expressions.patterns.characters import single
from tuoban.kernel.expressions.patterns.classes import ClassReader
from tuoban.kernel.expressions.patterns.escapes import ANY, NOT_LINE_END
from tuoban.kernel.expressions.patterns.flags import Flags
from tuoban.kernel.expressions.patterns.limits import (
    MAX_COUNT,
    MAX_GROUPS,
    MAX_PATTERN,
    PatternError,
    PatternTooLarge,
)
from tuoban.kernel.expressions.patterns.tree import (
    Anchor,
    BackReference,
    Choice,
    Group,
    Node,
    One,
    Repeat,
    Series,
    Tree,
)

_COUNTS = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_SIGNS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_NOT_PLAIN = frozenset("?*+{})]|")


def read_pattern(text: str, flags: Flags) -> Tree:
    """The tree of a pattern; raises `PatternError` and `PatternTooLarge`."""
    if len(text) > MAX_PATTERN:
        raise PatternTooLarge
    if flags.quoted:
        plain = tuple(One(single(ord(one), blind=flags.blind)) for one in text)
        return Tree(Series(plain), 0, flags.blind, has_back_references=False)
    return _Reader(_without_space(text) if flags.spaced else text, flags).whole()


def _without_space(text: str) -> str:
    """`text` without the white space outside of classes."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for one in text:
        if depth == 0 and one in " \t\n\r":
            continue
        kept.append(one)
        if not escaped:
            depth += (one == "[") - (one == "]")
        escaped = one == "\\" and not escaped
    return "".join(kept)


class _Reader(ClassReader):
    """Goes through the text from left to right; a method for each rule of the grammar."""

    def __init__(self, text: str, flags: Flags) -> None:
        super().__init__(text, blind=flags.blind)
        self.any = ANY if flags.dot_all else NOT_LINE_END
        self.anchors = _anchors(multiline=flags.multiline)
        self.opened = 0
        self.closed: set[int] = set()
        self.has_back_references = False

    def whole(self) -> Tree:
        root = self.choice()
        if self.more:
            raise PatternError(self.text)
        return Tree(root, self.opened, self.blind, self.has_back_references)

    def choice(self) -> Node:
        branches = [self.series()]
        while self.accept("|"):
            branches.append(self.series())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def series(self) -> Node:
        parts: list[Node] = []
        while self.more and not self.sees("|") and not self.sees(")"):
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Series(tuple(parts))

    def repeated(self, body: Node) -> Node:
        counts = self.counts()
        if counts is None:
            return body
        return Repeat(body, *counts, reluctant=self.accept("?"))

    def counts(self) -> tuple[int, int | None] | None:
        """The least and the largest number of a quantifier, if there is one here."""
        for sign, counts in _SIGNS.items():
            if self.accept(sign):
                return counts
        if not self.sees("{"):
            return None
        written = _COUNTS.match(self.text, self.at)
        if written is None:
            raise PatternError(self.text)
        self.at = written.end()
        least = int(written[1])
        most = (int(written[3]) if written[3] else None) if written[2] else least
        if most is not None and least > most:
            raise PatternError(self.text)
        if max(least, most or 0) > MAX_COUNT:
            raise PatternTooLarge
        return least, most

    def atom(self) -> Node:
        character = self.next()
        if character in self.anchors:
            return self.anchors[character]
        if character == "(":
            return self.group()
        if character == "[":
            return One(self.character_class())
        if character == ".":
            return One(self.any)
        if character == "\\":
            return self.escape()
        if character in _NOT_PLAIN:
            raise PatternError(self.text)
        return One(self.single(character))

    def group(self) -> Node:
        self.deeper()
        if self.accept("?"):
            self.expect(":")
            body = self.choice()
        else:
            self.opened += 1
            if self.opened > MAX_GROUPS:
                raise PatternTooLarge
            number = self.opened
            body = Group(number, self.choice())
            self.closed.add(number)
        self.expect(")")
        self.depth -= 1
        return body

    def escape(self) -> Node:
        if self.more and self.text[self.at] in "123456789":
            return self.back_reference()
        return One(self.escaped_set())

    def back_reference(self) -> Node:
        """As many digits as make the number of a group that has been opened."""
        number = int(self.next())
        while self.more and self.text[self.at] in "0123456789":
            longer = number * 10 + int(self.text[self.at])
            if longer > self.opened:
                break
            number = longer
            self.at += 1
        if number not in self.closed:
            raise PatternError(self.text)
        self.has_back_references = True
        return BackReference(number)


def _anchors(*, multiline: bool) -> dict[str, Anchor]:
    if multiline:
        return {"^": Anchor("line start"), "$": Anchor("line end")}
    return {"^": Anchor("start"), "$": Anchor("end")}
