"""Whatever people do with the pages of whatever process: no page breaks, and the audit finds every
row to be what the journal says."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from django.test import Client
from ruamel.yaml import YAML

import tuoban.packs
from tests.faces.desk.monkey import Monkey
from tuoban.kernel.language import PackText, check_pack
from tuoban.kernel.language.called import CalledPacks
from tuoban.runtime.cases import definitions, settings
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.folders import around
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.worker import run_once
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import User
from tuoban.runtime.people.service import create_unit, create_user, grant, set_head
from tuoban.runtime.rehearsal import read_scenarios
from tuoban.services.booking.service import provide
from tuoban.services.customers.entries import NAME
from tuoban.services.customers.service import save
from tuoban.services.installed import CATALOGUE

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

FOLDERS = sorted(path.parent for path in Path(tuoban.packs.__path__[0]).glob("*/pack.yaml"))
ACTS = 80
PEOPLE = ("ann", "bo", "cai", "dai")


def publish(folder: Path) -> None:
    """Publish a pack of the product, with the settings of its first scenario."""
    text, english, scenarios = (
        (folder / name).read_text("utf-8") for name in ("pack.yaml", "en.yaml", "scenarios.yaml")
    )
    report = check_pack(
        text,
        translations=english,
        bases=(bases := around(folder)),
        catalogue=CATALOGUE,
        packs=CalledPacks(bases, CATALOGUE),
    )
    assert report.definition is not None
    first, *_ = read_scenarios(scenarios)
    pack = settings.Pack(report.definition, PackText(text, english), bases)
    settings.change(pack, first.settings, at=now())
    definitions.publish(folder.name, text, english, now(), bases)


def known_words(folder: Path) -> dict[str, list[str]]:
    """What the scenarios of a pack enter, by field."""
    found: defaultdict[str, list[str]] = defaultdict(list)

    def look(value: object) -> None:
        for key, each in value.items() if isinstance(value, dict) else ():
            if isinstance(each, str | int | float):
                found[str(key)].append(str(each))
            look(each)
        for each in value if isinstance(value, list) else ():
            look(each)

    look(YAML(typ="safe").load((folder / "scenarios.yaml").read_text("utf-8")))
    return found


def staffed(folder: Path, chance: random.Random) -> list[Monkey]:
    """People who hold the roles of a process, as far as one person may."""
    slug, words = folder.name, known_words(folder)
    at = now()
    unit = create_unit("shop", "店", "Shop")
    users = [create_user(name, name, at=at, is_staff=name == "dai") for name in PEOPLE]
    set_head(unit, users[-1])
    for role in definitions.compiled(definitions.latest(slug)).roles:
        for user in users:
            if chance.random() < 0.7:
                with suppress(ExclusiveRoles):
                    grant(user, role, unit)
    monkeys = []
    for user in users:
        client = Client()
        client.force_login(user)
        monkeys.append(Monkey(client, chance, words))
    return monkeys


def furnish(folder: Path, by: User) -> None:
    """Enter the customers and the assets that the scenarios name, and places to book."""
    words = known_words(folder)
    for field in definitions.compiled(definitions.latest(folder.name)).fields.values():
        for name in dict.fromkeys(words[field.name] if field.kind else ()):
            save(field.kind, {NAME: name}, ref=None, by=by, at=now(), zone=UTC)
    for scenario in YAML(typ="safe").load((folder / "scenarios.yaml").read_text("utf-8")):
        for capacity in scenario.get("given", {}).get("capacity", {}):
            provide(capacity, 10, 60)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_whatever_is_done_with_its_pages_nothing_breaks(folder: Path) -> None:
    chance = random.Random(folder.name)  # noqa: S311 - a walk to be walked again
    publish(folder)
    monkeys = staffed(folder, chance)
    furnish(folder, User.objects.get(username="dai"))
    starts = start_pages(monkeys)
    assert starts
    for number in range(ACTS):
        monkey = chance.choice(monkeys)
        cases = list(Case.objects.filter(status="running").values_list("number", flat=True)[:8])
        if not cases or chance.random() < 0.05:
            monkey.act(chance.choice(starts))
        else:
            monkey.act(f"/desk/cases/{chance.choice(cases)}")
        if number % 10 == 0:
            run_once(now() + timedelta(hours=chance.choice((0, 0, 0, 2, 30))))
    done = sum((each.done for each in monkeys), Counter[str]())
    assert audit().findings == (), done
    assert sum(count for told, count in done.items() if told.endswith(" 302")) > ACTS / 8, done


def start_pages(monkeys: list[Monkey]) -> list[str]:
    """Where cases begin."""
    pages = (each.client.get("/desk/new").content.decode() for each in monkeys)
    found = {
        each for page in pages for each in re.findall(r'"(/desk/new/[^"?#/]+/[^"?#/]+)"', page)
    }
    return sorted(found)
