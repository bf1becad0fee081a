"""Scenarios say for which element they do and check something."""

import pytest

from tests.runtime.shop import PACK_FOLDER
from tuoban.runtime.rehearsal import play, read_scenarios
from tuoban.runtime.rehearsal.player.played import Line

PACK = PACK_FOLDER.joinpath("shop-parts.yaml").read_text(encoding="utf-8")
SCENARIO = """
- scenario: parts
  cast: {mei: clerk, lei: mender}
  start: {by: mei, request: check, thing: 车}
  play: [MOVES]
  expect: {}
"""


def played(*moves: str) -> list[Line]:
    (scenario,) = read_scenarios(SCENARIO.replace("MOVES", ", ".join(moves)))
    return list(play(scenario, PACK, "").lines)


def failures(*moves: str) -> list[str]:
    return [each.text.en for each in played(*moves) if each.failed]


SEVERAL = "“look” is open for several (前门, 后门, 车顶); say with of which one"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "move", ["{lei: look}", "{lei: {claim: look}}", "{unlocked: look}", "{due: {look: none}}"]
)
def test_work_that_is_open_for_several_elements_is_not_taken_at_random(move: str) -> None:
    assert failures(move) == [SEVERAL]


@pytest.mark.django_db
def test_what_somebody_has_in_hand_needs_no_element() -> None:
    assert failures("{lei: {claim: look, of: 后门}}", "{lei: look}", "{closed: look, of: 2}") == []


@pytest.mark.django_db
def test_elements_are_meant_by_place_or_by_name() -> None:
    looked = ("{lei: look, of: 1}", "{lei: look, of: 车顶}", "{lei: look}")
    back = "{mei: {return: bill, to: look, of: 车顶, reason: x}}"
    moves = (*looked, back, "{open: look, of: 3}", "{closed: look, of: 前门}")
    lines = played(*moves)
    assert not any(each.failed for each in lines)
    (told,) = (each.text.zh for each in lines if "退回" in each.text.zh)
    assert told == "mei 退回“结算” → “检查（车顶）”"


@pytest.mark.django_db
def test_an_element_that_is_none_is_not_found() -> None:
    assert failures("{lei: look, of: 窗}") == ["“look” is not open"]
    assert failures("{open: look, of: 9}") == ["“Look” is not open"]
