"""Every example on the page about the pack language compiles, and its scenario plays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kernel.engine.playing import define
from tuoban.kernel.language import check_pack
from tuoban.runtime.rehearsal import play, read_scenarios

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "pack-language.md"


def examples(kind: str) -> list[str]:
    blocks = re.findall(rf"```yaml {kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert blocks, f"the page has no {kind} example"
    return [str(each) for each in blocks]


@pytest.mark.parametrize("text", examples("pack"))
def test_a_whole_pack_on_the_page_compiles(text: str) -> None:
    assert check_pack(text).problems == ()


@pytest.mark.parametrize("process", examples("process"))
def test_a_process_on_the_page_compiles(process: str) -> None:
    assert define(process).nodes


@pytest.mark.django_db
def test_the_scenario_on_the_page_plays_on_its_pack() -> None:
    pack = examples("pack")[0]
    (scenario,) = read_scenarios(examples("scenarios")[0])
    played = play(scenario, pack, "")
    assert not [each.text.en for each in played.lines if each.failed]


def test_no_yaml_on_the_page_goes_untested() -> None:
    assert not re.findall(r"```yaml\n", PAGE.read_text("utf-8"))
