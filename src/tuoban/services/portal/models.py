"""Rows of the portal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.models.columns import DIGEST, KEY
from tuoban.runtime.people.models import User


class PortalLink(models.Model):
    """A link that opens one case for one of its outside parties. The token stands in the address
    alone; what is kept of it is a digest, so that nobody who reads the rows can use it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=KEY)
    digest = models.CharField(max_length=DIGEST, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """None: nobody of the organisation made it, but a request from outside."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    """When it was opened last."""
    opened = models.PositiveIntegerField(default=0)
    by_code = models.BooleanField(default=False)
    """Nobody has its address: it is the visit of somebody who came in by a one-time code."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="portal_link_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.role} {self.pk}"


class PortalCode(models.Model):
    """A one-time code that was sent. Both the address it went to and the code itself are kept as
    keyed digests alone."""

    address = models.CharField(max_length=DIGEST, unique=True)
    code = models.CharField(max_length=DIGEST)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}"
