"""What can be told of a process before any case begins, with this organisation's people and
settings: `kernel/outlook` on what stands in the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel import outlook as told
from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.settings import in_force, offered
from tuoban.runtime.cases import settings
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import Unit


@dataclass(frozen=True, slots=True)
class PromiseFound:
    """A limit as people read it.

    Attributes:
        name: what it is the limit of.
        limit: how long it is; None: that depends on the case.
        expected: how long what it holds is expected to take; None: nothing in it says so.
        is_partial: some of it takes time that cannot be compared with the limit, beside that.
        path: the steps and waits that take so long, in their order; None: fewer than two.
        lacking: the steps in it that lack people.
    """

    name: Text
    limit: Text | None
    expected: Text | None
    is_short: bool
    is_partial: bool
    path: Text | None
    lacking: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The limits of a process, and what people should be warned of, as sentences.

    Attributes:
        of_pack: what the pack says by itself, whatever the organisation, so that the compiler warns
            of it too.
        of_organisation: what follows from the people and the settings there are.
    """

    promises: tuple[PromiseFound, ...]
    of_pack: tuple[Text, ...]
    of_organisation: tuple[Text, ...]

    @property
    def warnings(self) -> tuple[Text, ...]:
        return (*self.of_organisation, *self.of_pack)


def outlook_of(definition: Definition) -> Outlook:
    """How a process would fare as the organisation is now."""
    short_of = told.shortages(definition, directory.snapshot())
    lacking = {each.node for each in short_of if each.lack != "nobody-starts"}
    names = dict.fromkeys(unit for each in short_of for unit in each.units)
    units = {unit.key: unit.name for unit in Unit.objects.filter(key__in=names)} if names else {}
    warnings = [
        told.shortage_text(definition, each, lambda key: units.get(key, Text(key, key)))
        for each in short_of
    ]
    found: list[PromiseFound] = []
    of_pack: list[Text] = []
    given = in_force(definition, settings.given(definition.slug))
    values = offered(definition.settings, given, lambda value: value)
    nodes, regions = definition.nodes, definition.regions
    for promise in told.promises(nodes, regions, definition.case.limits, values):
        inside = told.steps_inside(nodes, definition.paths, promise.node)
        missing = [step for step in inside if step in lacking]
        found.append(_found(definition, promise, missing))
        short = told.short_text(definition, promise)
        if short is not None:
            (of_pack if promise.is_written else warnings).append(short)
        if missing and promise.node not in lacking:
            warnings.append(told.lacking_text(definition, promise, missing))
    unset = told.without_length(nodes, values)
    warnings.extend(told.unset_text(definition, each) for each in unset)
    return Outlook(tuple(found), tuple(of_pack), tuple(warnings))


def _found(definition: Definition, promise: told.Promise, missing: list[str]) -> PromiseFound:
    name = definition.label_of(promise.node)
    own = promise.limit.label
    return PromiseFound(
        Text(f"{name.zh} · {own.zh}", f"{name.en} · {own.en}") if own is not None else name,
        promise.length.text if promise.length is not None else None,
        promise.expected.text if promise.expected is not None else None,
        promise.is_short,
        promise.is_partial,
        told.path_text(definition, promise) if len(promise.path) > 1 else None,
        tuple(definition.nodes[step].label for step in missing),
    )
