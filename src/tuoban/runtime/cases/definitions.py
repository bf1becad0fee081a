"""Published definitions: packs as they stand in the database, compiled once per process."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError, transaction

from tuoban.kernel.definition import Definition
from tuoban.kernel.language import PackError, compile_pack
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import PublishedDefinition
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people import exclusions, hours
from tuoban.runtime.people.exclusions import set_exclusions

_COMPILED_AT_MOST = 256


def publish(slug: str, text: str, translations: str | None, at: datetime) -> PublishedDefinition:
    """Make a pack's text available for new cases; `translations` is its `en.yaml`.

    Publishing the same text again changes nothing.

    Raises:
        PackError: the text cannot be compiled.
        RuntimeRefused: `version-published`, the version stands already with another text;
            `setting-unset`, a required setting has no value.
    """
    definition = compile_pack(text, translations=translations or None)
    unset = tuple(each.label for each in definition.settings.values() if each.value is None)
    if unset:
        # An organisation has no place to set them yet, and conditions would meet nothing.
        raise RuntimeRefused("setting-unset", {"slug": slug, "settings": unset})
    if slug != definition.slug:
        raise ValueError(f"the pack calls itself {definition.slug!r}, not {slug!r}")
    row = PublishedDefinition(
        slug=slug,
        version=definition.version,
        text=text,
        translations=translations or "",
        digest=definition.digest,
        roles=roles_text(definition),
        published_at=at,
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
    return row


def missing_calendars(row: PublishedDefinition) -> frozenset[str]:
    """The calendars that its limits name and the organisation does not have; the unit's count in
    their place."""
    known = {key for key, _ in hours.snapshot().keys}
    return compiled(row).calendars - known


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


def all_latest() -> list[PublishedDefinition]:
    """The version published last of every process, by slug; without their texts."""
    rows = PublishedDefinition.objects.defer("text", "translations")
    newest = {row.slug: row for row in rows.order_by("published_at", "id")}
    return [newest[slug] for slug in sorted(newest)]


def compiled(row: PublishedDefinition) -> Definition:
    """The definition of a row, whose `text` and `translations` may be deferred.

    Compiled definitions are kept by the digest of their text, so the text itself is read once.
    """
    return _compile(row.digest, row.pk)


def is_intact(row: PublishedDefinition) -> bool:
    """Whether the stored text is still the one that was published."""
    try:
        return _read(row.pk).digest == row.digest
    except PackError:
        return False


def roles_text(definition: Definition) -> str:
    """What `PublishedDefinition.roles` holds: those of the organisation; outside parties hold
    none."""
    held = (role.key for role in definition.roles.values() if role.recorded_by is None)
    return canonical.dump(sorted(held))


def roles_of_all() -> dict[int, frozenset[str]]:
    """The roles that every published definition knows, by its primary key; one query."""
    rows = PublishedDefinition.objects.values_list("pk", "roles")
    return {pk: frozenset(json.loads(roles)) for pk, roles in rows}


@lru_cache(maxsize=_COMPILED_AT_MOST)
def _compile(digest: str, pk: int) -> Definition:
    definition = _read(pk)
    if definition.digest != digest:
        raise ValueError(f"the text of published definition {pk} does not match its digest")
    return definition


def _read(pk: int) -> Definition:
    text, translations = PublishedDefinition.objects.values_list("text", "translations").get(pk=pk)
    return compile_pack(text, translations=translations or None)


def _find(slug: str, **narrower: str) -> PublishedDefinition:
    rows = PublishedDefinition.objects.filter(slug=slug, **narrower)
    row = rows.defer("text", "translations").order_by("-published_at", "-id").first()
    if row is None:
        raise RuntimeRefused("unknown-process", {"slug": slug})
    return row
