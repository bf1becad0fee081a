"""Tables of published packs, and what the organisation has set for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models.columns import DIGEST, KEY
from tuoban.runtime.people.models import User


class PublishedDefinition(models.Model):
    """A pack's text as it was published. A published version never changes."""

    slug = models.CharField(max_length=KEY)
    version = models.CharField(max_length=KEY)
    text = models.TextField()
    translations = models.TextField(blank=True, default="")
    bases = models.TextField(blank=True, default="")
    """The texts of the packs that it extends, as a JSON list: whatever becomes of those, this
    version stays what it is."""
    scenarios = models.TextField(blank=True, default="")
    """Its scenarios as they were published with it; empty: none were. They are no part of it, and
    may be replaced."""
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
