"""Whose case it is, and that they are told when it is late."""

from __future__ import annotations

import pytest

from tests.kernel.engine.playing import HEADER, Play
from tests.kernel.language.support import pack, refused
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.language import compile_pack
from tuoban.kernel.owning import Owned, owner_of

PROCESS = """
  - {step: receive, en: Receive, by: worker}
  - {step: mend, en: Mend, by: worker, within: 30 minutes}
  - {step: check, en: Check, by: checker, returns-to: [receive]}
  - {end: done, en: Done}
"""


def play(owner: str, process: str = PROCESS) -> Play:
    head = HEADER.replace("\nroles:", f"\ncase: {{owner: {owner}}}\nroles:", 1)
    return Play(compile_pack(head + process.lstrip("\n")))


def owned(played: Play) -> Owned:
    return owner_of(played.definition, played.state)


def owners_told(played: Play) -> list[tuple[str | None, str | None]]:
    return [(each.person, each.role) for each in played.journal if isinstance(each, e.Told)]


def test_a_case_belongs_to_whoever_did_the_step_last() -> None:
    played = play("{same-as: receive, role: boss}").start()
    assert owned(played) == Owned(role="boss")
    played.do("receive", "han")
    assert owned(played) == Owned(person="han")
    played.do("mend", "li").send_back("check", "receive", "zhou")
    assert owned(played) == Owned(role="boss")
    played.do("receive", "han")
    assert owned(played) == Owned(person="han")


def test_a_case_belongs_to_who_started_it_or_to_a_role() -> None:
    assert owned(play("{same-as: start}").start("han")) == Owned(person="han")
    assert owned(play("boss").start()) == Owned(role="boss")
    assert owned(play("{role: boss}").start()) == Owned(role="boss")


def test_the_owner_is_told_when_a_limit_runs_out() -> None:
    played = play("{same-as: receive}").start().do("receive", "han")
    played.wait(minutes=31)
    assert owners_told(played) == [("han", None)]


def test_before_there_is_one_whoever_holds_the_role_is_told() -> None:
    process = PROCESS.replace("by: worker}", "by: worker, within: 10 minutes}", 1)
    played = play("{same-as: receive, role: boss}", process).start()
    played.wait(minutes=11)
    assert owners_told(played) == [(None, "boss")]


def test_an_owner_beside_what_the_limit_says_itself_is_told_as_well() -> None:
    late = "within: 30 minutes, late: {at the limit: escalate to boss}"
    played = play("{same-as: receive}", PROCESS.replace("within: 30 minutes", late)).start()
    played.do("receive", "han").wait(minutes=31)
    assert owners_told(played) == [(None, "boss"), ("han", None)]


def test_an_owner_who_holds_the_late_work_is_not_told_of_it_twice() -> None:
    late = "within: 30 minutes, late: {at the limit: tell performer}"
    process = PROCESS.replace("within: 30 minutes", late)
    played = play("{same-as: receive}", process).start().do("receive", "han")
    played.carry_out(c.Claim("han", played.item("mend").id))
    played.wait(minutes=31)
    assert owners_told(played) == [("han", None)]


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        ("▸clark", "unknown-role"),
        ("{same-as: ▸wrok}", "unknown-step"),
        ("▸{}", "key-missing"),
        ("{role: ▸clark}", "unknown-role"),
        ("{same-as: work, ▸by: clerk}", "unknown-key"),
        ("▸[clerk]", "unexpected-kind"),
    ],
)
def test_what_is_no_owner(owner: str, code: str) -> None:
    assert refused(pack(case=f"{{owner: {owner}}}")).code == code


def test_an_outside_party_cannot_be_told() -> None:
    roles = "{clerk: 文员, head: 主管, buyer: {zh: 客户, recorded-by: clerk}}"
    assert refused(pack(roles=roles, case="{owner: ▸buyer}")).code == "no-inbox"
