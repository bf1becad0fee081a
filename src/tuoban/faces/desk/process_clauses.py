"""Where the rules of a process come from: its clauses, by document, and what rests on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuoban.faces.desk.process_forms import form_anchor, has_form, nodes_in_order
from tuoban.faces.desk.process_text import line_of
from tuoban.kernel.definition import Definition, Node, Reaction
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Resting:
    """A step or block: the name of its line in the text, with the number, and that of its form,
    empty where it has none."""

    key: str
    label: Text
    line: str
    number: int
    form: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what rests on it. Its name leaves out that of the document it stands below."""

    name: Text
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document: what the pack as a whole rests on, or the one clause that no such document has.

    Attributes:
        is_whole: whether the pack as a whole rests on it.
        resting: what rests on it without saying on which clause of it.
    """

    name: Text
    is_whole: bool
    resting: tuple[Resting, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Clauses:
    """All of it; `without` is what rests, with all blocks around it, on no clause of its own."""

    documents: tuple[Document, ...]
    without: tuple[Resting, ...]


def clauses_of(definition: Definition) -> Clauses:
    """The clauses in the order in which the pack names them."""
    found: dict[Text, list[Resting]] = {}
    without: list[Resting] = []
    for key in nodes_in_order(definition):
        node = definition.nodes[key]
        resting = _resting(node)
        for clause in node.rests_on:
            found.setdefault(clause, []).append(resting)
        if not any(definition.nodes[each].rests_on for each in _around(definition, key)):
            without.append(resting)
    homes = {clause: _document(definition, clause) for clause in found}
    names = dict.fromkeys((*definition.rests_on, *homes.values()))
    documents = (_filled(definition, name, found, homes) for name in names)
    return Clauses(tuple(documents), tuple(without))


def sample() -> str:
    """How a pack says on what it rests."""
    document, clause = _("Rules of service"), _("Rules of service, clause 3")
    steps = f"process:\n  - step: arrive\n    rests-on: {clause}"
    return f"rests-on: {document}\n{steps}"


def _resting(node: Node) -> Resting:
    form = form_anchor(node.key) if has_form(node) else ""
    return Resting(node.key, node.label, line_of(node), node.line, form)


def _around(definition: Definition, key: str) -> Iterator[str]:
    """A node, the blocks that it stands in, and the hosts of what may happen meanwhile."""
    yield key
    node = definition.nodes[key]
    host = node.construct.host if isinstance(node.construct, Reaction) else ""
    outer = host or definition.regions[node.region].owner
    if outer is not None:
        yield from _around(definition, outer)


def _document(definition: Definition, clause: Text) -> Text:
    """The document a clause is of: the one of the pack with whose name it begins, in the pack's
    language, else itself."""

    def written(text: Text) -> str:
        return text.read(definition.language)

    known = [each for each in definition.rests_on if _begins(written(clause), written(each))]
    return max(known, key=lambda each: len(written(each)), default=clause)


def _begins(clause: str, document: str) -> bool:
    """Whether the name of a clause begins with that of a document: “Law 50” not with “Law 5”."""
    rest = clause.removeprefix(document)
    goes_on = rest[:1].isascii() and rest[:1].isalnum() and document[-1:].isascii()
    return clause.startswith(document) and not (goes_on and document[-1:].isalnum())


def _filled(
    definition: Definition, name: Text, found: dict[Text, list[Resting]], homes: dict[Text, Text]
) -> Document:
    clauses = (
        Clause(_below(name, clause), tuple(found[clause]))
        for clause, home in homes.items()
        if home == name and clause != name
    )
    return Document(name, name in definition.rests_on, tuple(found.get(name, ())), tuple(clauses))


def _below(document: Text, clause: Text) -> Text:
    """The name of a clause below that of its document, which is not said again."""
    return Text(_rest(document.zh, clause.zh), _rest(document.en, clause.en))


def _rest(document: str, clause: str) -> str:
    return clause.removeprefix(document).strip(" ,，、:：")
