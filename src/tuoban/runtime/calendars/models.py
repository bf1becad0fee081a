"""Rows of calendars: `Calendar`, its versions, the public holidays they keep, and the mark of the
last change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.kernel.definition import Text


class Calendar(models.Model):
    """Hours that units use. What they are stands in the newest version."""

    key = models.SlugField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)


class HolidayEdition(models.Model):
    """The public holidays of a country as they were once known: all years, with the mark whether
    each was confirmed. A newer edition has a greater id; none ever changes."""

    digest = models.CharField(max_length=64, unique=True)
    country = models.CharField(max_length=2)
    rows = models.TextField()

    def __str__(self) -> str:
        return f"{self.country} {self.digest[:8]}"


class CalendarVersion(models.Model):
    """A calendar as it was saved once. Versions never change; the newest is in force."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField(null=True)
    """None: it came with the product."""
    saved_by = models.CharField(max_length=64, blank=True, default="")
    """A person's id; empty: the product itself."""
    note = models.CharField(max_length=200, blank=True, default="")
    content = models.TextField()
    """Canonical JSON of a `CalendarText`."""
    holidays = models.ForeignKey(HolidayEdition, on_delete=models.PROTECT, null=True)
    """None: no public holidays are kept."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id}@{self.number}"


class CalendarMark(models.Model):
    """One row whose `token` is drawn anew by every change of a calendar, as for people."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
