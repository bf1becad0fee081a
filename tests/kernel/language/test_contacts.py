"""`contact` of a block, as it is read."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import HERE, pack, process, refused
from tuoban.kernel.language import compile_pack

ROLES = (
    "{clerk: 文员, head: 主管, buyer: {zh: 买方, recorded-by: clerk}, "
    "guide: {zh: 导游, person: who}}"
)
FIELDS = (
    "{amount: {type: integer, zh: 数量}, note: {type: text, zh: 说明}, who: {type: person, zh: 谁}}"
)
BLOCKS = {
    "stage": "{stage: works, zh: 施工, contact: %s, steps: [{step: work, zh: 办理, by: clerk}]}",
    "plan": "{plan: works, zh: 施工, contact: %s, steps: [{step: work, zh: 办理, by: clerk}]}",
    "repeat": "{repeat: works, zh: 施工, contact: %s, until: work.count = 2, "
    "steps: [{step: work, zh: 办理, by: clerk}]}",
}


def written(block: str, contact: str, **sections: str) -> str:
    return pack(process=f"\n  - {BLOCKS[block] % contact}\n  - {{end: done, zh: 完成}}", **sections)


@pytest.mark.parametrize("block", BLOCKS)
def test_it_is_part_of_the_definition(block: str) -> None:
    definition = compile_pack(written(block, "head"))
    assert definition.nodes["works"].contact == "head"
    assert definition.nodes["work"].contact == ""


@pytest.mark.parametrize(
    ("contact", "code"),
    [("▸haed", "unknown-role"), ("▸buyer", "no-inbox"), ("▸guide", "role-of-a-case")],
)
def test_it_is_a_role_that_people_hold(contact: str, code: str) -> None:
    problem = refused(written("stage", contact, roles=ROLES, fields=FIELDS))
    assert problem.code == code
    if code == "unknown-role":
        assert "head" in problem.read("zh")
        assert "head" in problem.read("en")


@pytest.mark.parametrize(
    "text",
    [
        "- {step: work, zh: 办理, by: clerk, ▸contact: head}\n- {end: done, zh: 完成}",
        "- {▸contact: head, choose: [{otherwise: [{end: done, zh: 完成}]}]}",
    ],
)
def test_it_stands_at_blocks_that_hold_steps(text: str) -> None:
    assert HERE in text
    assert refused(process(text)).code == "unknown-key"


def test_a_case_has_none() -> None:
    assert refused(pack(case="{▸contact: head}")).code == "unknown-key"
