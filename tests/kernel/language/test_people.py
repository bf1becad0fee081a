"""Who does a step and who signs it."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import (
    compiled,
    pack,
    process,
    refused,
    step,
    warned,
    with_step,
)
from tuoban.kernel.definition import Agreement, Performer, Receivers, Signer, Step
from tuoban.kernel.language import check_pack


def test_a_step_is_done_by_a_role_or_any_of_several() -> None:
    assert step(with_step("by: clerk"))[1].by == Performer(roles=("clerk",))
    assert step(with_step("by: [clerk, head]"))[1].by == Performer(roles=("clerk", "head"))


def test_a_step_may_fall_to_whoever_did_another_but_to_nobody_who_did_a_third() -> None:
    definition = compiled(
        process(
            """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 次, by: clerk}
- {step: third, zh: 后, by: {role: [clerk, head], same-as: first, not: [second]}}
- {end: done, zh: 完成}
"""
        )
    )
    assert definition.nodes["third"].step.by == Performer(("clerk", "head"), "first", ("second",))


@pytest.mark.parametrize("by", ["▸{not: other}", "▸{}"])
def test_somebody_must_be_named(by: str) -> None:
    text = pack(
        process=f"""
  - {{step: other, zh: 别, by: clerk}}
  - {{step: work, zh: 办理, by: {by}}}
  - {{end: done, zh: 完成}}"""
    )
    assert refused(text).facts["key"] == "role"


def test_in_a_loop_a_step_may_fall_to_whoever_did_a_later_one_last_round() -> None:
    definition = compiled(
        process(
            """
- repeat: rounds
  until: check.count = 2
  steps:
    - {step: work, zh: 办理, by: {same-as: check, role: clerk}}
    - {step: check, zh: 审核, by: head}
- {end: done, zh: 完成}
"""
        )
    )
    assert definition.nodes["work"].step.by.same_as == "check"


OUTSIDE = (
    "{clerk: 文员, head: 主管, buyer: {zh: 买方, recorded-by: clerk}, "
    "seller: {zh: 卖方, recorded-by: clerk}}"
)


def test_nobody_is_asked_to_do_what_the_same_line_forbids() -> None:
    text = process(
        """
- {step: first, zh: 先, by: clerk}
- {step: second, zh: 次, by: clerk}
- {step: third, zh: 后, by: {role: head, same-as: first, not: [second, ▸first]}}
- {end: done, zh: 完成}
"""
    )
    problem = refused(text)
    assert (problem.code, problem.facts["name"]) == ("same-as-excluded", "first")


FIRST = "{step: first, zh: 先, by: clerk}"
SECOND = "{step: second, zh: 后, by: {same-as: ▸first}}"
PERHAPS_NOT_DONE = [
    f"- choose: [{{when: amount = 1, then: [{FIRST}]}}]\n- {SECOND}",
    f"- {{stage: s, zh: 段, when: amount = 1, steps: [{FIRST}]}}\n- {SECOND}",
    f"- parallel: [{FIRST}, {SECOND}]",
    f"- {{repeat: r, until: second.count = 2, steps: [{SECOND}, {FIRST}]}}",
]


@pytest.mark.parametrize("blocks", PERHAPS_NOT_DONE)
def test_a_step_for_whoever_did_what_may_be_left_out_should_name_a_role(blocks: str) -> None:
    text = process(f"{blocks}\n- {{end: done, zh: 完成}}")
    assert warned(text).code == "nobody-to-take"
    with_role = text.replace("{same-as: ▸first}", "{same-as: first, role: head}")
    assert check_pack(with_role).warnings == ()


@pytest.mark.parametrize(
    "blocks",
    [
        f"- {FIRST}\n- {SECOND}",
        f"- {{stage: s, zh: 段, when: amount = 1, steps: [{FIRST}, {SECOND}]}}",
        f"- choose: [{{when: amount = 1, then: [{FIRST}, {SECOND}]}}]",
        f"- parallel: [{FIRST}, {{step: third, zh: 旁, by: clerk}}]\n- {SECOND}",
    ],
)
def test_a_step_for_whoever_surely_did_another_needs_no_role(blocks: str) -> None:
    text = process(f"{blocks}\n- {{end: done, zh: 完成}}").replace("▸", "")
    report = check_pack(text)
    assert (report.problems, report.warnings) == ((), ())


def test_signers_are_outside_parties() -> None:
    one = step(with_step("by: clerk\nsigned-by: buyer", roles=OUTSIDE))[1].signers
    assert one == (Signer("buyer"),)
    both = step(with_step("by: clerk\nsigned-by: [seller, {role: buyer}]", roles=OUTSIDE))[1]
    assert both.signers == (Signer("seller"), Signer("buyer"))


def test_people_of_the_organisation_sign_as_it_says() -> None:
    keys = "by: clerk\nsigned-by: [head, {role: buyer, with: [signature, stamp]}]"
    head, buyer = step(with_step(keys, roles=OUTSIDE))[1].signers
    assert head == Signer("head", Performer(("head",)))
    assert (buyer.marks, buyer.is_inside) == (("signature", "stamp"), False)
    keys = "by: clerk\nsigned-by: {role: head, person: start.by, in: root(), with: stamp}"
    (head,) = step(with_step(keys, roles=OUTSIDE))[1].signers
    assert head.by is not None
    assert (head.by.roles, head.marks) == (("head",), ("stamp",))
    assert head.by.person is not None
    assert head.by.where is not None


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("{role: buyer, ▸in: root()}", "signer-outside"),
        ("{role: buyer, ▸person: start.by}", "signer-outside"),
        ("{role: head, same-as: ▸work}", "names-itself"),
        ("{role: head, with: ▸ink}", "unknown-word"),
        ("{role: head, with: [stamp, ▸stamp]}", "listed-twice"),
        ("▸{with: stamp}", "key-missing"),
        ("{role: head, ▸skills: [ink]}", "unknown-key"),
        ("[head, ▸head]", "listed-twice"),
    ],
)
def test_a_signer_that_means_nothing_is_refused(keys: str, code: str) -> None:
    text = with_step(f"by: clerk\nsigned-by: {keys}", roles=OUTSIDE)
    assert refused(text).code == code


def test_a_signer_whose_recorder_is_unknown_is_an_outside_party_all_the_same() -> None:
    roles = OUTSIDE.replace("recorded-by: clerk}, seller", "recorded-by: ▸clrek}, seller")
    assert refused(with_step("by: clerk\nsigned-by: buyer", roles=roles)).code == "unknown-role"


def test_nobody_signs_twice() -> None:
    text = with_step("by: clerk\nsigned-by: [buyer, ▸buyer]", roles=OUTSIDE)
    assert refused(text).code == "listed-twice"


def test_the_unit_of_a_role_is_an_expression() -> None:
    by = step(with_step("by: {role: clerk, in: 'ancestor(case.unit, \"city\")'}"))[1].by
    assert by.where is not None
    assert by.where.text == 'ancestor(case.unit, "city")'


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("{role: clerk, in: ▸amount}", "wrong-kind"),
        ("{role: clerk, in: ▸parent}", "wrong-kind"),
        ("{role: clerk, in: ▸parent()}", "wrong-arguments"),
        ("{role: clerk, in: ▸root(case.unit)}", "wrong-arguments"),
        ("{role: clerk, in: parent(▸cas.unit)}", "unknown-name"),
        ("{role: clerk, in: ▸work.by}", "own-name-here"),
        ("▸{in: case.unit}", "key-missing"),
    ],
)
def test_what_names_no_unit_is_refused(by: str, code: str) -> None:
    assert refused(with_step(f"by: {by}")).code == code


def test_functions_of_units_are_known_to_in_alone() -> None:
    problem = refused(with_step("by: clerk\nwhen: ▸root() = case.unit"))
    assert problem.code == "unknown-name"


GUIDED = {
    "roles": "{clerk: 文员, head: 主管, guide: {zh: 导游, person: leader}}",
    "fields": "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
    "\n  leader: {type: person, zh: 领队}",
    "starts": "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, leader]}]",
}


def test_a_step_may_fall_to_a_person_whom_a_field_names() -> None:
    by = step(with_step("by: {person: leader, role: head}", **GUIDED))[1].by
    assert by.person is not None
    assert (by.person.text, by.roles) == ("leader", ("head",))


@pytest.mark.parametrize("by", ["guide", "{role: guide}"])
def test_a_role_that_is_filled_per_case_stands_for_its_person(by: str) -> None:
    found = step(with_step(f"by: {by}", **GUIDED))[1].by
    assert found.person is not None
    assert (found.person.text, found.roles) == ("leader", ())


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("{role: clerk, person: ▸amount}", "wrong-kind"),
        ("{role: clerk, person: ▸leder}", "unknown-name"),
        ("{role: guide, ▸person: leader}", "not-together"),
        ("{role: guide, ▸in: case.unit}", "not-together"),
        ("[clerk, ▸guide]", "role-of-a-case"),
    ],
)
def test_what_names_no_person_is_refused(by: str, code: str) -> None:
    marked = with_step(f"by: {by}", **GUIDED)
    if "same-as" in by:
        marked = marked.replace("same-as: work", "same-as: first").replace(
            "  - step: work", "  - {step: first, zh: 先, by: clerk}\n  - step: work"
        )
    assert refused(marked).code == code


@pytest.mark.parametrize(
    ("section", "old", "new"),
    [
        ("starts", "by: [clerk,", "by: [guide,"),
        ("roles", "head: 主管", "head: {zh: 主管, recorded-by: guide}"),
        ("roles", "head: 主管", "head: {zh: 主管, excludes: [guide]}"),
    ],
)
def test_nobody_holds_a_role_that_is_filled_per_case(section: str, old: str, new: str) -> None:
    changed = {**GUIDED, section: GUIDED[section].replace(old, new)}
    report = check_pack(with_step("by: guide", **changed))
    assert {each.code for each in report.problems} == {"role-of-a-case"}


def test_a_person_is_never_personal() -> None:
    fields = GUIDED["fields"].replace("person,", "person, ▸personal: true,")
    assert refused(pack(fields=fields, starts=GUIDED["starts"])).code == "key-not-for-type"


def test_a_setting_is_no_person() -> None:
    text = pack(settings="{boss: {▸type: person, required: true, zh: 老板}}")
    assert refused(text).code == "type-not-here"


def test_roles_may_exclude_one_another() -> None:
    roles = (
        "{clerk: {zh: 文员, excludes: [head, cashier]}, head: 主管, "
        "cashier: {zh: 出纳, excludes: head}}"
    )
    definition = compiled(with_step("by: [clerk, head, cashier]", roles=roles))
    assert definition.exclusions == {("clerk", "head"), ("cashier", "clerk"), ("cashier", "head")}


@pytest.mark.parametrize(
    ("excludes", "code"),
    [("▸clerk", "names-itself"), ("[head, ▸haed]", "unknown-role"), ("▸[]", "empty-list")],
)
def test_a_role_excludes_others_that_there_are(excludes: str, code: str) -> None:
    roles = f"{{clerk: {{zh: 文员, excludes: {excludes}}}, head: 主管}}"
    assert refused(with_step("by: [clerk, head]", roles=roles)).code == code


def test_nobody_holds_the_role_of_an_outside_party_so_that_it_excludes_none() -> None:
    roles = "{clerk: 文员, head: 主管, buyer: {zh: 买方, recorded-by: clerk, ▸excludes: head}}"
    assert refused(with_step("by: [clerk, head, buyer]", roles=roles)).code == "not-together"


def test_work_may_be_handed_to_a_role_in_a_unit_or_to_nobody() -> None:
    bound = step(with_step("by: clerk\ntransfer-to: {role: head, in: root()}"))[1].transfer_to
    assert bound is not None
    assert bound.where is not None
    assert (bound.roles, bound.where.text) == (("head",), "root()")
    assert step(with_step("by: clerk\ntransfer-to: nobody"))[1].transfer_to == Receivers()
    assert step(with_step("by: clerk"))[1].transfer_to is None


@pytest.mark.parametrize(
    ("bound", "code"),
    [
        ("▸noboby", "unknown-role"),
        ("▸{in: root()}", "key-missing"),
        ("{role: head, ▸person: amount}", "unknown-key"),
        ("{role: head, in: ▸amount}", "wrong-kind"),
    ],
)
def test_bounds_that_mean_nobody_by_mistake_are_refused(bound: str, code: str) -> None:
    assert refused(with_step(f"by: clerk\ntransfer-to: {bound}")).code == code


@pytest.mark.parametrize(
    ("agree", "meant"),
    [
        ("all", Agreement("all")),
        ("any", Agreement("any")),
        ("2", Agreement("number", 2)),
        ("60 %", Agreement("percent", 60)),
        ("100%", Agreement("percent", 100)),
    ],
)
def test_several_people_may_do_a_step_together(agree: str, meant: Agreement) -> None:
    assert step(with_step(f"by: {{role: clerk, agree: {agree}}}"))[1].by.agree == meant


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("by: {role: clerk, agree: ▸0}", "bad-agreement"),
        ("by: {role: clerk, agree: ▸101 %}", "bad-agreement"),
        ("by: {role: clerk, agree: ▸1.5}", "bad-agreement"),
        ("by: {role: clerk, person: start.by, ▸agree: all}", "not-together"),
        ("▸by: {agree: all}", "key-missing"),
        ("by: ▸{role: clerk, one-by-one: true}", "key-missing"),
        ("by: {role: clerk, agree: all, one-by-one: ▸yes}", "unknown-word"),
    ],
)
def test_an_agreement_that_means_nothing_is_refused(keys: str, code: str) -> None:
    text = keys.replace("▸by: {", "by: ▸{") if code == "key-missing" else keys
    assert refused(with_step(text)).code == code


def test_each_of_several_people_would_ask_for_a_signature_again() -> None:
    text = with_step("by: {role: clerk, agree: all}\n▸signed-by: buyer", roles=OUTSIDE)
    assert refused(text).code == "not-together"


@pytest.mark.parametrize("pick", ["pool", "next", "round-robin", "least-loaded"])
def test_work_may_be_given_to_one_of_those_who_may_do_it(pick: str) -> None:
    definition = compiled(with_step(f"by: {{role: clerk, pick: {pick}}}"))
    assert definition.nodes["work"].step.by.pick == pick
    assert definition.picks == (set() if pick in ("pool", "next") else {"work"})


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("{role: clerk, pick: ▸round-robbin}", "unknown-word"),
        ("{role: clerk, agree: all, ▸pick: round-robin}", "not-together"),
        ("▸{person: start.by, pick: round-robin}", "key-missing"),
    ],
)
def test_a_pick_that_means_nothing_is_refused(by: str, code: str) -> None:
    assert refused(with_step(f"by: {by}")).code == code


def test_a_step_may_ask_for_skills() -> None:
    by = step(with_step("by: {role: clerk, skills: [welding, 高压电]}"))[1].by
    assert by.skills == ("welding", "高压电")


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("{role: clerk, skills: ▸High-Voltage}", "bad-name"),
        ("{role: clerk, skills: [welding, ▸welding]}", "listed-twice"),
        ("{role: clerk, skills: ▸[]}", "empty-list"),
        ("▸{person: start.by, skills: welding}", "key-missing"),
    ],
)
def test_skills_that_mean_nothing_are_refused(by: str, code: str) -> None:
    assert refused(with_step(f"by: {by}")).code == code


APART = "{clerk: {zh: 文员, in: root(), skills: [typing]}, head: 主管}"


def work_of(text: str) -> Step:
    return compiled(text).nodes["work"].step


def test_what_is_said_of_a_role_holds_for_every_step_that_it_does() -> None:
    by = work_of(with_step("by: clerk", roles=APART)).by
    assert (by.where and by.where.text, by.skills) == ("root()", ("typing",))
    by = work_of(with_step("by: {role: clerk, pick: next}", roles=APART)).by
    assert (by.where and by.where.text, by.skills) == ("root()", ("typing",))


def test_a_step_may_say_otherwise() -> None:
    own = "by: {role: clerk, in: case.unit, skills: signing}"
    by = work_of(with_step(own, roles=APART)).by
    assert (by.where and by.where.text, by.skills) == ("case.unit", ("signing",))
    both = "by: {role: [clerk, head], in: case.unit, skills: signing}"
    assert work_of(with_step(both, roles=APART)).by.roles == ("clerk", "head")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("in: ▸amuont", "unknown-name"),
        ("in: ▸parent()", "wrong-arguments"),
        ("in: ▸amount", "wrong-kind"),
        ("skills: [typing, ▸typing]", "listed-twice"),
        ("recorded-by: head, ▸skills: typing", "not-together"),
    ],
)
def test_a_mistake_in_a_role_is_told_once(said: str, code: str) -> None:
    roles = f"{{clerk: {{zh: 文员, {said}}}, head: 主管}}"
    assert refused(with_step("by: clerk", roles=roles)).code == code


@pytest.mark.parametrize(
    "text",
    [
        """
- repeat: rounds
  until: second.outcome = "ok"
  at-most: 3
  steps:
    - {step: first, zh: 先, by: {role: clerk, not: second}}
    - {step: second, zh: 后, by: clerk, outcomes: {ok: 好, bad: 不好}}
- {end: done, zh: 完成}
""",
        """
- {step: first, zh: 先, by: {role: clerk, not: second}}
- {step: second, zh: 后, by: clerk}
- {step: third, zh: 再, by: clerk, returns-to: [{first: direct}]}
- {end: done, zh: 完成}
""",
        """
- {step: first, zh: 先, by: {role: clerk, not: second}, form: [amount], covers: [amount]}
- {step: second, zh: 后, by: clerk, form: [amount], needs: [first]}
- {end: done, zh: 完成}
""",
        """
- {step: first, zh: 先, by: {role: clerk, not: second}}
- {step: second, zh: 后, by: {role: clerk, not: first}}
- {end: done, zh: 完成}
""",
    ],
    ids=["in an earlier round", "straight back", "done again after a lapse", "both say so"],
)
def test_a_later_step_may_bar_where_it_counts_or_says_so_itself(text: str) -> None:
    assert check_pack(process(text)).problems == ()
