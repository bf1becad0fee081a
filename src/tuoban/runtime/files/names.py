"""The names of files: kept for people to read, and never used as a path."""

from __future__ import annotations

import unicodedata

LONGEST = 120

NAMELESS = "file"


def plain_name(written: str) -> str:
    """The name without folders, and without characters that nobody sees or that turn the direction
    of writing; cut in its middle part where it is too long, so that its ending stays."""
    last = written.replace("\\", "/").rpartition("/")[2]
    seen = (char for char in last if unicodedata.category(char)[0] != "C")
    name = " ".join("".join(seen).split()).strip(". ")
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        name = name[: LONGEST - len(ending)].rstrip(". ") + ending
    return name or NAMELESS
