"""The packs that a pack may call, found among texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.kernel.definition import Definition
from tuoban.kernel.language.bases import Bases
from tuoban.kernel.language.compile import check_pack, check_published


class CalledPacks(Mapping[str, Definition]):
    """Of each slug the first text, compiled when it is first asked for.

    What it calls in its turn is not looked at, so that packs may call one another. One that cannot
    be compiled is as if it were not there.

    Args:
        are_published: they were judged when they were published, and are not again.
    """

    def __init__(
        self, texts: Bases, catalogue: Catalogue = NOTHING, *, are_published: bool = False
    ) -> None:
        self._are_published = are_published
        self._catalogue = catalogue
        self._texts = texts
        self._known: dict[str, Definition | None] = {}

    def __getitem__(self, slug: str) -> Definition:
        if slug not in self._known:
            self._known[slug] = self._compiled(slug)
        found = self._known[slug]
        if found is None:
            raise KeyError(slug)
        return found

    def _compiled(self, slug: str) -> Definition | None:
        key = next((each for each in self._texts if each.partition("@")[0] == slug), None)
        if key is None:
            return None
        pack = self._texts[key]
        if self._are_published:
            return check_published(pack, bases=self._texts, catalogue=self._catalogue).definition
        report = check_pack(
            pack.text,
            translations=pack.translations,
            bases=self._texts,
            catalogue=self._catalogue,
            packs=None,
        )
        return report.definition

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys(each.partition("@")[0] for each in self._texts)

    def __len__(self) -> int:
        return sum(1 for _ in self)
