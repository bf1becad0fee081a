"""A pack as it is once an organisation has set values of its own: a variant with these settings."""

from __future__ import annotations

from collections.abc import Mapping as Lookup

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.kernel.language.bases import Bases, PackText, identity
from tuoban.kernel.language.compile import check_published
from tuoban.kernel.language.problems import PackProblem
from tuoban.kernel.language.showing import show
from tuoban.kernel.language.tree import START, Mapping, Node, Pair, Scalar

_OURS = "settled"


def problems_with(
    pack: PackText, bases: Bases, values: Lookup[str, str], catalogue: Catalogue = NOTHING
) -> tuple[PackProblem, ...]:
    """What is wrong with a pack when its settings have these values: a length of working time, for
    example, where the pack calculates with elapsed time.

    Args:
        values: as packs write them, by the keys of their entries (`see_within.urgent`).
        catalogue: the activities that the pack may use.
    """
    key = identity(pack.text)
    settings: dict[str, Scalar | dict[str, Scalar]] = {}
    for name, text in values.items():
        setting, _, option = name.partition(".")
        value = Scalar(START, text, quoted=True)
        if option:
            of_options = settings.setdefault(setting, {})
            if isinstance(of_options, dict):
                of_options[option] = value
        else:
            settings[setting] = value
    head = {"pack": _OURS, "version": "0", "extends": key}
    sections: dict[str, Node] = {word: Scalar(START, text) for word, text in head.items()}
    sections["settings"] = _mapping(
        {
            name: _mapping(dict(value)) if isinstance(value, dict) else value
            for name, value in settings.items()
        }
    )
    variant = PackText(show(_mapping(sections)))
    return check_published(variant, bases=_With(key, pack, bases), catalogue=catalogue).problems


class _With(dict[str, PackText]):
    """Some packs and one more."""

    def __init__(self, key: str, pack: PackText, others: Bases) -> None:
        super().__init__({key: pack})
        self._others = others

    def __missing__(self, key: str) -> PackText:
        return self._others[key]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._others


def _mapping(values: Lookup[str, Node]) -> Mapping:
    return Mapping(START, tuple(Pair(Scalar(START, name), each) for name, each in values.items()))
