"""Who gets which answer where: every address of the desk and the API, asked by every kind of user.

The addresses come from the tables of the faces, so that a new one without a line in
`permitted.txt` fails. A line has the status for each of `KINDS`; `login` is the way to the log-in,
`idle` leads on and has changed nothing. A method that is taken of nobody has none. What is asked
stands in `asked.py`, and can be carried out, so that nothing but a missing right keeps anybody
from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from hashlib import sha256
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse

from tests.faces.asked import HOURS_ACTS, PASSWORD, Asked, furnish
from tests.runtime.shop import NINE, Shop, open_shop
from tuoban.faces.api.api import api
from tuoban.faces.desk import urls
from tuoban.faces.desk.views.papers import VERBS as PAPER_ACTS
from tuoban.faces.desk.views.person_acts import ACTS as PERSON_ACTS
from tuoban.faces.desk.views.tokens import ACTS as TOKEN_ACTS
from tuoban.faces.desk.views.units import ACTS as UNIT_ACTS
from tuoban.runtime.cases import clock
from tuoban.runtime.people.service import create_user, set_password

KINDS = {
    "nobody": "",
    "stranger": "stranger",
    "elsewhere": "sun",
    "clerk": "mei",
    "mender": "lei",
    "head": "min",
    "root": "root",
}
"""Kinds of users, each with somebody of the shop: nobody logged in, somebody without a role, a
clerk of another unit, a clerk and a mender of the case's unit and its head, an administrator."""

ACTS: Mapping[str, tuple[str, Iterable[str]]] = {
    "desk:person": ("act", PERSON_ACTS),
    "desk:unit": ("act", UNIT_ACTS),
    "desk:tokens": ("act", TOKEN_ACTS),
    "desk:paper": ("verb", PAPER_ACTS),
    "desk:calendar": ("act", HOURS_ACTS),
    "desk:person-hours": ("act", HOURS_ACTS),
}
"""The forms that do one of several things: the entry that says which, and what it may say."""

TO_NOBODY: Mapping[str, str] = {
    "desk GET": "leads to the desk, which asks who is there",
    "desk POST": "likewise",
    "desk:login GET": "where one logs in",
    "desk:login POST": "likewise",
    "desk:language POST": "the log-in page, too, is read in either language",
    "desk:logout POST": "whoever is there is logged out, as was asked",
    "api /openapi.json GET": "how to ask, as it stands in the documentation",
}
"""What is answered to whoever is not logged in, and why."""

ALIKE: Mapping[str, str] = {
    **TO_NOBODY,
    "desk:session GET": "who one is oneself",
    "desk:back GET": "a page that says nothing but that one is logged in",
    "desk:work GET": "one's own work",
    "desk:next POST": "from pools of one's own; to others it says that there are none",
    "desk:new GET": "the requests that one may make oneself",
    "desk:cases GET": "the cases that one may see",
    "desk:calendars GET": "working hours and public holidays, by which everybody's limits count",
    "desk:calendar GET": "likewise",
    "desk:calendar POST show": "looks at another year; nothing is kept",
    "desk:calendar-units GET": "which unit works by which calendar",
    "desk:hours-people GET": "the people whose hours one may see",
    "desk:indicators GET": "the indicators of the processes that one works by",
    "desk:versions GET": "the processes that one works by",
    "desk:upload POST": "what one uploads is one's own until a case has it",
    "desk:me GET": "leads to one's own page",
    "desk:notices GET": "one's own notices",
    "desk:notices-read POST": "likewise",
    "desk:notice-read POST": "neither is told by that notice",
    "desk:start GET": "neither holds the role that may ask",
    "desk:start POST": "likewise",
    "desk:entries POST": "likewise",
    "desk:start-rows POST": "likewise",
    "desk:document GET": "it is printed by whoever does the step, and whoever heads the unit",
    "desk:document POST": "likewise",
    "api /cases POST": "neither holds the role that may ask; the refusal says which that is",
    "api /cases GET": "the cases that one may see",
    "api /work GET": "one's own work",
    "api /work/next POST": "from pools of one's own; to others it says that there are none",
    "api /requests GET": "the requests that one may make oneself",
    "api /notices GET": "one's own notices",
    "api /files POST": "what one uploads is one's own until a case has it",
    "api /calendars GET": "working hours and public holidays, as on the desk",
    "api /units/{unit}/due GET": "when a limit would run out, by the same",
}
"""Where somebody without any role is answered as administrators are, and why."""

IN_VAIN: Mapping[str, str] = {
    "desk POST": "leads to the desk",
    "desk:login POST": "nobody has the password that is typed",
    "desk:phone GET": "there is a simulated phone only where the simulated gateway carries SMS",
    "desk:phone POST": "likewise",
}
"""What nobody manages, and why; everything else is done by some kind of user."""

WRITTEN: Mapping[str, str] = {
    "desk:login POST": "attempts are counted",
}
"""What is kept although it is refused, and why."""


class Frozen(datetime):
    """The clock stands still soon after the shop was furnished."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return NINE + timedelta(minutes=1)


@pytest.fixture
def shop(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Shop:
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": tmp_path, "scanner": ""}
    monkeypatch.setattr(clock, "datetime", Frozen)
    shop = open_shop()
    shop.people["stranger"] = create_user("stranger", "路人", at=NINE)
    for name in ("lei", "root"):
        set_password(shop[name], PASSWORD)
    return shop


def addresses(
    shared: Mapping[str, Any], questions: Mapping[str, Asked]
) -> Iterator[tuple[str, str, Asked]]:
    """Every question with its name and its address."""
    for each in urls.urlpatterns:
        assert isinstance(each, URLPattern)
        name = f"desk:{each.name}" if each.name else "desk"
        for what in (f"{name} GET", *_posts(name)):
            asked = questions.get(what, Asked())
            parts = {**shared, **asked.parts}
            args = {part: parts[part] for part in each.pattern.converters}
            address = reverse(name, kwargs=args) if each.name else "/"
            yield what, address, asked
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    what = f"api {prefix}{path} {method}"
                    asked = questions.get(what, Asked())
                    address = (prefix + path).format(**{**shared, **asked.parts})
                    yield what, f"/api/v1{address}?{asked.query}".rstrip("?"), asked


def _posts(name: str) -> Iterator[str]:
    if name not in ACTS:
        yield f"{name} POST"
    else:
        yield from (f"{name} POST {act}" for act in ACTS[name][1])


class Visitor:
    """Somebody at a browser, who asks every question as if it were the first."""

    def __init__(self, shop: Shop, name: str) -> None:
        self.client = Client(raise_request_exception=False)
        if name:
            self.client.force_login(shop[name])
        self.cookies = self.client.cookies.output(header="")

    def ask(self, what: str, address: str, asked: Asked) -> str:
        """The status, or `login` where the answer leads there."""
        self.client.cookies = SimpleCookie(self.cookies)
        method = what.split()[2] if what.startswith("api ") else what.split()[1]
        send = getattr(self.client, method.lower())
        found = send(address, **(_sent(what, asked) if method == "POST" else {}))
        list(found)  # what is streamed is read to its end
        if found.status_code == 302 and "/desk/login?next=" in found["Location"]:
            return "login"
        return str(found.status_code)


def _sent(what: str, asked: Asked) -> dict[str, Any]:
    if isinstance(asked.said, bytes):
        body = {"data": asked.said, "content_type": "application/octet-stream"}
        return {**body, "headers": {"Idempotency-Key": "a-key"}}
    if what.startswith("api "):
        body = {"data": json.dumps(asked.said), "content_type": "application/json"}
        return {**body, "headers": {"Idempotency-Key": "a-key"}}
    name, _method, *act = what.split(" ")
    files = {each: SimpleUploadedFile("a.png", data) for each, data in asked.files.items()}
    chosen = {ACTS[name][0]: act[0]} if act else {}
    return {"data": {"key": "a-key", **asked.said, **chosen, **files}}


def permitted() -> dict[str, list[str]]:
    lines = Path(__file__).with_name("permitted.txt").read_text(encoding="utf-8").splitlines()
    named = (re.split(r"  +", line) for line in lines if line and not line.startswith("#"))
    return {name: told.split() for name, told in named}


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def writes() -> int:
    """How many rows this connection has written so far, those that were taken back included."""
    connection.ensure_connection()
    changes: int = connection.connection.total_changes
    return changes


def content() -> dict[str, str]:
    """Every table, by a digest of its rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - no user names it
            found[table] = sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def is_refused(told: str) -> bool:
    return told in ("login", "idle") or int(told) >= 400


def test_every_address_answers_each_kind_of_user_as_is_written_down(shop: Shop) -> None:
    """What is refused changes nothing, journal and all; strangers get no answer of administrators;
    and everything can be done by somebody."""
    if connection.vendor == "postgresql":
        pytest.skip("who may do what does not depend on the database")
    shared, questions = furnish(shop)
    visitors = [Visitor(shop, name) for name in KINDS.values()]
    untouched, found, kept = content(), {}, set()
    for what, address, asked in addresses(shared, questions):
        answers = []
        for visitor in visitors:
            with rolled_back():
                before = writes()
                told = visitor.ask(what, address, asked)
                # What was written may have been taken back before the answer.
                has_changed = writes() != before and content() != untouched
            if told == "302" and " POST" in what and not has_changed:
                told = "idle"
            if is_refused(told) and has_changed:
                kept.add(what)
            answers.append(told)
        if set(answers) != {"405"}:
            found[what] = answers

    assert set(questions) <= set(found)
    assert found == permitted()
    assert kept == set(WRITTEN)
    assert {what for what, told in found.items() if all(map(is_refused, told))} == set(IN_VAIN)
    nobody, stranger, root = (list(KINDS).index(each) for each in ("nobody", "stranger", "root"))
    to_nobody = {what for what, told in found.items() if told[nobody] not in ("login", "401")}
    assert to_nobody == set(TO_NOBODY)
    alike = {
        what
        for what, told in found.items()
        if told[stranger] == told[root] or not is_refused(told[stranger])
    }
    assert alike == set(ALIKE)
