"""Texts that people read: in the pack's language, in both, or with a translation beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from operator import itemgetter
from typing import NamedTuple

from tuoban.kernel.definition import Language, Text
from tuoban.kernel.language import notation
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_mapping, as_text, expected
from tuoban.kernel.language.tree import Mapping, Node, Place, Scalar

_LETTER = re.compile(r"[^\W\d_]")


class Translation(NamedTuple):
    """A text of the pack and the same text in the other language, from the file beside it."""

    source: str
    text: str
    place: Place


def read_translations(text: str, findings: Findings) -> dict[str, Translation]:
    """The flat mapping of the file beside a pack, by the texts of the pack."""
    mapping = as_mapping(notation.read(text, findings), findings)
    translations = {}
    for pair in mapping.pairs if mapping else ():
        value = as_text(pair.value, findings)
        if value is not None:
            source = pair.key.text
            translations[source] = Translation(source, value.text.strip(), pair.key.place)
    return translations


class Labels:
    """Reads the texts of a pack, and remembers which of them lack a translation."""

    def __init__(
        self, language: Language, translations: Lookup[str, Translation], findings: Findings
    ) -> None:
        self._language = language
        self._translations = translations
        self._findings = findings
        self._used: set[str] = set()
        self._missing: dict[str, Place] = {}

    @property
    def untranslated(self) -> tuple[tuple[str, Place], ...]:
        """Texts that stand in one language only, each where it is first, in the order of the
        page."""
        return tuple(sorted(self._missing.items(), key=itemgetter(1)))

    @property
    def used(self) -> dict[str, str]:
        """The texts of the pack that have a translation, with it."""
        return {
            source: each.text for source, each in self._translations.items() if source in self._used
        }

    @property
    def unused(self) -> tuple[Translation, ...]:
        """Translations of texts that the pack does not hold."""
        return tuple(
            each for source, each in self._translations.items() if source not in self._used
        )

    def text(self, node: Node | None) -> Text | None:
        """A string in the pack's language, or `{zh, en}`."""
        if isinstance(node, Mapping):
            properties = Properties(node, self._findings, ("zh", "en"))
            if not properties.written:
                self._findings.add(node, "key-missing", key=self._language)
            return self.of(properties)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            expected(node, self._findings, "@label")
            return None
        scalar = as_text(node, self._findings)
        return self._in(self._language, scalar) if scalar else None

    def of(self, properties: Properties) -> Text | None:
        """The label given by the keys `zh` and `en` among others; None if there is neither."""
        zh = as_text(properties.get("zh"), self._findings)
        en = as_text(properties.get("en"), self._findings)
        if zh and en:
            return Text(zh.text.strip(), en.text.strip())
        if zh:
            return self._in("zh", zh)
        return self._in("en", en) if en else None

    def of_name(self, properties: Properties, name: str, at: Node | Place) -> Text:
        """The label of something that has a name; without one its name is shown, with a warning."""
        label = self.of(properties)
        if label is None:
            if "zh" not in properties and "en" not in properties:
                self._findings.warn(at, "label-missing", name=name)
            return Text(name, name)
        return label

    def _in(self, language: Language, scalar: Scalar) -> Text:
        text = scalar.text.strip()
        if language != self._language:
            # Given in the other language alone: the pack's own is what is missing.
            self._missing.setdefault(text, scalar.place)
            return Text(text, text)
        translation = self._translations.get(text)
        if translation is not None:
            self._used.add(text)
        elif _LETTER.search(text):
            self._missing.setdefault(text, scalar.place)
        other = translation.text if translation is not None else text
        return Text(text, other) if language == "zh" else Text(other, text)
