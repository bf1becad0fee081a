"""Tidying away what was uploaded and never became part of a case, or of a draft of one."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import Exists, OuterRef

from tuoban.runtime.cases.models import CaseFile, Draft
from tuoban.runtime.files import tidying
from tuoban.runtime.files.service import PREFIX

_REF = re.compile(rf"{PREFIX}[0-9a-f]{{24}}")


def refs_in(text: str) -> set[str]:
    """The files that a text speaks of."""
    return set(_REF.findall(text))


def tidy(at: datetime) -> int:
    """Take away what nobody needs; how much that was."""
    unused = ~Exists(CaseFile.objects.filter(file=OuterRef("pk")))
    drafts = Draft.objects.filter(data__contains=PREFIX).values_list("data", flat=True)
    kept = {ref for text in drafts.iterator() for ref in refs_in(text)}
    return tidying.tidy(at, unused, kept)
