"""The forms of a process in the order of their steps, as people will see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuoban.faces.desk.process_entries import EntryShown, Words, entry_shown
from tuoban.faces.desk.process_text import line_of
from tuoban.faces.desk.process_work import checks_of, limits_of, outcomes_of, papers_of, who_does
from tuoban.kernel.definition import (
    Definition,
    FormEntry,
    FormSection,
    Node,
    Reaction,
    Start,
    Step,
)
from tuoban.kernel.diagram import outline


@dataclass(frozen=True, slots=True)
class SectionShown:
    label: str
    entries: tuple[EntryShown, ...]


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form with all that its step asks for.

    Attributes:
        anchor: its name on the page.
        path: the blocks around it, outermost first.
        facts: what holds of it, as pairs of a word and what is told: who does it, how long.
        line: the name of its line in the text, empty for a request, and its `number`.
    """

    anchor: str
    label: str
    path: tuple[str, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sections: tuple[SectionShown, ...] = ()
    line: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms: of the requests that begin a case, and of the process in its order."""

    requests: tuple[FormShown, ...]
    steps: tuple[FormShown, ...]


def forms_of(definition: Definition) -> Forms:
    requests = (each for each in definition.starts.values() if each.is_request)
    nodes = (definition.nodes[key] for key in nodes_in_order(definition))
    return Forms(
        tuple(_request(definition, each) for each in requests),
        tuple(each for node in nodes if (each := _form(definition, node)) is not None),
    )


def has_form(node: Node) -> bool:
    """Whether people, or a service, have a form there: at a step, and where something happens of
    which something is entered."""
    construct = node.construct
    return isinstance(construct, Step) or (isinstance(construct, Reaction) and bool(construct.form))


def form_anchor(node: str) -> str:
    """The name of the form of a node on the page of forms."""
    return f"form-{node}"


def nodes_in_order(definition: Definition) -> tuple[str, ...]:
    """Every node once, as the process in words has them."""
    return tuple(dict.fromkeys(line.node for line in outline(definition)))


def _request(definition: Definition, start: Start) -> FormShown:
    words = Words(definition, "")
    facts: list[tuple[str, tuple[str, ...]]] = [(_("Requested by"), tuple(words.roles(start.by)))]
    if start.when is not None:
        facts.append((_("Offered if"), (words.expression(start.when),)))
    return FormShown(
        f"request-{start.request}",
        words.read(start.label),
        facts=tuple(facts),
        sections=_sections(words, start.form),
    )


def _form(definition: Definition, node: Node) -> FormShown | None:
    """The form of a node; None where it has none."""
    words = Words(definition, node.key)
    construct = node.construct
    if isinstance(construct, Step):
        told = _step_facts(words, node, construct)
    elif isinstance(construct, Reaction) and construct.form:
        told = _reaction_facts(words, construct)
    else:
        return None
    return FormShown(
        form_anchor(node.key),
        words.read(node.label),
        tuple(_around(words, node)),
        tuple((name, tuple(each)) for name, each in told if each),
        _sections(words, construct.form),
        line_of(node),
        node.line,
    )


Facts = Iterator[tuple[str, Sequence[str]]]


def _step_facts(words: Words, node: Node, step: Step) -> Facts:
    yield _("Done by"), who_does(words, step)
    if node.when is not None:
        yield _("Only if"), [words.expression(node.when)]
    yield _("Limits"), limits_of(words, node)
    if step.do is not None:
        activity = step.do.activity
        yield _("A service does"), [words.read(activity.label), words.read(activity.meaning)]
    yield _("Papers"), papers_of(words, step.papers)
    yield _("Checklist"), checks_of(words, step)
    yield _("Outcomes"), outcomes_of(words, step)
    yield _("Signed by"), words.roles(each.role for each in step.signers)
    documents = words.definition.documents
    yield _("Prints"), [words.read(documents[each].label) for each in step.prints]
    back = (*step.returns_to, *step.straight_from)
    yield _("May go back to"), [words.node(each) for each in back]


def _reaction_facts(words: Words, reaction: Reaction) -> Facts:
    """Of what may happen meanwhile."""
    yield _("Begun by"), words.roles(reaction.by)
    if reaction.host:
        yield _("May happen during"), [words.node(reaction.host)]


def _around(words: Words, node: Node) -> Iterator[str]:
    """The blocks around a node that have a name."""
    definition = words.definition
    for region in definition.paths[node.key]:
        owner = definition.regions[region].owner
        if owner is not None and definition.nodes[owner].kind not in ("choose", "parallel"):
            yield words.node(owner)


def _sections(words: Words, form: Sequence[FormSection]) -> tuple[SectionShown, ...]:
    return tuple(
        SectionShown(
            words.read(section.label) if section.label is not None else "",
            tuple(_entry(words, entry) for entry in section.entries),
        )
        for section in form
    )


def _entry(words: Words, entry: FormEntry) -> EntryShown:
    field = words.field(entry.field)
    if field is None:
        raise KeyError(entry.field)
    return entry_shown(words, field, required=entry.required, read_only=entry.read_only)
