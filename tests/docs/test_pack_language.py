"""Every example on the page about the pack language compiles, and its scenario plays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.kernel.engine.playing import define
from tuoban.kernel.language import CalledPacks, PackText, check_pack, compile_pack, identity
from tuoban.runtime.rehearsal import play, read_scenarios
from tuoban.services.installed import CATALOGUE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "pack-language.md"


def examples(kind: str) -> list[str]:
    blocks = re.findall(rf"```yaml {kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert blocks, f"the page has no {kind} example"
    return [str(each) for each in blocks]


def all_packs() -> dict[str, PackText]:
    return {identity(each): PackText(each) for each in examples("pack")}


@pytest.mark.parametrize("text", examples("pack"))
def test_a_whole_pack_on_the_page_compiles(text: str) -> None:
    packs = CalledPacks(all_packs(), CATALOGUE)
    assert check_pack(text, catalogue=CATALOGUE, packs=packs).problems == ()


@pytest.mark.parametrize("text", examples("variant"))
def test_a_variant_on_the_page_compiles_with_a_pack_on_the_page(text: str) -> None:
    report = check_pack(text, bases=all_packs(), catalogue=CATALOGUE)
    assert (report.problems, report.warnings) == ((), ())


@pytest.mark.parametrize("text", examples("section"))
def test_a_section_on_the_page_may_stand_in_the_first_pack(text: str) -> None:
    pack, section = examples("pack")[0], text.partition(":")[0]
    without = re.sub(rf"^{section}:\n(  .*\n)+", "", pack, flags=re.MULTILINE)
    whole = without.replace("within: settings.answer_within\n", "within: 2 hours\n")
    assert check_pack(whole + text, catalogue=CATALOGUE).problems == ()


@pytest.mark.parametrize("process", examples("process"))
def test_a_process_on_the_page_compiles(process: str) -> None:
    assert define(process).nodes


def pack_with(request: str) -> str:
    """The pack on the page whose cases are started so."""
    (found,) = (text for text in examples("pack") if request in _starts(text))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("text", examples("scenarios"))
def test_the_scenarios_on_the_page_play_on_their_packs(text: str) -> None:
    for scenario in read_scenarios(text):
        played = play(scenario, pack_with(scenario.begin.request), "", all_packs())
        assert not [f"{each.line}: {each.text.en}" for each in played.lines if each.failed]


REFUSED = re.findall(r"^\| `(.+)` \| `([a-z-]+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("keys", "code"), REFUSED)
def test_what_the_page_says_is_refused_is(keys: str, code: str) -> None:
    limits = keys.removeprefix("{").removesuffix("}") if keys.startswith("{") else keys
    report = check_pack(LIMITED.replace("LIMITS", limits))
    assert {each.code for each in report.problems} == {code}


def test_without_its_limits_the_step_of_the_table_compiles() -> None:
    assert REFUSED
    assert check_pack(LIMITED.replace("LIMITS", "within: 1 hour")).problems == ()


LIMITED = """
pack: limited
version: 2026.1
language: en
title: Limited
roles: {clerk: Clerk, boss: Boss}
fields:
  amount: {type: integer, en: Amount}
  slot_at: {type: datetime, en: Slot}
  born_at: {type: datetime, en: Born, personal: true}
starts: [{request: ask, en: Ask, by: [clerk, boss], form: [amount, slot_at, born_at]}]
process:
  - {step: it, en: It, by: clerk, LIMITS}
  - end: done
"""


def test_no_yaml_on_the_page_goes_untested() -> None:
    assert not re.findall(r"```yaml\n", PAGE.read_text("utf-8"))


DEFAULTED = """
pack: defaulted
version: 2026.1
language: en
title: Defaulted
roles: {clerk: Clerk}
fields:
  size: {type: integer, en: Size, default: 5}
  colour: {type: text, en: Colour, default: red}
starts:
  - {request: ask, en: Ask, by: clerk, form: [{field: size, read-only: true}]}
process:
  - {step: big, en: Big, by: clerk, when: size = 5}
  - {step: warn, en: Warn, by: clerk, when: colour != null}
  - {step: paint, en: Paint, by: clerk, form: [colour]}
  - {step: dry, en: Dry, by: clerk, when: colour = "red"}
  - end: done
"""
DEFAULTED_SCENARIO = """
- scenario: a default is a value once a form carries it
  cast: {ann: clerk}
  start: {by: ann, request: ask}
  play:
    - {values: {size: 5}}
    - {open: big}
    - {ann: big}
    - {closed: warn}
    - {ann: paint}
    - {values: {colour: red}}
    - {ann: dry}
  expect: {ended: done}
"""


@pytest.mark.django_db
def test_a_default_is_a_value_only_once_a_form_carries_it() -> None:
    (scenario,) = read_scenarios(DEFAULTED_SCENARIO)
    played = play(scenario, DEFAULTED, "")
    assert not [each.text.en for each in played.lines if each.failed]


def _starts(text: str) -> Iterable[str]:
    return compile_pack(text, catalogue=CATALOGUE, packs=None).starts
