"""Published definitions: packs as they stand in the database, compiled once per process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tuoban.kernel.bpmn import beside, write_bpmn
from tuoban.kernel.definition import Definition, Link, Text
from tuoban.kernel.language import (
    Bases,
    CalledPacks,
    PackError,
    PackText,
    check_pack,
    check_published,
    compile_published,
)
from tuoban.runtime.activities import registry
from tuoban.runtime.cases import canonical, settings
from tuoban.runtime.cases.models import PublishedDefinition
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import exclusions, hours
from tuoban.runtime.people.exclusions import set_exclusions

Published = PublishedDefinition
"""A version of a process, as it was published."""

_COMPILED_AT_MOST = 256
_TO_COMPILE = ("text", "translations", "bases")
TEXTS = (*_TO_COMPILE, "scenarios")
"""The columns that are large, and read only to be compiled or rehearsed."""


class KnownPacks(Mapping[str, PackText]):
    """Packs that may be extended: some that are at hand, then every one that is published."""

    def __init__(self, at_hand: Bases | None = None) -> None:
        # Whether there are any would be asked of every file.
        self._at_hand: Bases = at_hand if at_hand is not None else {}

    @property
    def at_hand(self) -> Bases:
        return self._at_hand

    def __getitem__(self, key: str) -> PackText:
        if key in self._at_hand:
            return self._at_hand[key]
        slug, _, version = key.partition("@")
        row = PublishedDefinition.objects.filter(slug=slug, version=version).first()
        if row is None:
            raise KeyError(key)
        return PackText(row.text, row.translations or None)

    def __iter__(self) -> Iterator[str]:
        rows = PublishedDefinition.objects.values_list("slug", "version")
        yield from dict.fromkeys((*self._at_hand, *(f"{slug}@{one}" for slug, one in rows)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class CallablePacks(Mapping[str, Definition]):
    """Packs that may be called, by slug: those at hand, then the newest published version."""

    def __init__(self, known: KnownPacks) -> None:
        self._known = known
        self._at_hand = CalledPacks(known.at_hand, registry.catalogue())

    def __getitem__(self, slug: str) -> Definition:
        found = self._at_hand.get(slug)
        if found is not None:
            return found
        row = _newest(PublishedDefinition.objects.filter(slug=slug))
        if row is None:
            raise KeyError(slug)
        return compiled(row)

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys(key.partition("@")[0] for key in self._known)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def publish(
    slug: str,
    text: str,
    translations: str | None,
    at: datetime,
    bases: Bases | None = None,
    scenarios: str = "",
    *,
    is_published: bool = False,
) -> PublishedDefinition:
    """Make a pack's text available for new cases; `translations` is its `en.yaml`.

    Publishing the same text again changes nothing but its scenarios, which are no part of it.

    Args:
        bases: packs that it may extend, beside those that are published.
        scenarios: the text of its `scenarios.yaml`; empty: it has none, or none any more.
        is_published: it was judged when it was published, elsewhere, and is not again
            (`check_published`).

    Raises:
        PackError: the text cannot be compiled.
        RuntimeRefused: `version-published`, the version, or that of a pack that it extends, stands
            already with another text;
            `setting-unset`, a required setting has no value in the organisation.
    """
    known = KnownPacks(bases)
    if is_published:
        pack = PackText(text, translations or None)
        report = check_published(pack, bases=known, catalogue=registry.catalogue())
    else:
        report = check_pack(
            text,
            translations=translations or None,
            bases=known,
            catalogue=registry.catalogue(),
            packs=CallablePacks(known),
        )
    if report.definition is None:
        raise PackError(report.problems)
    definition = report.definition
    if slug != definition.slug:
        raise ValueError(f"the pack calls itself {definition.slug!r}, not {slug!r}")
    settings.check_set(definition)
    for key, base in report.bases.items():
        _check_base(key, base)
    row = PublishedDefinition(
        slug=slug,
        version=definition.version,
        text=text,
        translations=translations or "",
        bases=_bases_text(report.bases),
        digest=definition.digest,
        roles=roles_text(definition),
        published_at=at,
        scenarios=scenarios,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            set_exclusions(slug, definition.exclusions)
    except IntegrityError:
        row = PublishedDefinition.objects.get(slug=slug, version=definition.version)
        if row.digest != definition.digest:
            facts = {"slug": slug, "version": definition.version}
            raise RuntimeRefused("version-published", facts) from None
        if scenarios != row.scenarios:
            row.scenarios = scenarios
            row.save(update_fields=["scenarios"])
    return row


def stands(slug: str, text: str, translations: str | None, scenarios: str = "") -> bool:
    """Whether a pack was published with these very texts, so that nothing is to be compiled for
    it."""
    rows = PublishedDefinition.objects.filter(slug=slug, text=text, scenarios=scenarios)
    return rows.filter(translations=translations or "").exists()


def scenarios_of(row: PublishedDefinition) -> str:
    """The text of the scenarios that were published with it; empty: none were."""
    return PublishedDefinition.objects.values_list("scenarios", flat=True).get(pk=row.pk)


def _check_base(key: str, base: PackText) -> None:
    """A published version is what it is, also for those that extend it."""
    slug, _, version = key.partition("@")
    row = PublishedDefinition.objects.filter(slug=slug, version=version).first()
    if row is not None and (row.text, row.translations) != (base.text, base.translations or ""):
        raise RuntimeRefused("version-published", {"slug": slug, "version": version})


def _bases_text(bases: Bases) -> str:
    packs = [[key, each.text, each.translations] for key, each in bases.items()]
    return canonical.dump(packs) if packs else ""


def _bases(text: str) -> Bases:
    packs = json.loads(text) if text else []
    return {key: PackText(pack, translations) for key, pack, translations in packs}


def texts_of(pk: int) -> tuple[PackText, Bases]:
    """The text of the row with this primary key as it was published, and those of the packs that it
    extends, the nearest first."""
    text, translations, bases = PublishedDefinition.objects.values_list(*_TO_COMPILE).get(pk=pk)
    return PackText(text, translations or None), _bases(bases)


def settable(row: PublishedDefinition) -> settings.Pack:
    """A published pack, for its settings to be set."""
    return settings.Pack(compiled(row), *texts_of(row.pk))


def missing_calendars(row: PublishedDefinition) -> frozenset[str]:
    """The calendars that its limits name and the organisation does not have; the unit's count in
    their place."""
    known = {key for key, _ in hours.snapshot().keys}
    return compiled(row).calendars - known


def missing_called(row: PublishedDefinition) -> frozenset[str]:
    """The packs that it calls and that are not published; its calls wait until they are."""
    called = called_by(row)
    published = PublishedDefinition.objects.filter(slug__in=called).values_list("slug", flat=True)
    return frozenset(called.difference(published)) if called else frozenset()


def called_by(row: PublishedDefinition) -> set[str]:
    """The slugs of the packs that it calls."""
    links = (node.construct for node in compiled(row).nodes.values())
    return {each.pack for each in links if isinstance(each, Link)}


def holders_of_both(row: PublishedDefinition) -> tuple[tuple[str, str, str], ...]:
    """Who holds two roles of which its roles exclude one another, with the two."""
    return exclusions.holders_of_both(compiled(row).exclusions)


def load(slug: str, version: str) -> Definition:
    """The compiled definition.

    Raises:
        RuntimeRefused: `unknown-process`.
    """
    return compiled(_find(slug, version=version))


def latest(slug: str) -> PublishedDefinition:
    """What new cases start on: the version published last.

    Raises:
        RuntimeRefused: `unknown-process`.
    """
    return _find(slug)


def of_version(slug: str, version: str) -> PublishedDefinition:
    """One version of a process, without its texts.

    Raises:
        RuntimeRefused: `unknown-process`.
    """
    return _find(slug, version=version)


def all_latest() -> list[PublishedDefinition]:
    """The version published last of every process, by slug; without their texts."""
    since = PublishedDefinition.objects.filter(slug=OuterRef("slug"))
    at, pk = OuterRef("published_at"), OuterRef("pk")
    newer = since.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk))
    # Sorted here: a database may sort by the words of a language.
    return sorted(
        PublishedDefinition.objects.filter(~Exists(newer)).defer(*TEXTS), key=lambda row: row.slug
    )


def compiled(row: PublishedDefinition) -> Definition:
    """The definition of a row, whose texts may be deferred.

    Compiled definitions are kept by the digest of their text, so the text itself is read once.
    """
    return _compile(row.digest, row.pk)


def as_bpmn(row: PublishedDefinition) -> str:
    """The pack of a row as a BPMN 2.0 file, its bases merged into it."""
    pack, bases = texts_of(row.pk)
    report = check_published(pack, bases=bases, catalogue=registry.catalogue())
    if report.tree is None:
        raise PackError(report.problems)
    return write_bpmn(report.tree, translations=beside(report, pack.translations))


def compiled_as(digest: str, pk: int) -> Definition:
    """The same of the row with this primary key and this digest."""
    return _compile(digest, pk)


def former_label(slug: str, node: str) -> Text:
    """How people called a node that the newest versions of a process do not have any more."""
    rows = PublishedDefinition.objects.filter(slug=slug).defer(*TEXTS)
    for row in rows.order_by("-published_at", "-id"):
        if node in (nodes := compiled(row).nodes):
            return nodes[node].label
    return Text(node, node)


def is_intact(row: PublishedDefinition) -> bool:
    """Whether the stored text is still the one that was published."""
    try:
        return _read(row.pk).digest == row.digest
    except PackError:
        return False


def roles_text(definition: Definition) -> str:
    """What `PublishedDefinition.roles` holds: those of the organisation; outside parties hold
    none."""
    held = (role.key for role in definition.roles.values() if not role.is_outside)
    return canonical.dump(sorted(held))


def roles_of_all() -> dict[int, frozenset[str]]:
    """The roles that every published definition knows, by its primary key; one query."""
    rows = PublishedDefinition.objects.values_list("pk", "roles")
    return {pk: frozenset(json.loads(roles)) for pk, roles in rows}


def roles_of(slug: str) -> frozenset[str]:
    """The roles that the versions of a process know."""
    rows = PublishedDefinition.objects.filter(slug=slug).values_list("roles", flat=True)
    return frozenset(role for roles in rows for role in json.loads(roles))


@lru_cache(maxsize=_COMPILED_AT_MOST)
def _compile(digest: str, pk: int) -> Definition:
    definition = _read(pk)
    if definition.digest != digest:
        raise ValueError(f"the text of published definition {pk} does not match its digest")
    return definition


def _read(pk: int) -> Definition:
    pack, bases = texts_of(pk)
    return compile_published(pack, bases=bases, catalogue=registry.catalogue())


def _find(slug: str, **narrower: str) -> PublishedDefinition:
    row = _newest(PublishedDefinition.objects.filter(slug=slug, **narrower))
    if row is None:
        raise RuntimeRefused("unknown-process", {"slug": slug})
    return row


def _newest(rows: QuerySet[PublishedDefinition]) -> PublishedDefinition | None:
    return rows.defer(*TEXTS).order_by("-published_at", "-id").first()
