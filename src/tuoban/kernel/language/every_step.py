"""`every-step`: what holds for every step that does not say otherwise.

A step says otherwise by writing the key itself; an empty list says that it has nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from tuoban.kernel.language.constructs import step
from tuoban.kernel.language.constructs.kind import COMMON_KEYS, DURING, TIME_KEYS
from tuoban.kernel.language.limits import VALUE_KEYS
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence, placed

FIT = frozenset(
    (
        "by", "needs", "checklist", "signed-by", "within", "due", "opens", "late", "rests-on",
        "tell", "takes", "transfer-to",
    )
)  # fmt: skip
"""What may be the same for many steps; everything else belongs to one."""

_ALL = (
    step.KIND.word, *step.KIND.keys, *TIME_KEYS, *COMMON_KEYS, *step.KIND.later, "covers", DURING,
)  # fmt: skip
_KNOWN = tuple(word for word in _ALL if word in FIT and word not in step.KIND.later)
_LATER = tuple(word for word in _ALL if word in FIT and word in step.KIND.later)
_INSTEAD: Lookup[str, tuple[str, ...]] = {"within": ("due",), "due": ("within",), "by": ("do",)}
"""Keys that say otherwise as well: a step has another limit, or is nobody's work."""


@dataclass(slots=True)
class EveryStep:
    """The defaults of a pack, and which of them some step has taken."""

    defaults: Lookup[str, Pair] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def on(self, written: Mapping) -> Mapping:
        """A step as it is with the defaults."""
        if not self.defaults:
            return written
        own = {pair.key.text: pair for pair in written.pairs}
        name = _name(own)
        whole = {word: pair for word, pair in own.items() if not self._says_none(word, pair)}
        for word, default in self.defaults.items():
            if word != "late" and word not in own and not _says_instead(word, own):
                whole[word] = self._take(word, default, name)
        if "late" in self.defaults and "late" not in own:
            for word in (word for word in VALUE_KEYS if word in whole):
                limit = whole[word]
                whole[word] = Pair(limit.key, self._with_late(word, limit.value, name))
        return Mapping(written.place, tuple(whole.values()))

    def warn_unused(self, findings: Findings) -> None:
        """Warn of defaults that no step takes."""
        for word, pair in self.defaults.items():
            if word not in self._taken:
                findings.warn(pair.key, "default-of-no-step", key=word)

    def _says_none(self, word: str, pair: Pair) -> bool:
        is_empty = isinstance(pair.value, Sequence) and not pair.value.items
        return word in self.defaults and is_empty

    def _take(self, word: str, default: Pair, name: str) -> Pair:
        self._taken.add(word)
        key = placed(default.key, step=name)
        return Pair(
            key if isinstance(key, Scalar) else default.key, placed(default.value, step=name)
        )

    def _with_late(self, word: str, limit: Node, name: str) -> Node:
        """The limit with the default `late`, in each of its forms that has none of its own."""
        if isinstance(limit, Sequence):
            items = (self._with_late(word, each, name) for each in limit.items)
            return Sequence(limit.place, tuple(items))
        if isinstance(limit, Scalar) and not limit.is_empty:
            value = Pair(Scalar(limit.place, VALUE_KEYS[word]), limit)
            limit = Mapping(limit.place, (value,))
        if not isinstance(limit, Mapping) or limit.pair("late") is not None:
            return limit
        late = self._take("late", self.defaults["late"], name)
        return Mapping(limit.place, (*limit.pairs, late))


def read_every_step(node: Node | None, findings: Findings) -> EveryStep:
    """The section `every-step`. What it says is read with each step that takes it."""
    mapping = as_mapping(node, findings)
    if mapping is None:
        return EveryStep()
    fit = Mapping(mapping.place, tuple(_fit(mapping, findings)))
    properties = Properties(fit, findings, _KNOWN, _LATER)
    words = (word for word in _KNOWN if word in properties)
    return EveryStep(
        {
            word: Pair(properties.key(word), value)
            for word in words
            if (value := properties.get(word))
        }
    )


def _fit(mapping: Mapping, findings: Findings) -> Iterator[Pair]:
    for pair in mapping.pairs:
        if pair.key.text in _ALL and pair.key.text not in FIT:
            known = ", ".join(_KNOWN)
            findings.add(pair.key, "not-for-every-step", key=pair.key.text, known=known)
        else:
            yield pair


def _says_instead(word: str, own: Lookup[str, Pair]) -> bool:
    return any(other in own for other in _INSTEAD.get(word, ()))


def _name(own: Lookup[str, Pair]) -> str:
    value = own[step.KIND.word].value
    return value.text if isinstance(value, Scalar) else ""
