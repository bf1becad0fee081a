"""What a modeller changes at the looks of what was drawn here is never lost without a word."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.kernel.bpmn.test_round_trip import tree_of
from tests.kernel.bpmn.test_writing import NODE, shipped
from tuoban.faces.cli.packs import every_slug
from tuoban.kernel.bpmn import BpmnError, read_bpmn, write_bpmn
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.showing import show

RESAVE = Path(__file__).with_name("resave.mjs")
PACK = """
pack: tiny
version: 1
language: en
title: Tiny
roles: {a: Ann, b: Ben}
messages: {paid: {en: Paid}}
fields: {n: {type: number, en: N}, d: {type: datetime, en: D}}
starts: [{request: ask, en: Ask, by: a, form: [n, d]}]
process:
  - step: check
    en: Check
    by: b
    within: 2 hours
    during: [{at: 3 days after d, as: late, en: Late, then: [{step: chase, en: Chase, by: a}]}]
    undo: [{step: take_back, en: Take back, by: a}]
  - {wait: pause, en: Pause, for: 3 days}
  - {choose: [{when: n > 5, then: [{step: big, en: Big, by: [a, b]}], en: Much}], en: How much?}
  - parallel:
      - {step: one, en: One, by: a, when: n > 1}
      - {step: two, en: Two, by: b}
      - {step: three, en: Three, by: b}
    join: 2
  - repeat:
    until: n > 9
    at-most: 4
    steps: [{step: again, en: Again, by: a, form: [n]}]
  - plan: rest
    en: Rest
    steps: [{step: p, en: P, by: a}, {step: q, en: Q, by: a}]
    during: [{message: paid, as: came, en: Came, then: [{set: n, to: "1"}]}]
  - {end: over, en: Over}
"""
TREE = tree_of(PACK)
FILE = write_bpmn(TREE)
MANY = '<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>'


def changed(*changes: tuple[str, str]) -> bytes:
    text = FILE
    for found, put in changes:
        assert re.search(found, text, re.DOTALL), found
        text = re.sub(found, put, text, count=1, flags=re.DOTALL)
    return text.encode()


def in_task(part: str, id_: str = "check") -> tuple[str, str]:
    return rf'(id="{id_}".*?)(</bpmn:userTask>)', rf"\1{part}\2"


@pytest.mark.parametrize(
    ("change", "element", "found", "written"),
    [
        (in_task(MANY), "check", "multiInstanceLoopCharacteristics isSequential=true", "-"),
        (
            (r'userTask (id="check".*?)</bpmn:userTask>', r"serviceTask \1</bpmn:serviceTask>"),
            "check",
            "serviceTask",
            "userTask",
        ),
        ((">role-b<", ">role-a<"), "check", "a", "b"),
        (
            (r'(id="pause".*?)<bpmn:timerEvent.*?</bpmn:timerEventDefinition>',
             r'\1<bpmn:messageEventDefinition messageRef="message-paid"/>'),
            "pause",
            "messageEventDefinition messageRef=message-paid",
            "timerEventDefinition 3 days",
        ),
        (
            (r'(id="late".*?tFormalExpression"[^>]*>)[^<]*', r"\g<1>9 days"),
            "late",
            "timerEventDefinition 9 days",
            "timerEventDefinition 3 days after d",
        ),
        (
            (r"(<bpmn:conditionExpression[^>]*>)n &gt; 1<", r"\1n &gt; 2<"),
            None,
            "n > 2",
            "when: n > 1",
        ),
        (("activationCount &gt;= 2", "activationCount &gt;= 3"), None,
         "activationCondition activationCount >= 3", "activationCondition activationCount >= 2"),
        (("complexGateway(.*?)complexGateway", r"inclusiveGateway\1inclusiveGateway"), None,
         "inclusiveGateway", "complexGateway"),
        (('loopMaximum="4"', 'loopMaximum="5"'), "repeat.1",
         "standardLoopCharacteristics loopMaximum=5 not(n > 9)",
         "standardLoopCharacteristics loopMaximum=4 not(n > 9)"),
        ((r'(id="came.start".*?)<bpmn:messageEventDefinition[^>]*>',
          r"\1<bpmn:signalEventDefinition/>"), "came.start",
         "signalEventDefinition", "messageEventDefinition messageRef=message-paid"),
        (('subProcess id="came"(.*?)bpmn:subProcess>',
          r'transaction id="came"\1bpmn:transaction>'), "came", "transaction", "subProcess"),
        ((r' triggeredByEvent="true"', ""), "came", "subProcess", "boundaryEvent"),
        ((":= 1<", ":= 2<"), None, "script n := 2", "script n := 1"),
    ],
)  # fmt: skip
def test_what_runs_otherwise_is_refused(
    change: tuple[str, str], element: str | None, found: str, written: str
) -> None:
    with pytest.raises(BpmnError) as refused:
        read_bpmn(changed(change))
    first = next(e for e in refused.value.problems if e.code == "drawn-otherwise")
    assert (first.facts["found"], first.facts["written"]) == (found, written)
    assert element in (None, first.element)


def test_an_order_of_what_a_plan_holds_is_refused() -> None:
    way = r'<bpmn:sequenceFlow id="new" sourceRef="p" targetRef="q"/>\1'
    with pytest.raises(BpmnError) as refused:
        read_bpmn(changed(('(<bpmn:userTask id="p")', way)))
    assert [each.code for each in refused.value.problems] == ["plan-needs-written"]


def test_what_else_is_changed_is_told_of() -> None:
    inside = '<bpmn:ioSpecification id="io"/>'
    pack = read_bpmn(
        changed(
            in_task(inside),
            ('id="check"', 'id="check" implementation="x"'),
            (r"<bpmn:potentialOwner.*?</bpmn:potentialOwner>", ""),
            ("<bpmn:text>within: 2 hours", "<bpmn:text>In two hours!"),
        )
    )
    codes = ["drawn-left", "attribute-left", "not-carried", "remark-kept"]
    assert [each.code for each in pack.warnings] == codes
    assert pack.text == "# Check: In two hours!\n" + show(TREE)


def test_names_and_conditions_are_taken_over_wherever_they_stand() -> None:
    pack = read_bpmn(
        changed(
            *((f'name="{old}"', f'name="{old}, now"') for old in ("Tiny", "Check", "Much", "Late")),
            (r'name="How much\?"', 'name="How little?"'),
            (r"(<bpmn:conditionExpression[^>]*>)n &gt; 5<", r"\1n &gt; 6<"),
        )
    )
    assert pack.warnings == ()
    expected = PACK.replace("n > 5", "n > 6").replace("How much?", "How little?")
    for old in ("Tiny", "Check", "Much"):
        expected = expected.replace(f": {old}", f': "{old}, now"')
    expected = expected.replace("en: Late", 'en: "Late, now"')
    assert pack.text == show(tree_of(expected))


def test_a_modeller_that_saves_a_file_changes_nothing(tmp_path: Path) -> None:
    trees = {"tiny": TREE, **{slug: shipped(slug) for slug in every_slug()[::6]}}
    for slug, tree in trees.items():
        (tmp_path / slug).write_text(write_bpmn(tree), encoding="utf-8")
    subprocess.run([NODE, RESAVE, *(tmp_path / each for each in trees)], check=True)
    for slug, tree in trees.items():
        again = read_bpmn((tmp_path / slug).read_bytes())
        assert again.text == show(tree), slug
        assert [each.describe("en") for each in again.warnings] == [], slug


def test_a_step_of_a_lane_takes_the_place_of_another() -> None:
    task = '<bpmn:laneSet id="ls"><bpmn:lane id="cee" name="Cee"><bpmn:flowNodeRef>new'
    task += '</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:userTask id="new" name="New"/>'
    pack = read_bpmn(
        changed(
            ("(<bpmn:startEvent)", task + r"\1"),
            (r'<bpmn:intermediateCatchEvent id="pause".*?</bpmn:intermediateCatchEvent>', ""),
            ('targetRef="pause"', 'targetRef="new"'),
            ('sourceRef="pause"', 'sourceRef="new"'),
        )
    )
    assert (check_pack(pack.text).problems, pack.warnings) == ((), ())
    assert "{step: new, en: New, by: cee}" in pack.text
    assert "pause" not in pack.text
