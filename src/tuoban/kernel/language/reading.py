"""Reading helpers: a node as the kind of thing its place asks for, or a problem.

Each `as_...` function answers None where the node is absent or was reported; a caller goes on with
None, so that one mistake is reported once and the rest of the file is still read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal

from tuoban.kernel.language import full_width
from tuoban.kernel.language.meant import is_misspelt, meant
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import Mapping, Node, Pair, Place, Scalar, Sequence, Unread

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_KINDS = {Scalar: "@text", Sequence: "@list", Mapping: "@mapping"}


def kind_of(node: Node) -> str:
    """The word for what a node is, for the fact `found`."""
    if isinstance(node, Scalar) and node.is_empty:
        return "@nothing"
    return _KINDS.get(type(node), "@nothing")


def expected(node: Node, findings: Findings, what: str) -> None:
    """Report that `what` (words of `texts.WORDS`) should stand here."""
    if isinstance(node, Scalar) and findings.add_found(full_width.opening(node)):
        return
    if not isinstance(node, Unread):
        findings.add(node, "unexpected-kind", found=kind_of(node), expected=what)


def as_mapping(node: Node | None, findings: Findings, what: str = "@mapping") -> Mapping | None:
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and "：" in node.text and not node.quoted:
        findings.add(node.at(node.text.index("：")), "full-width-colon")
    elif node is not None:
        expected(node, findings, what)
    return None


def as_items(node: Node | None, findings: Findings, what: str = "@list") -> tuple[Node, ...]:
    """The items of a list that holds at least one."""
    if isinstance(node, Sequence):
        if not node.items:
            findings.add(node, "empty-list")
        return node.items
    if node is not None:
        expected(node, findings, what)
    return ()


def as_one_or_more(node: Node | None, findings: Findings) -> tuple[Node, ...]:
    """The items of a list, or the one thing that stands in its place."""
    return (node,) if isinstance(node, Scalar | Mapping) else as_items(node, findings)


def as_text(node: Node | None, findings: Findings, what: str = "@text") -> Scalar | None:
    """A text that is not blank."""
    if isinstance(node, Scalar) and node.text.strip():
        return node
    if isinstance(node, Scalar) and node.quoted:
        findings.add(node, "blank-text", expected=what)
    elif node is not None:
        expected(node, findings, what)
    return None


def as_word(
    node: Node | None, findings: Findings, words: Iterable[str], what: str = "@text"
) -> str | None:
    """One of a few words of the language."""
    scalar = as_text(node, findings, what)
    if scalar is None:
        return None
    known = tuple(words)
    if scalar.text in known:
        return scalar.text
    if findings.add_found(full_width.in_name(scalar)):
        return None
    findings.add(
        scalar,
        "unknown-word",
        word=scalar.text,
        known=", ".join(known),
        nearest=meant(scalar.text, known) or findings.nearest(scalar.text, known),
    )
    return None


def as_boolean(node: Node | None, findings: Findings) -> bool:
    """`true` or `false`; False where nothing is written."""
    return as_word(node, findings, ("true", "false"), "@boolean") == "true"


def as_number(node: Node | None, findings: Findings) -> Decimal | None:
    """A plain decimal number of up to 15 digits."""
    scalar = as_text(node, findings, "@number")
    if scalar is None:
        return None
    if not _NUMBER.fullmatch(scalar.text):
        findings.add(scalar, "not-a-number", text=scalar.text)
        return None
    return Decimal(scalar.text)


def as_count(node: Node | None, findings: Findings) -> int | None:
    """A whole number of at least 1."""
    number = as_number(node, findings)
    if node is None or number is None:
        return None
    if number < 1 or number != number.to_integral_value():
        findings.add(node, "not-a-count")
        return None
    return int(number)


class Properties:
    """The keys of one mapping, read by name. Keys that its place does not know are reported.

    Args:
        known: the keys that may stand here.
        later: words of the language that are not carried out yet.
        may_be_empty: keys that need no value.
    """

    def __init__(
        self,
        mapping: Mapping,
        findings: Findings,
        known: Iterable[str],
        later: Iterable[str] = (),
        may_be_empty: Iterable[str] = (),
    ) -> None:
        self.mapping = mapping
        self._findings = findings
        self._pairs: dict[str, Pair] = {}
        keys, unready, optional = tuple(known), frozenset(later), frozenset(may_be_empty)
        for each in mapping.pairs:
            key, value = each.key, each.value
            if key.text in keys:
                if isinstance(value, Scalar) and value.is_empty and key.text not in optional:
                    findings.add(key, "value-missing", key=key.text)
                    value = Unread(value.place)
                self._pairs[key.text] = Pair(key, value)
            elif key.text in unready:
                findings.add(key, "not-supported-yet", word=key.text)
            elif not findings.add_found(full_width.in_name(key)):
                self._unknown(each, keys, unready)

    def _unknown(self, pair: Pair, keys: Collection[str], unready: Collection[str]) -> None:
        """Report a key that may not stand here; one that surely means another is read as that, so
        that what it says is not missed elsewhere."""
        key, findings = pair.key, self._findings
        synonym = meant(key.text, keys)
        nearest = synonym or findings.nearest(key.text, (*keys, *unready))
        facts = {"key": key.text, "known": ", ".join(keys), "nearest": nearest}
        findings.add(key, "unknown-key", **facts)
        is_free = nearest in keys and self.mapping.pair(nearest) is None
        if is_free and (synonym or is_misspelt(key.text, nearest)):
            self._pairs[nearest] = pair

    @property
    def place(self) -> Place:
        return self.mapping.place

    @property
    def written(self) -> bool:
        """Whether any key that may stand here is written."""
        return bool(self._pairs)

    def __contains__(self, key: str) -> bool:
        return key in self._pairs

    def get(self, key: str) -> Node | None:
        """The value of a key, None where the key is not written."""
        pair = self._pairs.get(key)
        return pair.value if pair else None

    def key(self, key: str) -> Scalar:
        """The key itself, which must be written."""
        return self._pairs[key].key

    def need(self, key: str) -> Node | None:
        """The value of a key that must be written."""
        if key not in self._pairs:
            self._findings.add(self.place, "key-missing", key=key)
        return self.get(key)

    def forbid(self, key: str, beside: str) -> None:
        """Report `key` if both are written: they exclude one another."""
        if key in self._pairs and beside in self._pairs:
            self._findings.add(self.key(key), "not-together", key=key, other=beside)
