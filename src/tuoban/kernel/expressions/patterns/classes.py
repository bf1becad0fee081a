"""Reading the parts of a pattern that stand for one character: classes and escapes."""

from dataclasses import replace

from tuoban.kernel.expressions.patterns.characters import Characters, single, span, union
from tuoban.kernel.expressions.patterns.escapes import NAMED, PLAIN, by_property
from tuoban.kernel.expressions.patterns.limits import (
    MAX_NESTING,
    PatternError,
    PatternTooLarge,
)


class ClassReader:
    """A place in the text of a pattern; raises `PatternError` where something else is due."""

    def __init__(self, text: str, *, blind: bool) -> None:
        self.text = text
        self.blind = blind
        self.at = 0
        self.depth = 0

    # Words

    @property
    def more(self) -> bool:
        return self.at < len(self.text)

    def sees(self, expected: str) -> bool:
        return self.text.startswith(expected, self.at)

    def accept(self, expected: str) -> bool:
        """Go past `expected`, if it stands here."""
        found = self.sees(expected)
        self.at += len(expected) if found else 0
        return found

    def expect(self, expected: str) -> None:
        if not self.accept(expected):
            raise PatternError(self.text)

    def next(self) -> str:
        if not self.more:
            raise PatternError(self.text)
        self.at += 1
        return self.text[self.at - 1]

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise PatternTooLarge

    # Classes

    def single(self, character: str) -> Characters:
        return single(ord(character), blind=self.blind)

    def character_class(self) -> Characters:
        """What follows `[`: members, perhaps `-[...]` with what is taken away, and `]`."""
        self.deeper()
        negated = self.accept("^")
        members = [self.member(first=True)]
        minus = None
        while minus is None and not self.sees("]"):
            if self.accept("-["):
                minus = self.character_class()
            else:
                members.append(self.member(first=False))
        self.expect("]")
        self.depth -= 1
        return replace(union(members), negated=negated, minus=minus)

    def member(self, *, first: bool) -> Characters:
        """A character, a range of them, or an escape that stands for several."""
        character = self.next()
        if character == "-":
            if first or self.sees("]") or self.sees("-["):
                return self.single(character)
            raise PatternError(self.text)
        if character == "\\" and not self.sees_plain_escape():
            return self.escaped_set()
        low = self.end_of_range(character)
        if not self.sees("-") or self.sees("-]") or self.sees("-["):
            return self.single(low)
        self.at += 1
        high = self.end_of_range(self.next())
        if low > high:
            raise PatternError(self.text)
        return span(ord(low), ord(high), blind=self.blind)

    def end_of_range(self, character: str) -> str:
        if character == "\\" and self.sees_plain_escape():
            return PLAIN[self.next()]
        if character in "\\[]-":
            raise PatternError(self.text)
        return character

    # Escapes

    def sees_plain_escape(self) -> bool:
        return self.more and self.text[self.at] in PLAIN

    def escaped_set(self) -> Characters:
        """What follows a backslash, as a set of characters."""
        letter = self.next()
        if letter in PLAIN:
            return self.single(PLAIN[letter])
        if letter in NAMED:
            return NAMED[letter]
        if letter in "pP":
            return self.property_set(negated=letter == "P")
        raise PatternError(self.text)

    def property_set(self, *, negated: bool) -> Characters:
        self.expect("{")
        name, closed, _ = self.text[self.at :].partition("}")
        found = by_property(name, negated=negated) if closed else None
        if found is None:
            raise PatternError(self.text)
        self.at += len(name) + 1
        return found
