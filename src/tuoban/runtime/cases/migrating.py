"""Taking running cases to another version of their process, one or all.

Every case is moved in a transaction of its own, or not at all. Whoever is stopped in between goes
on by asking again: what has been moved is not looked at any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, settings, workload
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.carrying import Desk, Outcome, carry_out, open_case
from tuoban.runtime.cases.models import Case, PublishedDefinition

RUN = 50
"""Cases that are read in one go."""


@dataclass(frozen=True, slots=True)
class Wish:
    """To which version, and why. `renames` are as in the kernel's `Migrate`; `by` is a person's id,
    None for whoever administers the machine."""

    to: str
    reason: str = ""
    renames: Mapping[str, str] | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the wish for one case."""

    case_id: int
    number: str
    before: str
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class VersionInUse:
    """A published version of a process, and how many running cases go by it."""

    version: str
    published_at: datetime
    running: int


def versions_of(slug: str) -> tuple[VersionInUse, ...]:
    """The published versions of a process, the newest first."""
    rows = PublishedDefinition.objects.filter(slug=slug).order_by("-published_at", "-id")
    running = dict(
        Case.objects.filter(status="running", definition__slug=slug)
        .values_list("definition__version")
        .annotate(Count("pk"))
    )
    return tuple(
        VersionInUse(version, at, running.get(version, 0))
        for version, at in rows.values_list("version", "published_at")
    )


def migrate_open_cases(
    slug: str,
    wish: Wish,
    at: datetime,
    *,
    before: str | None = None,
    dry_run: bool = False,
    after: int = 0,
) -> Iterator[Result]:
    """Move every running case of a process that goes by another version, or by `before`.

    Args:
        dry_run: nothing is kept; the results are those that it would have.
        after: the id of the case behind which to go on; the cases before it are left alone.

    Raises:
        Refused: `unknown-process`, `unknown-version`.
    """
    for version in (wish.to, before):
        if version is not None:
            _check_published(slug, version)
    while found := _next(slug, wish.to, before, after):
        for case_id, number, version in found:
            yield Result(case_id, number, version, _try(case_id, wish, at, dry_run=dry_run))
        after = found[-1][0]


def _check_published(slug: str, version: str) -> None:
    title = definitions.compiled(definitions.latest(slug)).title
    if not PublishedDefinition.objects.filter(slug=slug, version=version).exists():
        raise Refused("unknown-version", {"process": title, "version": version})


def _next(slug: str, to: str, before: str | None, after: int) -> list[tuple[int, str, str]]:
    rows = Case.objects.filter(status="running", definition__slug=slug, pk__gt=after)
    rows = rows.exclude(definition__version=to).order_by("pk")
    if before is not None:
        rows = rows.filter(definition__version=before)
    return list(rows.values_list("pk", "number", "definition__version")[:RUN])


def _try(case_id: int, wish: Wish, at: datetime, *, dry_run: bool) -> Refused | None:
    try:
        migrate_one(case_id, wish, at, dry_run=dry_run)
    except Refused as refused:
        return refused
    return None


@refused_when_busy()
def migrate_one(case_id: int, wish: Wish, at: datetime, *, dry_run: bool = False) -> Outcome:
    """Move one case, or only see whether it could be.

    Raises:
        Refused: `unknown-case`, `busy`, and as the kernel's `Migrate`.
    """
    with transaction.atomic():
        outcome = migrate(open_case(case_id, at), wish)
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def migrate(desk: Desk, wish: Wish) -> Outcome:
    """Move the case on the desk. What has come due by the version it leaves comes first, in an
    entry of its own. The caller is in a transaction."""
    carry_out(desk, c.Recheck())
    row = desk.case.row
    slug = row.definition.slug
    found = PublishedDefinition.objects.filter(slug=slug, version=wish.to)
    published = found.defer(*definitions.TEXTS).first()
    if published is not None:
        new = definitions.compiled(published)
        desk.surroundings = replace(
            desk.surroundings,
            settings=settings.given(slug),
            workload=workload.gather(new, row.pk),
            versions={wish.to: new},
        )
    return carry_out(desk, c.Migrate(wish.by, wish.to, wish.reason, wish.renames or {}))
