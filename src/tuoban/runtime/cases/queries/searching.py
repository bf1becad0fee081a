"""Searching cases by number, title or a personal value."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import CalledCase, Case, PersonalValue
from tuoban.runtime.cases.personal import EVIDENCE, SIGNATURE

_OF_ROLES = Q(field__startswith=SIGNATURE) | Q(field__startswith=EVIDENCE)
_SHORTEST_NAME = 2  # characters; a single one would find half of all people


def matching_cases(q: str) -> QuerySet[Case]:
    """The cases that match what was typed into the search box.

    A number (with or without its dashes) or a title matches by any part; a phone number as a
    whole; a name, an address or another personal text by a part of at least two characters. A
    whole number finds the cases that are linked to it by a call, too. Who may see them is the
    caller's.
    """
    words = q.strip()
    found = PersonalValue.objects.filter(erased_at=None).exclude(_OF_ROLES)
    compact = words.replace(" ", "").replace("-", "")
    if compact.isdigit():
        found = found.filter(value=canonical.to_text(compact))
    elif len(words) >= _SHORTEST_NAME:
        inside = canonical.to_text(words)[1:-1]
        found = found.filter(value__icontains=inside)
    else:
        found = found.none()
    matches = Q(number__icontains=words) | Q(title_words__icontains=words)
    if compact:
        matches |= Q(bare_number__icontains=compact)
    matches |= Q(pk__in=found.values("case"))
    if words:
        called = CalledCase.objects.filter(parent__number__iexact=words, case__isnull=False)
        callers = CalledCase.objects.filter(case__number__iexact=words)
        matches |= Q(pk__in=called.values("case")) | Q(pk__in=callers.values("parent"))
    bare_number = Replace("number", Value("-"), Value(""))
    return Case.objects.alias(bare_number=bare_number).filter(matches)
