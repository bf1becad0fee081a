"""The texts of a pack: its own and those of the packs that it `extends`, handed in by the caller.

PackText             a pack file and the file of translations beside it
read_whole           the tree of a pack with its bases merged into it
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from functools import lru_cache

from tuoban.kernel.language import notation
from tuoban.kernel.language.labels import Translation, read_translations
from tuoban.kernel.language.names import SLUG, VERSION, unknown
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import as_mapping, as_text
from tuoban.kernel.language.tree import START, Mapping, Node, Scalar, placed
from tuoban.kernel.language.variants import merge

MOST_BASES = 8
"""So many packs may stand behind one another."""


@dataclass(frozen=True, slots=True)
class PackText:
    """A pack as it is written.

    Attributes:
        text: the pack file.
        translations: the file beside it that maps its texts to the other language.
        file: the name by which problems call the pack file; without one it is called by the slug
            and the version of the pack.
    """

    text: str
    translations: str | None = None
    file: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over both texts, with a NUL between them, which neither can contain."""
        whole = self.text if self.translations is None else f"{self.text}\0{self.translations}"
        return _sha256(whole)


Bases = Lookup[str, PackText]
"""Packs by their slug and version, `car-aftersales@2026.1`."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A pack with all that it extends.

    Attributes:
        tree: the merged pack, None where it cannot be read; what is wrong is reported.
        bases: the packs that it extends, the nearest first, by slug and version.
        digest: over all texts.
        translations: of the pack and its bases, the pack's own first.
        own_translations: those among them that stand beside the pack itself.
        beside: what was found in the files of translations, the pack's own first.
    """

    tree: Mapping | None
    bases: Lookup[str, PackText]
    digest: str
    translations: Lookup[str, Translation]
    own_translations: frozenset[str]
    beside: tuple[Findings, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    pack: PackText
    tree: Mapping
    findings: Findings


@lru_cache(maxsize=256)
def identity(text: str) -> str:
    """The slug and version that the text of a pack gives itself, `slug@version`.

    Parts that cannot be read are empty.
    """
    root = notation.read(text, Findings(""))
    return _identity(root) if isinstance(root, Mapping) else "@"


def read_whole(pack: PackText, bases: Bases, findings: Findings) -> Whole:
    """Read a pack and all that it extends.

    Args:
        findings: those of the pack's own file; problems of its bases are reported there too, in
            the file in which they stand.
    """
    first = _read(pack, findings, "@pack")
    chain = _chain(_Part(pack, first, findings), bases) if first is not None else {}
    tree = first
    if chain is None:
        tree, chain = None, {}
    elif first is not None and chain:
        tree = _merged([*chain.values()], _Part(pack, first, findings))
    parts = {key: part.pack for key, part in chain.items()}
    files = [(pack, findings.file), *((part.pack, part.findings.file) for part in chain.values())]
    language = _text(tree.pair("language")) if tree is not None else None
    beside = [(each, Findings(_beside(file, language))) for each, file in files]
    tables = [
        read_translations(each.translations, found) if each.translations is not None else {}
        for each, found in beside
    ]
    translations = {name: each for table in reversed(tables) for name, each in table.items()}
    return Whole(
        tree,
        parts,
        _digest(pack, parts),
        translations,
        frozenset(tables[0]),
        tuple(found for _, found in beside),
    )


def _read(pack: PackText, findings: Findings, what: str) -> Mapping | None:
    root = notation.read(pack.text, findings)
    if root is None and not findings.problems:
        findings.add(START, "empty-pack")
    return as_mapping(root, findings, what)


def _chain(first: _Part, bases: Bases) -> dict[str, _Part] | None:
    """The packs behind the first, the nearest one first; None, reported, if one is not there."""
    own = first.findings
    passed = [_identity(first.tree)]
    chain: dict[str, _Part] = {}
    part = first
    while (pair := part.tree.pair("extends")) is not None:
        where = as_text(placed(pair.value, file=_file_in(part, first)), own)
        key = where.text.strip() if where is not None else ""
        if where is None or not _is_known(where, key, passed, bases, own):
            return None
        part = _base(key, bases[key])
        own.take(part.findings)
        if part.findings.problems:
            return None
        passed.append(key)
        chain[key] = part
    return chain


def _is_known(where: Scalar, key: str, passed: list[str], bases: Bases, findings: Findings) -> bool:
    slug, _, version = key.partition("@")
    if not SLUG.fullmatch(slug) or not VERSION.fullmatch(version):
        findings.add(where, "bad-base", text=where.text)
    elif key in passed:
        circle = " → ".join([*passed[passed.index(key) :], key])
        findings.add(where, "extends-circle", circle=circle)
    elif len(passed) > MOST_BASES:
        findings.add(where, "too-many-bases", limit=str(MOST_BASES))
    elif key not in bases:
        unknown(where, findings, "unknown-base", key, tuple(bases))
    else:
        return True
    return False


def _base(key: str, pack: PackText) -> _Part:
    findings = Findings(pack.file or f"{key}/pack.yaml")
    root = _read(pack, findings, "@pack") or Mapping(START, ())
    return _Part(pack, root, findings)


def _merged(behind: list[_Part], first: _Part) -> Mapping:
    """Merge each pack into the one that it extends, the furthest first."""
    whole = _in_its_file(behind[-1])
    for part in reversed(behind[:-1]):
        whole = merge(whole, _in_its_file(part), first.findings)
    return merge(whole, first.tree, first.findings)


def _in_its_file(part: _Part) -> Mapping:
    tree = placed(part.tree, file=part.findings.file)
    if not isinstance(tree, Mapping):
        raise TypeError("a mapping stays one")
    return tree


def _file_in(part: _Part, first: _Part) -> str:
    return "" if part is first else part.findings.file


def _identity(tree: Mapping) -> str:
    return f"{_text(tree.pair('pack')) or ''}@{_text(tree.pair('version')) or ''}"


def _text(pair: object) -> str | None:
    value: Node | None = getattr(pair, "value", None)
    return value.text.strip() if isinstance(value, Scalar) else None


def _beside(file: str, language: str | None) -> str:
    folder, slash, _ = file.rpartition("/")
    return f"{folder}{slash}{'zh' if language == 'en' else 'en'}.yaml"


def _digest(pack: PackText, bases: Bases) -> str:
    if not bases:
        return pack.digest
    return _sha256("\n".join([pack.digest, *(each.digest for each in bases.values())]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
