"""Titles of cases: templates in which a personal value stands as `{{pv:REF}}`, a customer as
`{{ref:customer-5}}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import Definition
from tuoban.kernel.facts import CUSTOMER, part_of, value_of
from tuoban.kernel.names import Names
from tuoban.kernel.state import State
from tuoban.runtime.cases import outside
from tuoban.runtime.cases.models import PersonalValue
from tuoban.runtime.cases.personal import read_values
from tuoban.runtime.cases.wording import ERASED, in_words

TYPED_AT_MOST = 60  # characters of one typed value in a title; the case page has it whole
_TOKEN = re.compile(r"\{\{pv:([0-9a-f]{32})\}\}")
_NAMED = re.compile(r"\{\{ref:(customer-\d+)\}\}")
_ANY = re.compile(rf"{_TOKEN.pattern}|{_NAMED.pattern}")


def make_title(definition: Definition, state: State, zone: tzinfo) -> str:
    """The title's template, in the pack's own language; the case's number if it is empty."""
    # What is computed reads nothing personal, so that nothing need be opened.
    names = Names(definition, state, {}, zone)
    parts: list[str] = []
    for kind, part in definition.case.title:
        if kind == "text":
            parts.append(part)
            continue
        value = names[part] if part in definition.derived else value_of(state, part, {})
        if isinstance(value, Sealed):
            parts.append("{{pv:" + value.ref + "}}")
        elif value is not None and part_of(definition, part).type == CUSTOMER:
            parts.append("{{ref:" + value + "}}")
        elif value is not None:
            words = in_words(definition, part_of(definition, part), value, zone, None)
            # What somebody typed must not be taken for a token.
            parts.append(_short(words.read(definition.language)).replace("{{", "{ {"))
    return " ".join("".join(parts).split()) or state.number


def _short(text: str) -> str:
    return text if len(text) <= TYPED_AT_MOST else f"{text[: TYPED_AT_MOST - 1]}…"


def open_titles(templates: Mapping[int, str]) -> dict[int, str]:
    """Titles of cases by case id, with their personal values; one query for all of them.

    The caller has made sure that the reader may see these cases.
    """
    refs = {ref for template in templates.values() for ref in _TOKEN.findall(template)}
    # The case is asked for as well: a reference opens values of its own case only.
    rows = PersonalValue.objects.filter(ref__in=refs, case__in=list(templates), erased_at=None)
    found = list(rows.values_list("case_id", "ref", "value")) if refs else []
    values: dict[int, dict[str, str]] = {}
    for case_id, ref, text in found:
        values.setdefault(case_id, {})[ref] = text
    named = {ref for template in templates.values() for ref in _NAMED.findall(template)}
    called = outside.files().called(named) if named else {}
    return {
        case_id: _open(template, read_values(values.get(case_id, {}).items()), called)
        for case_id, template in templates.items()
    }


def open_title(template: str, opened: Mapping[str, Any]) -> str:
    """The title of one case, with its personal values and the names of customers."""
    named = _NAMED.findall(template)
    return _open(template, opened, outside.files().called(set(named)) if named else {})


def _open(template: str, opened: Mapping[str, Any], called: Mapping[str, str]) -> str:
    plain = _TOKEN.sub(lambda token: _short(str(opened.get(token[1], ERASED.zh))), template)
    return _NAMED.sub(lambda token: _short(called.get(token[1], ERASED.zh)), plain)


def without_personal(template: str) -> str:
    return _ANY.sub("", template)
