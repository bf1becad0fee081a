"""`without-waiting` on a call of a process of the same pack: what is proved of it."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import process
from tuoban.kernel.definition import Aside
from tuoban.kernel.language import check_pack, compile_pack

TOWING = """
processes:
  towing:
    zh: 拖车
    fields: {until: {type: datetime, zh: 期限}}
    PAPERS
    steps: [{step: haul, zh: 拖, by: clerk, form: [until]}]
"""
CALL = "{call: towing, without-waiting: true}"


def written(steps: str, papers: str = "") -> str:
    called = TOWING.replace("PAPERS", papers or "en: Towing")
    return process(steps + "\n- {end: done, zh: 完成}") + called


def codes(steps: str, papers: str = "") -> list[str]:
    return [each.code for each in check_pack(written(steps, papers)).problems]


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (f"- {CALL}\n- {{wait: hauled, zh: 等拖走, that: towing.at != null}}", []),
        (f"- {CALL}\n- {{wait: hauled, zh: 等拖走, that: towing.count > 0}}", []),
        (
            "- {call: towing}\n- {wait: hauled, zh: 等拖走, that: towing.count > 0}",
            ["wait-unmoved"],
        ),
        (f"- {CALL}\n- {{step: bill, zh: 结账, by: clerk, needs: [towing]}}", []),
        (f"- {{repeat: r, until: towing.count > 3, steps: [{CALL}]}}", ["loop-may-spin"]),
        (f"- {CALL[:-1]}, covers: [note]}}", ["not-together"]),
        (f"- {CALL[:-1]}, due: 1 hour before until}}", []),
        ("- {call: towing, due: 1 hour before until}", ["own-name-here"]),
        ("- {call: towing, without-waiting: maybe}", ["unknown-word"]),
    ],
)
def test_what_is_proved_of_it(steps: str, found: list[str]) -> None:
    assert codes(steps)[:1] == found


@pytest.mark.parametrize(
    ("branch", "found"),
    [
        (f"{CALL}, {{step: b, zh: 乙, by: clerk}}", []),
        (f"{{step: b, zh: 乙, by: clerk}}, {CALL}", ["needs-withdrawn"]),
        (
            f"{{stage: c, zh: 丙, opens: 1 day after start.at, steps: [{CALL}]}}",
            ["needs-withdrawn"],
        ),
    ],
    ids=["called first", "called later", "called at a moment"],
)
def test_once_it_is_called_it_is_not_lost_with_the_block(branch: str, found: list[str]) -> None:
    """The block may be left before the call, but what was called goes on."""
    either = f"- parallel:\n    - {{stage: a, zh: 甲, steps: [{branch}]}}\n"
    other = "    - {step: note_it, zh: 记, by: clerk}\n  join: any\n"
    assert codes(f"{either}{other}- {{step: bill, zh: 结账, by: clerk, needs: [towing]}}") == found


def test_the_rounds_of_a_loop_would_share_its_papers() -> None:
    papers = "papers: {deed: {zh: 契据, from: head}}"
    step = "{{step: a, zh: 甲, by: clerk, form: [amount]}}"
    loop = f"- {{{{repeat: r, until: amount > 3, steps: [{{}}, {step}]}}}}"
    assert codes(f"- {CALL}", papers) == []
    assert codes(loop.format("{call: towing}"), papers) == []
    assert codes(loop.format(CALL), papers) == ["papers-of-many"]


def test_it_is_a_construct_of_its_own() -> None:
    node = compile_pack(written(f"- {CALL}")).nodes["towing"]
    assert (node.kind, type(node.construct), node.many) == ("aside", Aside, True)
    waited = compile_pack(written("- {call: towing, without-waiting: false}")).nodes["towing"]
    assert (waited.kind, waited.many) == ("call", False)
