"""The pages of a published process: its forms, clauses and text, whole for every shipped pack."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

import tuoban.packs
from tests.faces.desk.conftest import Visit
from tests.runtime.shop import NINE, PACK, PACK_FOLDER, SLUG, Shop
from tuoban.kernel.definition import Definition, Reaction, Step
from tuoban.kernel.language import PackText, identity
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import PublishedDefinition
from tuoban.runtime.rehearsals.models import Rehearsal

SHIPPED = sorted(Path(tuoban.packs.__path__[0]).glob("*/pack.yaml"))
ADDRESS = f"/desk/versions/{SLUG}"
LENT = (PACK_FOLDER / "lending.yaml").read_text(encoding="utf-8")
TOLD = (
    "Time to answer",
    "kg",
    "As it is called",
    "Begins with: Van",
    "Begins with: Yes",
    "<span>Car</span>",
    "Shown if: Kind = Car",
    "From 2 to 9",
    "Refuses: It costs something",
    "Always: price / 2",
    "Garage from the files",
    "Always: Street of Garage",
    "About it",
    "only shown",
    "<b>Weight</b>",
    "At least 1 rows",
    "Card · 2 copies",
    "from: Guest",
    "one of: Licence",
    "(if Seats > 4)",
    "Nothing is broken",
    "The seats are clean (if Kind = Car)",
    "No · asks for: Price",
    "Receipt",
    "recorded by Desk",
    "nobody who did “Ask”",
    "everybody does it, and all must agree",
    "whoever did “Ask”",
    "In: Handing over",
)
"""What the page of forms says of it."""


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def stands(path: Path) -> Definition:
    """A shipped pack stands in the database, also where an organisation would have to set
    something first."""
    text = path.read_text(encoding="utf-8")
    english = path.with_name("en.yaml").read_text(encoding="utf-8")
    row = PublishedDefinition.objects.create(
        slug=path.parent.name,
        version=identity(text).partition("@")[2],
        text=text,
        translations=english,
        digest=PackText(text, english).digest,
        roles="[]",
        published_at=NINE,
        scenarios=path.with_name("scenarios.yaml").read_text(encoding="utf-8"),
    )
    return definitions.compiled(row)


def test_every_shipped_pack_has_its_picture_clauses_forms_and_text(visit: Visit) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the tests below read the same rows there")
    person = visit("root", "en")
    for path in SHIPPED:
        definition = stands(path)
        address = f"/desk/versions/{definition.slug}"
        picture, forms = shown(person, address), shown(person, f"{address}/forms")
        for key, node in definition.nodes.items():
            construct = node.construct
            form = construct.form if isinstance(construct, Step | Reaction) else ()
            if isinstance(construct, Step) or form:
                assert f'id="form-{key}"' in forms
                assert f'href="{address}/forms#form-{key}"' in picture
                assert f'href="{address}/text#line-{node.line}"' in forms
            for entry in (entry for section in form for entry in section.entries):
                field = definition.field_at(key, entry.field)
                assert field is not None
                assert f"<b>{field.label.en}</b>" in forms
        for start in definition.starts.values():
            assert (f'id="request-{start.request}"' in forms) is start.is_request
        clauses = shown(person, f"{address}/clauses")
        for document in definition.rests_on:
            assert f">{document.en}</h2>" in clauses
        for clause in {each for node in definition.nodes.values() for each in node.rests_on}:
            homes = [each.en for each in definition.rests_on if clause.en.startswith(each.en)]
            below = clause.en.removeprefix("".join(homes)).removeprefix(", ")
            assert f"{below}</h3>" in clauses if homes else f">{clause.en}</h2>" in clauses
        text = path.read_text(encoding="utf-8")
        read = shown(person, f"{address}/text")
        for number, line in enumerate(text.splitlines(), start=1):
            assert f'<li id="line-{number}">{line}</li>' in read
        assert '<li id="en-line-1">' in read
        assert '<li id="scenarios-line-1">- scenario: {zh: ' in read
        assert person.get(f"{address}/text/pack.yaml").content.decode() == text
        scenarios = path.with_name("scenarios.yaml").read_text(encoding="utf-8")
        assert person.get(f"{address}/text/scenarios.yaml").content.decode() == scenarios
        assert definition.version in shown(person, f"{address}/versions")


def test_a_form_tells_what_people_will_meet(visit: Visit, shop: Shop) -> None:
    definitions.publish("lending", LENT, None, NINE)
    page = shown(visit("root", "en"), "/desk/versions/lending/forms")
    assert [told for told in TOLD if told not in page] == []
    order = ["request-lend", "form-ask", "form-calls", "form-note", "form-look", "form-pay"]
    places = [page.index(f'<section class="card form-preview" id="{each}"') for each in order]
    assert places == sorted(places)


def test_clauses_stand_below_their_documents_and_the_rest_is_named(
    visit: Visit, shop: Shop
) -> None:
    person = visit("root", "en")
    assert "The pack does not say where its rules come from." in shown(person, f"{ADDRESS}/clauses")
    definitions.publish("lending", LENT, None, NINE)
    page = shown(person, "/desk/versions/lending/clauses")
    rules, law, without = re.split(r">Law 5</h2>|<details class=", page.partition(">Rules<")[2])
    assert "The process as a whole rests on it." in rules
    assert rules.index(">clause 3</h3>") < rules.index("#form-ask") < rules.index("#form-pay")
    assert "The process as a whole rests on it." not in law
    assert law.index("Handing over") < law.index("#form-pay")
    assert "#form-lend" in without
    assert "#form-calls" not in without, "it may happen during what rests on a clause"
    assert "#form-look" not in page, "the block around it says so for it"
    chinese = "Rules: 章程\nRules, clause 3: 章程，第三条\nLaw 5: 第五号法令"
    later = LENT.replace("version: 2026.1", "version: 2026.2")
    definitions.publish("lending", later, chinese, NINE.replace(year=2027))
    page = shown(visit("root"), "/desk/versions/lending/clauses")
    assert page.index(">章程</h2>") < page.index(">第三条</h3>") < page.index(">第五号法令</h2>")
    other = later.replace("[Rules]", "[Rules, Law 5]").replace("2026.2", "2026.3")
    other = other.replace("    rests-on: [Law 5]", "    rests-on: [Law 50]")
    definitions.publish("lending", other, None, NINE.replace(year=2028))
    page = shown(person, "/desk/versions/lending/clauses")
    assert ">Law 50</h2>" in page, "which is no clause of Law 5"


def test_a_rehearsal_is_of_a_scenario_that_there_is(visit: Visit, shop: Shop) -> None:
    person = visit("root")
    for act in ("rehearse", "cancel"):
        for number in ("x2", "7777777", "²", ""):
            asked = person.post(f"{ADDRESS}/scenarios/{act}", {"number": number})
            assert asked.status_code == 404, (act, number)
    assert not Rehearsal.objects.exists()


def test_an_older_version_is_shown_whole_and_its_pages_lead_to_one_another(
    visit: Visit, shop: Shop
) -> None:
    newer = PACK.replace("version: 2026.1", "version: 2026.2").replace("look", "inspect")
    definitions.publish(SLUG, newer, None, NINE.replace(year=2027))
    person = visit("root", "en")
    assert 'id="form-inspect"' in shown(person, f"{ADDRESS}/forms")
    page = shown(person, f"{ADDRESS}/forms?version=2026.1")
    assert 'id="form-look"' in page
    assert 'id="form-inspect"' not in page
    assert "This is an older version. New cases go by 2026.2." in page
    for name in ("", "/clauses", "/text", "/text/pack.yaml", "/versions", "/bpmn"):
        assert f'href="{ADDRESS}{name}?version=2026.1"' in page
    assert f"{ADDRESS}/forms?version=2026.1#form-look" in shown(person, f"{ADDRESS}?version=2026.1")
    assert "version: 2026.1" in shown(person, f"{ADDRESS}/text?version=2026.1")
    old = person.get(f"{ADDRESS}/text/pack.yaml?version=2026.1")
    assert old.content.decode() == PACK
    assert old["Content-Disposition"] == 'attachment; filename="pack.yaml"'
    for name in ("", "/clauses", "/forms", "/text", "/versions", "/bpmn", "/text/pack.yaml"):
        assert person.get(f"{ADDRESS}{name}?version=1999.1").status_code == 404
    for name in ("en.yaml", "secret.yaml"):
        assert person.get(f"{ADDRESS}/text/{name}").status_code == 404


def test_a_variant_shows_the_pack_that_it_extends_and_links_into_it(
    visit: Visit, shop: Shop
) -> None:
    base = f"{SLUG}@2026.1"
    variant = (
        f"pack: our-repair\nversion: 2026.1\nextends: {base}\n"
        "changes:\n  - {after: look, add: [{step: greet, zh: 接待, by: clerk}]}\n"
    )
    definitions.publish("our-repair", variant, None, NINE, {base: PackText(PACK)})
    person = visit("root", "en")
    text = shown(person, "/desk/versions/our-repair/text")
    assert '<li id="line-3">' in text
    assert f'<li id="{base}-line-3">' in text
    forms = shown(person, "/desk/versions/our-repair/forms")
    look = definitions.load("our-repair", "2026.1").nodes["look"].line
    assert f'href="/desk/versions/our-repair/text#{base}-line-{look}"' in forms
    assert 'href="/desk/versions/our-repair/text#line-5"' in forms
