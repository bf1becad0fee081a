"""Somebody who does at random whatever the pages offer them, with entries that look like some."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from tests.faces.desk.page import Element, Page
from tuoban.runtime.cases.clock import now

WORDS = ("王建国", "更换主板", "客户要求上门", "OK", "3", "120.50", "A-17")
PHONES = ("13800138000", "010-12345678")
ANSWERED = frozenset({200, 204, 302, 303, 403, 404, 409, 413, 422, 429})
"""What a page may answer; anything else is a fault."""


@dataclass
class Form:
    address: str
    element: Element

    @property
    def weight(self) -> int:
        """How often it is chosen: what brings a case on more often than what ends it."""
        verb = self.address.rpartition("/")[2]
        return {"complete": 40, "sign": 20, "claim": 20, "cancel": 1, "suspend": 1}.get(verb, 3)


@dataclass
class Monkey:
    """One person at the desk."""

    client: Client
    chance: random.Random
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What fits an entry, by the last part of its name."""
    done: Counter[str] = field(default_factory=Counter)

    def look(self, address: str) -> list[Form]:
        """The forms of a page."""
        answer = self._answered(self.client.get(address), address)
        if answer.status_code != 200:
            return []
        forms = Page(answer).all("form", method="post")
        return [Form(each.attributes.get("action") or address, each) for each in forms]

    def act(self, address: str) -> None:
        """Look at a page and send one of its forms."""
        forms = [each for each in self.look(address) if each.address.startswith("/desk/")]
        forms = [each for each in forms if not each.address.startswith(("/desk/log", "/desk/lang"))]
        if forms:
            (form,) = self.chance.choices(forms, [each.weight for each in forms])
            self.send(form)

    def send(self, form: Form) -> None:
        values = dict(self._filled(form.element))
        answer = self._answered(self.client.post(form.address, values), form.address)
        verb = form.address.rpartition("/")[2]
        self.done[f"{verb} {answer.status_code}"] += 1

    def _answered(self, answer: Any, address: str) -> Any:
        assert answer.status_code in ANSWERED, (address, answer.status_code)
        return answer

    def _filled(self, form: Element) -> Iterator[tuple[str, Any]]:
        entries: dict[str, list[Element]] = {}
        for each in form.walk():
            name = each.attributes.get("name")
            if name and each.tag in ("input", "select", "textarea", "button"):
                entries.setdefault(name, []).append(each)
        for name, found in entries.items():
            value = self._value(name, found)
            if value is not None:
                yield name, value

    def _value(self, name: str, found: list[Element]) -> Any:
        kind = found[0].attributes.get("type", found[0].tag)
        if found[0].tag == "button":
            return self.chance.choice(found).attributes.get("value", "")
        fit = self.words.get(name.rpartition(".")[2], ())
        is_typed = kind not in ("hidden", "checkbox", "radio", "select")
        if is_typed and fit and self.chance.random() < 0.8:
            return self.chance.choice(fit)
        if kind == "radio":
            return self.chance.choice(found).attributes.get("value", "")
        if kind == "checkbox":
            ticked = [each for each in found if self.chance.random() < 0.8]
            return [each.attributes.get("value", "on") for each in ticked] or None
        if kind == "file":
            return None
        values = [self._one(each, kind) for each in found]
        return values if len(values) > 1 else values[0]

    def _one(self, element: Element, kind: str) -> str:
        known = element.attributes.get("value", "")
        if kind == "hidden" or (known and self.chance.random() < 0.8):
            return known
        if element.tag == "select":
            options = [each for each in element.walk() if each.tag == "option"]
            given = [each.attributes.get("value", "") for each in options]
            return self.chance.choice([each for each in given if each] or [""])
        if self.chance.random() < 0.03:
            return self.chance.choice(("", "x" * 400, "\u202e{}<b>"))
        return self._written(element, kind)

    def _written(self, element: Element, kind: str) -> str:
        moment = now() + timedelta(hours=self.chance.randint(-48, 300))
        by_kind: Mapping[str, str] = {
            "date": moment.date().isoformat(),
            "datetime-local": moment.strftime("%Y-%m-%dT%H:%M"),
            "time": moment.strftime("%H:%M"),
            "number": str(self.chance.randint(0, 9)),
            "tel": self.chance.choice(PHONES),
            "email": "a@example.org",
        }
        if element.attributes.get("inputmode") in ("numeric", "decimal"):
            return str(self.chance.randint(0, 9))
        return by_kind.get(kind) or self.chance.choice(WORDS)
