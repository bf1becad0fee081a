"""The text of a published process, line by line, each line with a name that links lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuoban.kernel.definition import Node
from tuoban.kernel.language import Bases, PackText

PACK, TRANSLATIONS, SCENARIOS = "pack.yaml", "en.yaml", "scenarios.yaml"
PLAYED = "scenarios"
"""Begins the names of the lines of scenarios: `scenarios-line-42`."""
_BREAK = re.compile(r"\r\n|\r|\n")
"""What ends a line of YAML, and nothing else does: a line keeps its number."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file. `prefix` begins the names of its lines: `line-42`, `en-line-42`."""

    name: str
    prefix: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A pack as it was written; `extends` is its slug and version where another pack extends it."""

    files: tuple[SourceFile, ...]
    extends: str = ""

    @property
    def slug(self) -> str:
        return self.extends.partition("@")[0]

    @property
    def version(self) -> str:
        return self.extends.partition("@")[2]


def sources(pack: PackText, bases: Bases, scenarios: str) -> tuple[Source, ...]:
    """The pack itself with its scenarios, then those that it extends, the nearest first."""
    own = _files(pack, "")
    if scenarios:
        own = (*own, SourceFile(SCENARIOS, f"{PLAYED}-", _lines(scenarios)))
    behind = (Source(_files(each, f"{key}-"), key) for key, each in bases.items())
    return (Source(own), *behind)


def line_of(node: Node) -> str:
    """The name of the line in which a node begins."""
    return f"{node.file.removesuffix(f'/{PACK}')}-line-{node.line}".removeprefix("-")


def _files(pack: PackText, prefix: str) -> tuple[SourceFile, ...]:
    files = (SourceFile(PACK, prefix, _lines(pack.text)),)
    if pack.translations is None:
        return files
    return (*files, SourceFile(TRANSLATIONS, f"{prefix}en-", _lines(pack.translations)))


def _lines(text: str) -> tuple[str, ...]:
    lines = _BREAK.split(text)
    return tuple(lines[:-1] if not lines[-1] else lines)
