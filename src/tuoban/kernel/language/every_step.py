"""`every-step`: what holds for every step that does not say otherwise.

A step says otherwise by writing the key itself; an empty list says that it has nothing of the kind.
A default is read for each step that takes it as if it stood there: what it names is looked up from
the step, also inside a called process, and where it cannot hold, the problem names the step.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from tuoban.kernel.language import doing
from tuoban.kernel.language.constructs import step
from tuoban.kernel.language.constructs.kind import DURING, PLAN_KEYS, TIME_KEYS
from tuoban.kernel.language.limits import VALUE_KEYS, late_pairs, steps_of
from tuoban.kernel.language.messages import TELL, TEXT
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_mapping
from tuoban.kernel.language.tree import Mapping, Node, Pair, Scalar, Sequence, placed
from tuoban.kernel.language.workspace import Workspace

UNFIT: Lookup[str, str] = {
    **dict.fromkeys((step.KIND.word, "zh", "en"), "@names-one-step"),
    **dict.fromkeys(("undo", DURING), "@holds-names"),
    **dict.fromkeys(PLAN_KEYS, "@of-plan-entry"),
}
"""What cannot be the same for many steps, each with why."""

FIT = (*(word for word in step.KIND.keys if word not in UNFIT), *TIME_KEYS, "covers", "when",
       "rests-on")  # fmt: skip
"""What can; beside `do` the keys of its activity, too."""

_INSTEAD: Lookup[str, tuple[str, ...]] = {"within": ("due",), "due": ("within",)}
"""Keys that say otherwise as well: a step has another limit."""
_LIMITS = ("within", "due", "late")
"""Where lateness is written."""
_OF_PEOPLE = ("by", *doing.NOT_BY_SYSTEM, TEXT, "papers")
"""What steps that are nobody's work do not take."""


@dataclass(slots=True)
class EveryStep:
    """The defaults of a pack, and which of them some step has taken."""

    ws: Workspace
    defaults: Lookup[str, Pair] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def on(self, written: Mapping) -> Mapping:
        """A step as it is with the defaults."""
        if not self.defaults:
            return written
        own = {pair.key.text: pair for pair in written.pairs}
        name = _name(own)
        whole = {word: pair for word, pair in own.items() if not self._says_none(word, pair)}
        said = frozenset(whole)
        for word, default in self.defaults.items():
            if word != "late" and word not in own and not self._says_instead(word, own, said):
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

    def _says_instead(self, word: str, own: Lookup[str, Pair], said: frozenset[str]) -> bool:
        """Whether a step that does not write the word says otherwise all the same.

        Args:
            said: the words under which it says something.
        """
        if word in _OF_PEOPLE and self._is_nobodys(own, said):
            return True
        if word == TEXT:  # it belongs to whom the default tells
            return TELL in own
        if word == "outcomes":
            return doing.brings_outcomes(own.get(doing.WORD), self.ws)
        if word not in FIT:  # a key of the activity
            return doing.WORD in own
        return any(other in said for other in _INSTEAD.get(word, ()))

    def _is_nobodys(self, own: Lookup[str, Pair], said: frozenset[str]) -> bool:
        without_people = doing.WORD in said and "by" not in said
        return without_people and doing.may_be_unattended(own[doing.WORD], self.ws)

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


def read_every_step(node: Node | None, ws: Workspace) -> EveryStep:
    """The section `every-step`. What it says is read with each step that takes it."""
    mapping = as_mapping(node, ws.findings)
    if mapping is None:
        return EveryStep(ws)
    fit = Mapping(mapping.place, tuple(_fit(mapping, ws.findings)))
    properties = Properties(fit, ws.findings, (*FIT, *doing.keys_beside(mapping, ws)))
    left_out = _LIMITS if _is_late_with_steps(properties, ws.findings) else ()
    return EveryStep(
        ws,
        {
            pair.key.text: Pair(pair.key, value)
            for pair in fit.pairs
            if (value := properties.get(pair.key.text)) and pair.key.text not in left_out
        },
    )


def _is_late_with_steps(properties: Properties, findings: Findings) -> bool:
    """Whether lateness brings steps: they would take the default, and so its steps, without end."""
    found = [pair for pair in late_pairs(properties) if steps_of(pair.value)]
    for pair in found:
        findings.add(pair.key, "not-for-every-step", key=pair.key.text, why="@holds-names")
    return bool(found)


def _fit(mapping: Mapping, findings: Findings) -> Iterator[Pair]:
    for pair in mapping.pairs:
        why = UNFIT.get(pair.key.text)
        if why is None:
            yield pair
        else:
            findings.add(pair.key, "not-for-every-step", key=pair.key.text, why=why)


def _name(own: Lookup[str, Pair]) -> str:
    value = own[step.KIND.word].value
    return value.text if isinstance(value, Scalar) else ""
