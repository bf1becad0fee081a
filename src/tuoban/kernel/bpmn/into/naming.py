"""Names of the language for what a modeller has called freely."""

from __future__ import annotations

import re
import unicodedata

from tuoban.kernel.language.names import HAN, MAX_LENGTH, RESERVED

_UNFIT = re.compile(f"[^a-z0-9_{HAN}]+")
_WORD = re.compile(f"[a-z_{HAN}][a-z0-9_{HAN}]*")


class Namer:
    """Gives names, each once."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken) | RESERVED

    def name(self, text: str, otherwise: str) -> str:
        """A name like this text; like the other one, where nothing of it can be in a name."""
        fit = fitting(text) or fitting(otherwise) or "unnamed"
        found, number = fit, 2
        while found in self._taken:
            found, number = f"{fit}_{number}", number + 1
        self._taken.add(found)
        return found


def fitting(text: str) -> str:
    """The text as a name; empty where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    name = _UNFIT.sub("_", plain).strip("_")[: MAX_LENGTH - 6].strip("_")
    if name and name[0].isdigit():
        name = f"n_{name}"
    return name if _WORD.fullmatch(name) else ""


def is_fitting(name: str) -> bool:
    """Whether packs may call something so."""
    return len(name) <= MAX_LENGTH and _WORD.fullmatch(name) is not None


def slug_of(text: str) -> str:
    """The text as the slug of a pack; empty where nothing of it is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", text.lower())).strip("-")
    return slug if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug) else ""
