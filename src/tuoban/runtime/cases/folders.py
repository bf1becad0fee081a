"""Packs in folders: those that come with the product, and those that somebody writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from tuoban.kernel.language import PackText, identity

PRODUCT = Path(__file__).parents[2] / "packs"
"""The packs of the product."""
PACK_FILE = "pack.yaml"
TRANSLATIONS_FILES = ("en.yaml", "zh.yaml")
_IN_ENGLISH = re.compile(r"^language:\s*en\b", re.MULTILINE)


class PackFolders(Mapping[str, PackText]):
    """The packs that stand in some folders, by their slug and version.

    A pack is looked for in a folder called by its slug, or by slug and version (`visits@2026.1`),
    so that several versions may stand side by side, then in any other. What cannot be read is as if
    it were not there.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def __getitem__(self, key: str) -> PackText:
        slug = key.partition("@")[0]
        for folder in self._folders:
            for name in (key, slug):
                pack = _read(folder / name / PACK_FILE)
                if pack is not None and identity(pack.text) == key:
                    return pack
        return self._packs[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._packs

    def __len__(self) -> int:
        return len(self._packs)

    @cached_property
    def _packs(self) -> Mapping[str, PackText]:
        """All of them; of those that are called alike, the one in the first folder."""
        found: dict[str, PackText] = {}
        for folder in self._folders:
            for path in sorted(folder.glob(f"*/{PACK_FILE}")):
                pack = _read(path)
                if pack is not None:
                    found.setdefault(identity(pack.text), pack)
        return found


def translations_file(text: str) -> str:
    """The name of the file beside a pack that maps its texts to the other language."""
    return TRANSLATIONS_FILES[1 if _IN_ENGLISH.search(text) else 0]


def around(folder: Path, *others: Path) -> PackFolders:
    """The packs that the pack in `folder` may extend: those beside it, those in `others`, and the
    product's own."""
    return PackFolders(folder.resolve().parent, *others, PRODUCT)


def _read(path: Path) -> PackText | None:
    try:
        text = path.read_text(encoding="utf-8")
        beside = path.with_name(translations_file(text))
        translations = beside.read_text(encoding="utf-8") if beside.is_file() else None
    except (OSError, UnicodeDecodeError):
        return None
    return PackText(text, translations, str(path))
