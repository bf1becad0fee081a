"""What the pages of a published process have in common: which version they show, and their head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.http import Http404

from tuoban.faces.desk.signed_in import StaffRequest
from tuoban.faces.posted import plain
from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.migrating import VersionInUse, versions_of
from tuoban.runtime.cases.queries.processes import process_of
from tuoban.runtime.people.models import User

DOOR = "desk:versions"

ProcessPage = Literal["picture", "clauses", "forms", "scenarios", "text", "versions"]


@dataclass(frozen=True, slots=True)
class ProcessHead:
    """The head of a page of a process: `here` is which one it is, `version` the one it shows."""

    here: ProcessPage
    slug: str
    title: Text
    version: str
    versions: tuple[VersionInUse, ...]
    """The newest first."""
    is_staff: bool

    @property
    def newest(self) -> str:
        return self.versions[0].version

    @property
    def query(self) -> str:
        """What keeps to the version shown in the address of another page; empty for the newest."""
        return "" if self.version == self.newest else "?" + urlencode({"version": self.version})


def asked_for(request: StaffRequest, slug: str) -> definitions.Published:
    """The version that `?version=` names, else the newest.

    Raises:
        Http404: there is no such process, or no such version of it, or the user does not work by
            it.
    """
    version = plain(request.GET.get("version", ""))
    try:
        return process_of(request.user, slug, version)
    except Refused as refused:
        raise Http404 from refused


def head_of(user: User, row: definitions.Published, here: ProcessPage) -> ProcessHead:
    title, versions = definitions.compiled(row).title, versions_of(row.slug)
    return ProcessHead(here, row.slug, title, row.version, versions, user.is_staff)
