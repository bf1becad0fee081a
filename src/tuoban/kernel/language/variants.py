"""A variant: what a pack says of its own, merged into the pack that it `extends`.

Trees are merged before any section is read, and every part keeps the place where it is written. So
a problem is told in the file in which its text stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from tuoban.kernel.language.changes import apply_changes
from tuoban.kernel.language.header import DEFAULT_LANGUAGE
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_mapping
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence, is_empty_list

OWN = ("pack", "version")
"""What a variant says for itself alone."""
REPLACED = ("title", "currency", "rests-on")
"""Sections that are taken whole."""
KEYED = ("case", "every-step", "cancel")
"""Sections of which each key is taken whole; in all others each entry is merged by its name."""


def merge(base: Mapping, variant: Mapping, findings: Findings) -> Mapping:
    """The pack that a variant is: its base, changed. It extends nothing any more."""
    sections = {pair.key.text: pair for pair in base.pairs if pair.key.text not in OWN}
    for pair in variant.pairs:
        word = pair.key.text
        if word in ("extends", "changes"):
            continue
        section = sections.get(word)
        if word == "language":
            _check_language(section, pair, findings)
        elif word == "process":
            findings.add(pair.key, "not-together", key=word, other="extends")
        else:
            sections[word] = pair if section is None else _section(section, pair, findings)
    own = [sections.pop(word) for word in OWN if word in sections]
    whole = Mapping(variant.place, (*own, *sections.values()))
    changes = variant.pair("changes")
    if changes is None:
        return whole
    words = [pair.key.text for pair in _pairs(sections.get("every-step"))]
    return apply_changes(whole, changes.value, words, findings)


def _pairs(section: Pair | None) -> tuple[Pair, ...]:
    value = section.value if section is not None else None
    return value.pairs if isinstance(value, Mapping) else ()


def with_keys(base: Mapping, pairs: Iterable[Pair]) -> Mapping:
    """A mapping of which some keys say something else; one with an empty list is taken away."""
    merged = {pair.key.text: pair for pair in base.pairs}
    for pair in pairs:
        word = pair.key.text
        if word in merged and is_empty_list(pair.value):
            del merged[word]
        else:
            merged[word] = pair
    return Mapping(base.place, tuple(merged.values()))


def _check_language(base: Pair | None, variant: Pair, findings: Findings) -> None:
    """The texts of both are read in one language."""
    language = base.value.text if base and isinstance(base.value, Scalar) else DEFAULT_LANGUAGE
    if not isinstance(variant.value, Scalar) or variant.value.text != language:
        findings.add(variant.value, "language-of-base", text=language)


def _section(base: Pair, variant: Pair, findings: Findings) -> Pair:
    word, node = variant.key.text, variant.value
    if word in REPLACED:
        return variant
    if word == "starts":
        return Pair(base.key, _starts(base.value, node))
    mapping = as_mapping(node, findings)
    if mapping is None or not isinstance(base.value, Mapping):
        return base
    if word in KEYED:
        return Pair(base.key, with_keys(base.value, mapping.pairs))
    entries = {pair.key.text: pair for pair in base.value.pairs}
    for pair in mapping.pairs:
        known = entries.get(pair.key.text)
        if word == "settings":
            merged = _setting(known, pair, entries, findings)
        else:
            merged = pair if known is None else Pair(pair.key, _entry(known.value, pair.value))
        if merged is not None:
            entries[pair.key.text] = merged
    return Pair(base.key, Mapping(base.value.place, tuple(entries.values())))


def _entry(base: Node, variant: Node) -> Node:
    if isinstance(base, Mapping) and isinstance(variant, Mapping):
        return with_keys(base, variant.pairs)
    return variant


def _starts(base: Node, variant: Node) -> Node:
    """Starts are merged by their names; what has none is added."""
    if not isinstance(base, Sequence) or not isinstance(variant, Sequence):
        return variant
    items = list(base.items)
    places = {name: at for at, each in enumerate(items) if (name := _request(each)) is not None}
    for item in variant.items:
        at = places.get(_request(item) or "")
        if at is None:
            items.append(item)
        else:
            items[at] = _entry(items[at], item)
    return Sequence(base.place, tuple(items))


def _request(node: Node) -> str | None:
    pair = (node.pair("request") or node.pair("as")) if isinstance(node, Mapping) else None
    return pair.value.text if pair is not None and isinstance(pair.value, Scalar) else None


# A setting of the base is given by its value alone.


def _setting(
    known: Pair | None, pair: Pair, settings: dict[str, Pair], findings: Findings
) -> Pair | None:
    declares = isinstance(pair.value, Mapping) and pair.value.pair("type") is not None
    if known is None and not declares:
        unknown(pair.key, findings, "unknown-setting", pair.key.text, tuple(settings))
        return None
    if known is None or not isinstance(known.value, Mapping) or declares:
        return pair
    base, is_per = known.value, known.value.pair("per") is not None
    if isinstance(pair.value, Mapping) and not is_per:
        return Pair(pair.key, _declared_again(base, pair.value))
    default = Pair(Scalar(pair.key.place, "default"), pair.value)
    if is_per:
        return Pair(pair.key, with_keys(base, [_option_by_option(base.pair("default"), default)]))
    return Pair(pair.key, with_keys(_without(base, "required"), [default]))


def _declared_again(base: Mapping, said: Mapping) -> Mapping:
    """A setting either has a default or is required; what is said last holds."""
    for word, other in (("default", "required"), ("required", "default")):
        if said.pair(word) is not None and said.pair(other) is None:
            base = _without(base, other)
    return with_keys(base, said.pairs)


def _option_by_option(base: Pair | None, given: Pair) -> Pair:
    if base is None:
        return given
    return Pair(given.key, _entry(base.value, given.value))


def _without(mapping: Mapping, word: str) -> Mapping:
    return Mapping(mapping.place, tuple(p for p in mapping.pairs if p.key.text != word))
