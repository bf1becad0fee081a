"""What a step asks of people beside its entries, in words: who does it, by when, with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tuoban.faces.desk.process_entries import Words
from tuoban.kernel.clocks import Length
from tuoban.kernel.definition import Agreement, Node, Performer, Step
from tuoban.kernel.diagram import performer_words
from tuoban.kernel.expressions import Expression
from tuoban.kernel.limits import Limit, Moment
from tuoban.kernel.papers import Paper, Sheets, Wanted


def who_does(words: Words, step: Step) -> list[str]:
    """Who does a step, the roles first, then what else must hold of them."""
    if step.is_unattended:
        return [_("nobody: the system does it by itself")]
    return list(_who(words, step.by))


def _who(words: Words, by: Performer) -> Iterator[str]:
    definition = words.definition
    first = performer_words(definition, by, words.language)
    if first:
        yield first
    outside = [role for role in by.roles if definition.roles[role].is_outside]
    recorders = definition.acting(tuple(outside))
    if outside:
        names = words.roles(recorders)
        yield _("recorded by %(roles)s") % {"roles": _joined(names)}
    if by.roles and by.same_as is not None:
        yield _("whoever did “%(step)s”") % {"step": words.node(by.same_as)}
    for each in by.excluded:
        yield _("nobody who did “%(step)s”") % {"step": words.node(each)}
    if by.where is not None:
        yield _("in the unit: %(unit)s") % {"unit": words.expression(by.where)}
    if by.skills:
        yield _("able to: %(skills)s") % {"skills": _joined(by.skills)}
    if by.pick in _PICKS:
        yield _PICKS[by.pick]()
    if by.agree is not None:
        yield _agreement(by.agree)
        if by.in_turn:
            yield _("one after the other")


_PICKS: Mapping[str, Callable[[], str]] = {
    "next": lambda: _("whoever is free takes what is next in line"),
    "round-robin": lambda: _("each in turn"),
    "least-loaded": lambda: _("whoever has the least work"),
    "named": lambda: _("named by whoever does the step before"),
}
"""How one of those who may do it is found; where nothing is said, they choose themselves."""


def _agreement(agree: Agreement) -> str:
    if agree.kind == "all":
        return _("everybody does it, and all must agree")
    if agree.kind == "any":
        return _("everybody may do it, and one is enough")
    told = f"{agree.number} %" if agree.kind == "percent" else str(agree.number)
    return _("everybody does it, and so many must agree: %(number)s") % {"number": told}


def limits_of(words: Words, node: Node) -> list[str]:
    """By when it is to be done, and not before when."""
    found = [_limit(words, each) for each in node.limits]
    if node.opens is not None:
        found.append(_("not before: %(when)s") % {"when": _limit(words, node.opens)})
    return [each for each in found if each]


def _limit(words: Words, limit: Limit) -> str:
    told = ""
    if limit.length is not None:
        told = _("within %(length)s") % {"length": _length(words, limit.length)}
    elif limit.until is not None:
        told = _moment(words, limit.until)
    elif limit.schedule is not None:
        told = words.read(limit.schedule.text)
    name = words.read(limit.label) if limit.label is not None else ""
    return _("%(name)s: %(limit)s") % {"name": name, "limit": told} if name and told else told


def _moment(words: Words, moment: Moment) -> str:
    base = words.expression(moment.base)
    if moment.offset is None:
        return base
    facts = {"length": _length(words, moment.offset), "moment": base}
    if moment.side == "before":
        return _("%(length)s before %(moment)s") % facts
    return _("%(length)s after %(moment)s") % facts


def _length(words: Words, length: Length | Expression) -> str:
    return words.read(length.text) if isinstance(length, Length) else words.expression(length)


def checks_of(words: Words, step: Step) -> list[str]:
    """The lines to tick."""
    found = []
    for line in step.checklist:
        told = words.if_(words.read(line.text), line.when)
        if line.per is not None:
            told = _("%(told)s · for every row of: %(list)s") % {"told": told, "list": line.per}
        found.append(told)
    return found


def outcomes_of(words: Words, step: Step) -> list[str]:
    """How it may end, with what each outcome asks for."""
    found = []
    for outcome in step.outcomes:
        told = words.read(outcome.label)
        if outcome.requires:
            told = _("%(outcome)s · asks for: %(entries)s") % {
                "outcome": told,
                "entries": _joined([_entry(words, name) for name in outcome.requires]),
            }
        if outcome.unsigned:
            told = _("%(outcome)s · without signature, checklist and papers") % {"outcome": told}
        found.append(told)
    return found


def papers_of(words: Words, wanted: Sequence[Wanted]) -> list[str]:
    """The papers that are asked for."""
    found = []
    for each in wanted:
        papers = [_paper(words, words.definition.papers[name]) for name in each.papers]
        told = (
            _("one of: %(papers)s") % {"papers": _joined(papers)} if each.is_choice else papers[0]
        )
        found.append(words.if_(told, each.when))
    return found


def _paper(words: Words, paper: Paper) -> str:
    told = words.if_(words.read(paper.label), paper.when)
    if isinstance(paper.originals, int) and isinstance(paper.copies, int):
        told = f"{told} · {words.read(Sheets(paper.originals, paper.copies).text)}"
    if paper.source is not None:
        role = words.read(words.definition.roles[paper.source].label)
        told = _("%(paper)s · from: %(role)s") % {"paper": told, "role": role}
    return told


def _entry(words: Words, name: str) -> str:
    field = words.field(name)
    return words.read(field.label) if field is not None else name


def _joined(names: Sequence[str]) -> str:
    return pgettext("between the names of a list", ", ").join(names)
