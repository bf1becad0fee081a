"""What is written is BPMN 2.0 that others read, with everything in its place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import xmlschema

from tests.kernel.bpmn.test_round_trip import tree_of
from tuoban.faces.cli.packs import every_slug, read_pack
from tuoban.kernel.bpmn import write_bpmn
from tuoban.kernel.bpmn.namespaces import MODEL
from tuoban.kernel.bpmn.out.constructs import Names
from tuoban.kernel.bpmn.out.drawing import Flow
from tuoban.kernel.bpmn.out.flows import Drawer, items_of, value_at
from tuoban.kernel.bpmn.out.placing import Bounds, place
from tuoban.kernel.bpmn.xml import Element, read_xml
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.tree import Mapping
from tuoban.services.installed import CATALOGUE

NODE = Path(sys.executable).with_name("node")
ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
READER = Path(__file__).with_name("moddle.mjs")
PACK = """
pack: loan
version: 1
language: en
title: Loan
roles: {clerk: Clerk, boss: Boss}
fields: {amount: {type: number, en: Amount}}
starts: [{request: ask, en: Ask, by: clerk, form: [amount]}]
process:
  - {step: check, en: Check, by: clerk, within: 2 days, outcomes: {yes_: Yes, no_: No}}
  - choose:
      - {when: check.outcome = "no_", then: [{end: refused, en: Refused}], en: Refused}
  - parallel:
      - {step: sign, en: Sign, by: boss, when: amount > 100}
      - {step: file, en: File, by: {role: clerk, not: check}}
  - {end: paid, en: Paid}
"""


def shipped(slug: str) -> Mapping:
    pack = read_pack(slug)
    tree = check_pack(pack.text, bases=pack.bases(), catalogue=CATALOGUE, packs=None).tree
    assert tree is not None
    return tree


def of(kind: str, root: Element) -> list[Element]:
    return [each for each in root.walk() if each.name == kind and each.namespace == MODEL]


def test_constructs_are_drawn_by_their_counterparts() -> None:
    root = read_xml(write_bpmn(tree_of(PACK)).encode())
    assert [each.id for each in of("userTask", root)] == ["check", "sign", "file"]
    assert [each.get("default") != "" for each in of("exclusiveGateway", root)] == [True, False]
    assert len(of("inclusiveGateway", root)) == 2
    assert [each.text for each in of("conditionExpression", root)] == [
        'check.outcome = "no_"',
        "amount > 100",
    ]
    assert [each.text for each in of("resourceRef", root)] == [
        "role-clerk",
        "role-boss",
        "role-clerk",
    ]
    assert len(of("terminateEventDefinition", root)) == 2


def test_notes_tell_of_what_has_no_sign() -> None:
    root = read_xml(write_bpmn(tree_of(PACK)).encode())
    assert [each.children[1].text for each in of("textAnnotation", root)] == [
        "within: 2 days",
        "when: amount > 100",
        "not: check",
    ]


def test_another_reader_takes_every_shipped_pack_without_a_warning(tmp_path: Path) -> None:
    for slug in every_slug():
        (tmp_path / f"{slug}.bpmn").write_text(write_bpmn(shipped(slug)), encoding="utf-8")
    files = sorted(str(each) for each in tmp_path.iterdir())
    done = subprocess.run([NODE, READER, *files], capture_output=True, text=True, check=True)
    for file, told in zip(files, json.loads(done.stdout), strict=True):
        assert told["warnings"] == [], file
        assert told["unplaced"] == [], file
        assert told["elements"] > 10, file


def test_what_is_written_is_valid_by_the_schema_of_the_standard() -> None:
    schema = xmlschema.XMLSchema(str(SCHEMA))
    trees = [tree_of(PACK), *(shipped(slug) for slug in every_slug()[::4])]
    for tree in trees:
        assert [str(error) for error in schema.iter_errors(write_bpmn(tree))] == []


@pytest.mark.parametrize("slug", every_slug())
def test_shapes_lie_beside_one_another_and_inside_what_they_are_in(slug: str) -> None:
    tree = shipped(slug)
    drawer = Drawer("zh", Names(frozenset()), Counter())
    _check(drawer.flow(items_of(value_at(tree, "process"))))


def _check(flow: Flow) -> None:
    placed = {each.id: each for each in place(flow).shapes}
    own = [placed[key] for key, each in flow.shapes.items() if not each.host]
    notes = [placed[each.id] for each in flow.notes if each.of in flow.shapes]
    for one, other in combinations(own, 2):
        assert not _overlap(one, other), (one, other)
    for note in notes:
        if not flow.shapes[note.id.removesuffix(".note")].host:
            assert not any(_overlap(note, each) for each in own), note
    for key, shape in flow.shapes.items():
        if shape.inside is not None:
            for each in shape.inside.shapes:
                assert _is_in(placed[each], placed[key]), (each, key)
            _check(shape.inside)


def _overlap(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _is_in(inner: Bounds, outer: Bounds) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )
