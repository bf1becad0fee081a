"""Rows of people: `User`, `Unit`, `RoleHolding`, `Skill`, `RoleExclusion`, `PersonalHours`,
`LogInCount`, `AccessToken`, `Allowance`, the record of changes (`PeopleChange`), what of them is
still to be followed in open work (`Ripple`), and the mark of the last one."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser
from django.db import models

from tuoban.kernel.definition import Text
from tuoban.runtime.calendars.models import Calendar


class User(AbstractUser):
    """Somebody who signs in. In the kernel a person is `person_id`."""

    # Chinese names do not fall into a first and a last part; `display_name` is the whole name.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    display_name = models.CharField(max_length=100)
    language = models.CharField(
        max_length=10, choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans"
    )
    phone = models.CharField(max_length=32, blank=True, default="")
    is_demo = models.BooleanField(default=False)
    """The password is public: such a user signs in on the machine that serves, nowhere else."""

    token: AccessToken | None = None
    """By which token they ask just now; no column. None: at the desk."""

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def person_id(self) -> str:
        return str(self.pk)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Unit(models.Model):
    """A part of the organisation. `path` holds the keys from the root: `/hq/east/`."""

    key = models.SlugField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=500, unique=True)
    level = models.CharField(max_length=64, blank=True, default="")
    """What kind of unit it is, such as `city`: a word by which packs find it from below."""
    head = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="heads"
    )
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    """None: that of the unit above. A root has one."""
    closed_at = models.DateTimeField(null=True, blank=True)
    """Since when nothing begins in it any more; nobody holds a role there."""

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class CalendarGiven(models.Model):
    """That a unit was given a calendar; of one that was never given another there is none. The
    first of a unit is what it had before, from the beginning on (`since` None)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="calendars_given")
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, null=True)
    """None: that of the unit above."""
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.calendar_id}"


class RoleHolding(models.Model):
    """A user holds a role (a pack's role key) in a unit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="holdings")
    role = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="holdings")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "unit", "user"], name="role_held_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} @ {self.unit_id}"


class Skill(models.Model):
    """A user is able to do something, such as `welding`; packs ask for it by this name."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="skills")
    name = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="skill_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"


class RoleExclusion(models.Model):
    """Nobody may hold both roles, says the newest version of a process."""

    process = models.CharField(max_length=64)
    """The slug of its pack."""
    role = models.CharField(max_length=64)
    other = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "role", "other"], name="excluded_once")
        ]

    def __str__(self) -> str:
        return f"{self.process}: {self.role} ≠ {self.other}"


class PersonalHours(models.Model):
    """Hours of a person's own as they were saved once, over those of whatever unit they work in.

    Versions never change; the newest is in force. An empty one: none of their own.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="hours")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=64, blank=True, default="")
    """A person's id; empty: the product itself."""
    content = models.TextField()
    """Canonical JSON of a `PersonalText`."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "number"], name="personal_hours_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.number}"


class PeopleChange(models.Model):
    """That somebody changed something about a person or a unit. Only ever added to."""

    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True, default="")
    """A person's id; empty: by a command on the machine."""
    what = models.CharField(max_length=32)
    """A code, such as `role-given`; its words are made when it is read."""
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="changes")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="changes")
    facts = models.TextField(default="{}")
    """A JSON object of texts."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "id"], name="change_by_person"),
            models.Index(fields=["unit", "id"], name="change_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.what}"


class Ripple(models.Model):
    """What a change of people may touch in open work, from a moment on. The worker looks through
    the cases that have to do with the person, with the role, or with the unit and those below it,
    and deletes the row when it is through."""

    due_at = models.DateTimeField(null=True)
    """None: at once."""
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)
    role = models.CharField(max_length=64, blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True)
    after = models.BigIntegerField(default=0)
    """The last case that was looked at."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="ripple_by_moment")]

    def __str__(self) -> str:
        return f"{self.due_at}: {self.user_id or self.role or self.unit_id}"


class DirectoryMark(models.Model):
    """One row whose `token` is drawn anew by every change of people.

    A random token, not a counter: after a rollback or a restored backup a counter would give an
    old number to new content, and processes would keep a stale directory.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token


class LogInCount(models.Model):
    """How many log-ins were tried under one key since a moment; old rows are deleted."""

    key = models.CharField(max_length=64, primary_key=True)
    """A digest, so that what was typed in place of a name is not kept."""
    count = models.PositiveIntegerField()
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class AccessToken(models.Model):
    """That a program may act as somebody. Never deleted: journals name it by its row."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token, which is kept nowhere: it is as random as the digest is long."""
    scopes = models.CharField(max_length=100)
    """Words with spaces between."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """None: never."""
    used_at = models.DateTimeField(null=True)
    """To some minutes; None: not yet."""
    ended_at = models.DateTimeField(null=True)
    """None: it was not revoked."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "id"], name="token_by_person")]

    def __str__(self) -> str:
        return self.name


class Allowance(models.Model):
    """How many requests were given out to processes under one key, of the minute that was last."""

    key = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    """Since 1970."""
    given = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.given}"
