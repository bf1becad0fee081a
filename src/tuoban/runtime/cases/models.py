"""Rows of cases. What we search has a column; what we only replay is in the journal.

`Case.state` and `JournalEntry.payload` are canonical JSON text made by the kernel's codec, the
same on every database. The other tables of a case are projections of that state (`projection.py`)
and can be told to be true by `audit.py`. Instants are UTC; `unit` columns hold the unit's key.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import ClassVar

from django.db import models

from tuoban.runtime.people.models import Unit, User

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for 'no due time' in sorting columns, so that one index serves all rows."""

KEY = 100  # characters of a key that an author or a caller chooses
DIGEST = 64  # hexadecimal characters of a SHA-256


class PublishedDefinition(models.Model):
    """A pack's text as it was published. A published version never changes."""

    slug = models.CharField(max_length=KEY)
    version = models.CharField(max_length=KEY)
    text = models.TextField()
    translations = models.TextField(blank=True, default="")
    bases = models.TextField(blank=True, default="")
    """The texts of the packs that it extends, as a JSON list: whatever becomes of those, this
    version stays what it is."""
    digest = models.CharField(max_length=DIGEST)
    roles = models.TextField()
    """The keys of its roles as a JSON list: who may see its cases is asked without compiling."""
    published_at = models.DateTimeField()
    taken_up = models.BooleanField(default=False)
    """Whether the schedules of its starts are kept by now (`recurring.py`)."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "version"], name="definition_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug}@{self.version}"


class Recurring(models.Model):
    """A start of the newest version of a process that comes by a schedule."""

    definition = models.ForeignKey(PublishedDefinition, on_delete=models.CASCADE, related_name="+")
    start = models.CharField(max_length=KEY)
    after = models.DateTimeField()
    """Up to when it has been carried out: the last moment of the schedule, or its publication."""
    next_at = models.DateTimeField(null=True)
    """The next moment; None where no calendar reaches so far."""
    calendar = models.CharField(max_length=200)
    """The name of the calendar by which that was found."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "start"], name="recurring_once")
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.start}"


class OrganisationSetting(models.Model):
    """A value that the organisation has set for a pack, of whichever version."""

    slug = models.CharField(max_length=KEY)
    entry = models.CharField(max_length=2 * KEY)
    """The setting's name, with the option behind a point where it has a value for each."""
    value = models.TextField()
    """As the kernel's codec writes it."""
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """Who set it at the desk; None where it was set at the command line."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "entry"], name="setting_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.entry}"


class Case(models.Model):
    """A live case. `seq` counts its journal entries and `head` is the digest of the last one.

    `title` is a template in which a personal value stands as a token (`titles.py`).
    """

    number = models.CharField(max_length=KEY, unique=True)
    definition = models.ForeignKey(PublishedDefinition, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, to_field="key", db_column="unit")
    status = models.CharField(max_length=10)
    outcome = models.CharField(max_length=KEY, blank=True, default="")
    title = models.TextField()
    title_words = models.TextField()
    """The title without its personal values, for searching."""
    priority_rank = models.PositiveSmallIntegerField(default=0)
    due_sort = models.DateTimeField(default=NEVER)
    """The earliest due time of its clocks, else `NEVER`."""
    suspended = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    seq = models.PositiveIntegerField()
    head = models.CharField(max_length=DIGEST)
    state = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "due_sort", "-id"], name="case_by_time_left"),
        ]

    def __str__(self) -> str:
        return self.number


class RecurringStart(models.Model):
    """A case that a schedule begins, once for each period and element, whatever the version;
    `case` is None until it has begun."""

    slug = models.CharField(max_length=KEY)
    start = models.CharField(max_length=KEY)
    period = models.CharField(max_length=20)
    element = models.CharField(max_length=DIGEST, blank=True)
    """What tells the element from others; empty where there is none."""
    value = models.TextField()
    """The element as the kernel's codec writes it."""
    definition = models.ForeignKey(PublishedDefinition, on_delete=models.PROTECT, related_name="+")
    moment = models.DateTimeField()
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug", "start", "period", "element"], name="recurring_start_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                name="recurring_start_waiting",
                condition=models.Q(case=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.start} {self.period}"


class WorkItem(models.Model):
    """A work item, open or finished. `number` is the kernel's, counted per case."""

    OPEN, DONE, WITHDRAWN = "open", "done", "withdrawn"
    ASKED, OUT = "asked", "out"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=KEY)
    element = models.CharField(max_length=200, blank=True, default="")
    """Of which element of a list it is, as people call it (`elements.py`)."""
    offered_to = models.TextField()
    """The pools it was offered to, as a JSON list of pairs of a role and a unit."""
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    assigned = models.BooleanField()
    locked = models.BooleanField()
    lock_reasons = models.CharField(max_length=200, blank=True, default="")
    """Places of the failing needs, with commas between."""
    due_at = models.DateTimeField(null=True, blank=True)
    due_sort = models.DateTimeField(default=NEVER)
    """By the clock that runs out first, its own or that of something it stands in."""
    clock_from = models.DateTimeField(null=True, blank=True)
    stands_still = models.BooleanField(default=False)
    """Its time does not run now, so that it is not due at any moment."""
    opens_at = models.DateTimeField(null=True, blank=True)
    """The moment before which it cannot be done."""
    offered_at = models.DateTimeField()
    status = models.CharField(max_length=10, default=OPEN)
    escalated = models.BooleanField(default=False)
    signing = models.CharField(max_length=6, blank=True, default="")
    """`ASKED`: somebody is asked to sign; `OUT`: it is with its signers."""
    priority_rank = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="item_number_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "status", "due_sort", "id"], name="item_by_person_and_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.node}"

    @property
    def pool_keys(self) -> tuple[tuple[str, str], ...]:
        """Where it lies open: pairs of a role and a unit."""
        return tuple((role, unit) for role, unit in json.loads(self.offered_to))


class PoolEntry(models.Model):
    """An open item lies in the pool of one role in one unit: one row per role, only while it lies
    there."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="pools")
    role = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "role", "item"], name="pool_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.unit} {self.item_id}"


class CaseCopy(models.Model):
    """Somebody got the case to read."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="copies")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "case"], name="copied_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.user_id}"


class Timer(models.Model):
    """A moment set by the kernel. `timer` is its id within the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    timer = models.CharField(max_length=KEY)
    clock = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_index=True)
    """`due_at`, or later after a failed attempt."""
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "timer"], name="timer_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.timer}"


class JournalEntry(models.Model):
    """One command and its events; append-only, chained by digests (`journal.py`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="journal")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True, default="")
    """The person's id; empty for the system."""
    command = models.CharField(max_length=KEY)
    payload = models.TextField()
    previous = models.CharField(max_length=DIGEST)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="journal_seq_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.command}"


class PersonalValue(models.Model):
    """A personal value, outside the journal. Erasing blanks `value` and `salt`; the journal keeps
    the reference and the commitment."""

    ref = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="personal_values")
    field = models.CharField(max_length=KEY)
    salt = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)
    commitment = models.CharField(max_length=DIGEST)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref


class CommandKey(models.Model):
    """The answer once given under a caller's key, so that a repeated request changes nothing."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=KEY)
    request_digest = models.CharField(max_length=DIGEST)
    answer = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "key"], name="command_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class Draft(models.Model):
    """What somebody has typed and not yet handed in. Deleted when the work is done."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    data = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "user"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.user_id}"


class Notice(models.Model):
    """Something a user is told. `facts` are keys and ids as JSON; texts are made when read."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=40)
    facts = models.TextField(default="{}")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "read_at", "-id"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.code} → {self.user_id}"


class NumberSequence(models.Model):
    """The next number of a series, taken inside the case's transaction: no gaps."""

    series = models.CharField(max_length=KEY, unique=True)
    next = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.series


class HoursMark(models.Model):
    """One row: by which hours the clocks of running cases were looked at last (`rechecking.py`)."""

    digest = models.CharField(max_length=DIGEST)
    after = models.PositiveBigIntegerField(null=True)
    """The last case looked at, while there are more; None when all have been."""

    def __str__(self) -> str:
        return self.digest


class Job(models.Model):
    """Work for the worker (`jobs.py`), carried by rows."""

    kind = models.CharField(max_length=KEY)
    key = models.CharField(max_length=200, unique=True)
    payload = models.TextField()
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["run_at", "id"],
                name="job_waiting",
                condition=models.Q(done_at=None, dead_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.key
