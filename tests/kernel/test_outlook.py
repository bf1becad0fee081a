"""Whether an organisation has the people whom a process needs, with the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from textwrap import dedent

from tests.kernel.engine.playing import DIRECTORY, HEADER, define
from tuoban.kernel.language import compile_pack
from tuoban.kernel.outlook import (
    lacking_text,
    promises,
    short_text,
    shortage_text,
    shortages,
    steps_inside,
    units_of_cases,
)
from tuoban.kernel.surroundings import Directory
from tuoban.kernel.text import Text

NAMES = {
    "east": Text("东店", "East"),
    "hq": Text("总部", "Head office"),
    "west": Text("西店", "West"),
}

END = "\n- end: done\n"


def found(process: str, directory: Directory = DIRECTORY) -> list[str]:
    definition = define(process + END)
    return [
        shortage_text(definition, each, NAMES.__getitem__).en
        for each in shortages(definition, directory)
    ]


def held(**roles: set[str]) -> Directory:
    """The people of the organisation, with other holders of roles in the shop in the east."""
    people = {person for each in roles.values() for person in each}
    holders: Mapping[tuple[str, str], frozenset[str]] = {
        **DIRECTORY.holders,
        **{(role, "east"): frozenset(each) for role, each in roles.items()},
    }
    return replace(DIRECTORY, holders=holders, people=DIRECTORY.people | people)


def test_cases_begin_where_somebody_may_start_them() -> None:
    homes = units_of_cases(define("- {step: a, by: worker}" + END), DIRECTORY)
    assert (set(homes.known), homes.possible) == ({"east", "west", "hq"}, ())


def test_a_role_that_nobody_holds_is_told_with_all_units_at_once() -> None:
    assert found("- {step: a, en: Haunt, by: ghost}") == [
        "In cases of Head office, East, West there is nobody for “Haunt”: 1 needed of Ghost, "
        "0 found."
    ]


def test_the_nearest_unit_upwards_counts() -> None:
    assert found("- {step: a, en: Sign, by: boss}") == []
    assert found("- {step: a, en: Check, by: checker}") == [
        "In cases of Head office, West there is nobody for “Check”: 1 needed of Checker, 0 found."
    ]


def test_a_unit_that_is_named_counts_alone_and_one_that_the_case_gives_is_bounded() -> None:
    assert found("- {step: a, en: Look, by: {role: worker, in: root()}}") == [
        "In cases of Head office, East, West there is nobody for “Look”: 1 needed of Worker, "
        "0 found."
    ]
    assert found("- {step: a, en: Look, by: {role: ghost, in: kind}}") == [
        "Which unit's Ghost does “Look” depends on the case: of 3 units 0 have somebody, and "
        "nobody is in Head office, East, West."
    ]
    assert found("- {step: a, en: Look, by: {role: worker, in: kind}}") == [
        "Which unit's Worker does “Look” depends on the case: of 3 units 2 have somebody, and "
        "nobody is in Head office."
    ]
    assert found("- {step: a, by: worker, signed-by: {role: checker, in: kind}}") != []
    assert found("- {step: a, en: Look, by: {role: boss, in: parent(case.unit)}}") == [
        "In cases of Head office there is nobody for “Look”: 1 needed of Boss, 0 found."
    ]


def test_where_it_depends_where_cases_belong_every_unit_is_looked_at_and_it_is_said() -> None:
    text = HEADER.replace("roles:", "case: {unit: kind}\nroles:", 1)
    definition = compile_pack(text + "  - {step: a, en: Check, by: checker}\n  - end: done\n")
    (lacking,) = shortages(definition, DIRECTORY)
    told = shortage_text(definition, lacking, NAMES.__getitem__)
    assert told.en == (
        "In cases of Head office, West, should any belong there, there is nobody for “Check”: 1 "
        "needed of Checker, 0 found."
    )
    assert told.zh.startswith("可能归总部、西店的工单到了“Check”没有人办")


def test_skills_count() -> None:
    step = "- {step: a, en: Weld, by: {role: [boss, worker], skills: welding}}"
    able = replace(DIRECTORY, skills={"wang": frozenset({"welding"})})
    assert found(step, able) == []
    assert "Boss or Worker (welding), 0 found" in found(step)[0]


def test_signers_are_all_different_people() -> None:
    step = "- {step: a, en: Pay, by: boss, signed-by: [boss, worker]}"
    alone = "In cases of East, West “Pay” takes 3 different people; 2 found of Boss, Worker."
    assert alone in found(step)
    two = held(boss={"wang", "min"}, worker={"li"})
    assert not any("East" in each for each in found(step, two))


def test_as_many_as_must_agree_are_counted() -> None:
    step = "- {step: a, en: Vote, by: {role: checker, agree: 3}}"
    assert "In cases of East “Vote” takes 3 different people; 2 found of Checker." in found(step)
    assert not any("East" in each for each in found(step, held(checker={"a", "b", "c"})))
    assert not any("East" in each for each in found(step.replace("agree: 3", "agree: all")))


def test_whoever_did_what_bars_is_not_counted() -> None:
    steps = "- {step: a, en: Work, by: worker}\n- {step: b, en: Check, by: {role: checker, not: a}}"
    one = held(checker={"li"})
    told = (
        "In cases of East whoever did “Work” may not do “Check”: all may have done so of the 1 "
        "found of Checker; 2 needed to be sure of one."
    )
    assert told in found(steps, one)
    assert not any("East" in each for each in found(steps))
    assert not any("East" in each for each in found(steps, held(checker={"zhou"})))


def test_all_who_do_it_together_are_barred_and_so_is_who_did_the_same() -> None:
    together = (
        "- {step: a, en: Vote, by: {role: checker, agree: all}}\n"
        "- {step: b, en: Count, by: {role: checker, not: a}}"
    )
    assert any("East" in each and "3 needed" in each for each in found(together))
    same = (
        "- {step: a, en: Work, by: worker}\n- {step: b, en: Mend, by: {same-as: a}}\n"
        "- {step: c, en: Check, by: {role: checker, not: b}}"
    )
    assert any("East" in each and "“Mend”" in each for each in found(same, held(checker={"li"})))


def test_a_request_that_nobody_may_make_and_a_button_that_nobody_may_press() -> None:
    nobody = replace(DIRECTORY, holders={})
    assert found("- {step: a, en: Work, by: worker}", nobody) == [
        "Nobody can start “Go”: 1 needed of Worker or Boss, 0 found."
    ]
    button = (
        "- step: a\n  by: [worker, boss]\n"
        "  during: [{on: more, en: More, by: ghost, then: [{step: b, by: boss}]}]"
    )
    assert "nobody for “More”" in found(button)[0]


def test_what_an_outside_party_takes_counts_for_its_own_limit_and_no_block_that_stands_still() -> (
    None
):
    process = """
    - stage: whole
      en: Whole
      within: LIMIT
      steps:
        - {step: a, en: Draw, by: worker, takes: 2 workdays}
        - {step: b, en: Permit, by: customer, takes: 9 workdays, within: 5 workdays}
    """

    def told(limit: str) -> list[Text]:
        definition = define(dedent(process).replace("LIMIT", limit) + END)
        nodes, regions = definition.nodes, definition.regions
        kept = promises(nodes, regions, definition.case.limits, {})
        return [text for each in kept if (text := short_text(definition, each)) is not None]

    permit = (
        "“Permit” has 5 workdays, and what it holds is expected to take up to 9 workdays: "
        "it cannot be kept."
    )
    assert [each.en for each in told("3 workdays")] == [permit]
    assert [each.en for each in told("1 workday")] == [
        "“Whole” has 1 workday, and what it holds is expected to take up to 2 workdays (Draw): "
        "it cannot be kept.",
        permit,
    ]
    assert "9" not in told("{limit: 11 workdays, stops-while: false}")[0].en.partition("Permit")[0]
    assert len(told("{limit: 10 workdays, stops-while: false}")) == 2


def test_a_limit_is_told_with_its_numbers_and_whom_it_lacks() -> None:
    definition = define(
        "- stage: all\n  en: All of it\n  within: settings.patience\n  steps:\n"
        "    - {step: a, en: Work, by: worker, takes: 20 minutes}\n"
        "    - {step: b, en: Haunt, by: ghost, takes: 40 minutes}" + END
    )
    (promise,) = promises(
        definition.nodes,
        definition.regions,
        (),
        {"patience": definition.settings["patience"].value},
    )
    short = short_text(definition, promise)
    assert short is not None
    assert (
        short.zh
        == "“All of it”的时限是 30 分钟，里面的步骤预计最长要 60 分钟（Work → Haunt），办不完。"
    )
    assert tuple(steps_inside(definition.nodes, definition.paths, "all")) == ("a", "b")
    lacking = lacking_text(definition, promise, ["b"])
    assert lacking.en == "“All of it” has a limit, and lacks people for “Haunt”."


def test_what_is_not_waited_for_counts_for_its_own_limit_alone() -> None:
    definition = define(
        "- stage: all\n  en: All of it\n  within: 30 minutes\n  steps:\n"
        "    - {step: a, en: Work, by: worker, takes: 20 minutes}\n"
        "    - {call: towing, without-waiting: true, within: 30 minutes}\n"
        "- {step: c, en: Wait, by: worker}" + END + "processes:\n  towing: {en: Towing, "
        "steps: [{step: b, en: Haul, by: worker, takes: 40 minutes}]}"
    )
    told = {
        each.node: each.is_short for each in promises(definition.nodes, definition.regions, (), {})
    }
    assert told == {"all": False, "towing": True}
    assert tuple(steps_inside(definition.nodes, definition.paths, "all")) == ("a",)
    assert tuple(steps_inside(definition.nodes, definition.paths, "towing")) == ("towing.b",)
    assert tuple(steps_inside(definition.nodes, definition.paths, "")) == ("a", "towing.b", "c")
