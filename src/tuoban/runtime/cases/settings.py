"""The organisation's values for the settings of its packs.

They are kept by the pack's slug, hold for every version of it that has such a setting, and take
effect for the cases that start from then on: a case keeps the settings that it started with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tuoban.kernel import settings as entries_of
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import Bases, PackText
from tuoban.kernel.language.settled import problems_with
from tuoban.kernel.outlook import too_frequent, too_often_text
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.settings import Entry
from tuoban.kernel.text import Text
from tuoban.runtime.activities import registry
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import OrganisationSetting
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import User


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose settings are set: what it means, and the texts it means it by."""

    definition: Definition
    text: PackText
    bases: Bases

    @property
    def slug(self) -> str:
        return self.definition.slug


def given(slug: str) -> dict[str, Any]:
    """The organisation's values for a pack, by the keys of their entries."""
    rows = OrganisationSetting.objects.filter(slug=slug).values_list("entry", "value")
    return {entry: decode(json.loads(value)) for entry, value in rows}


def check_set(definition: Definition) -> None:
    """Hold a pack against the organisation's values.

    Raises:
        RuntimeRefused: `setting-unset`, with what must be set and how; `setting-unfit`, something
            would come again too often.
    """
    values = given(definition.slug)
    unset = entries_of.unset(definition, values)
    if unset:
        raise RuntimeRefused("setting-unset", _facts(definition.slug, unset))
    _check_rounds(definition, values)


def change(
    pack: Pack, typed: Mapping[str, str], *, at: datetime, by: User | None = None
) -> tuple[Entry, ...]:
    """Set what is typed; a blank text takes the organisation's value away, so that the pack's own
    counts again. All of it or nothing.

    Args:
        typed: texts by the keys of entries.

    Returns:
        The entries whose values are others now.

    Raises:
        Refused: `invalid`, with a problem beside each entry.
        RuntimeRefused: `unknown-setting`; `setting-unfit`, the pack does not compile with such a
            value; `setting-unset`, a value that a published version requires is taken away.
    """
    known = {entry.key: entry for entry in entries_of.entries(pack.definition)}
    for key in typed:
        if key not in known:
            facts = {"setting": key, "known": tuple(known) or ("-",)}
            raise RuntimeRefused("unknown-setting", facts)
    with transaction.atomic():
        before = given(pack.slug)
        values = _read(typed, known)
        after = {**before, **values}
        changed = {key: each for key, each in values.items() if each != before.get(key)}
        broken = list(entries_of.misfits(pack.definition, after, changed))
        if broken:
            raise refuse_invalid(broken)
        _check_fit(pack, known, after)
        _check_rounds(pack.definition, after)
        emptied = [known[key] for key, value in values.items() if value is None and key in before]
        unset = [entry for entry in emptied if entry.value(after) is None]
        if unset:
            raise RuntimeRefused("setting-unset", _facts(pack.slug, unset))
        for key, value in changed.items():
            _keep(pack.slug, key, value, at, by)
    return tuple(known[key] for key in changed)


def _read(typed: Mapping[str, str], known: Mapping[str, Entry]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, text in typed.items():
        values[key], problem = known[key].read(text)
        if problem is not None:
            problems.append(problem)
    if problems:
        raise refuse_invalid(problems)
    return values


def _check_fit(pack: Pack, known: Mapping[str, Entry], values: Mapping[str, Any]) -> None:
    texts = {
        key: known[key].text(value).en
        for key, value in values.items()
        if key in known and value is not None and known[key].read(value)[1] is None
    }
    catalogue = registry.catalogue()
    problems = problems_with(pack.text, pack.bases, texts, catalogue) if texts else ()
    if problems:
        told = Text(problems[0].read("zh"), problems[0].read("en"))
        raise RuntimeRefused("setting-unfit", {"slug": pack.slug, "problem": told})


def _check_rounds(definition: Definition, values: Mapping[str, Any]) -> None:
    in_force = entries_of.in_force(definition, values)
    for each in too_frequent(definition.nodes, definition.case.limits, in_force):
        told = too_often_text(definition, each)
        raise RuntimeRefused("setting-unfit", {"slug": definition.slug, "problem": told})


def _keep(slug: str, key: str, value: Any, at: datetime, by: User | None) -> None:
    row = OrganisationSetting.objects.filter(slug=slug, entry=key)
    if value is None:
        row.delete()
        return
    kept = {"value": canonical.dump(encode(value)), "changed_at": at, "changed_by": by}
    OrganisationSetting.objects.update_or_create(slug=slug, entry=key, defaults=kept)


def _facts(slug: str, unset: Iterable[Entry]) -> dict[str, object]:
    found = tuple(unset)
    words = " ".join(f"{entry.key}=…" for entry in found)
    return {"slug": slug, "settings": tuple(entry.label for entry in found), "words": words}
