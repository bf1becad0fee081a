"""A variant is its base with what it changes, checked whole; problems stand in the right file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kernel.language.support import split_mark
from tuoban.kernel.definition import Definition, Text
from tuoban.kernel.language import (
    Bases,
    PackProblem,
    PackText,
    Report,
    check_pack,
    compile_pack,
    identity,
)
from tuoban.kernel.language.showing import show
from tuoban.services.installed import CATALOGUE

BASE = """\
pack: permits
version: 2026.1
title: 许可
case: {number: XK, title: "{place}"}
roles: {window: 窗口, bureau: {zh: 审批局}, council: 园林局}
settings:
  answer: {type: duration, default: 2 workdays, zh: 答复时限}
fields:
  place: {type: text, zh: 地点, required: true}
  size: {type: choice, zh: 规模, options: {big: 大, small: 小}}
starts:
  - {request: ask, zh: 申请, by: window, form: [place]}
process:
  - {step: receive, zh: 收件, by: window, form: [size], within: settings.answer}
  - parallel:
      - {step: land, zh: 用地, by: bureau}
      - stage: greens
        zh: 绿化
        steps:
          - {step: trees, zh: 树木, by: council}
          - {step: lawn, zh: 草地, by: council, needs: [land]}
  - choose:
      - when: size = "big"
        then:
          - {step: hearing, zh: 听证, by: bureau, outcomes: {go: 同意, halt: 不同意}}
  - {step: sign, zh: 签发, by: bureau, returns-to: [receive]}
  - {end: granted, zh: 准予}
"""
BASES: Bases = {"permits@2026.1": PackText(BASE, "许可: Permits\n收件: Receipt\n")}
HEAD = "pack: our-permits\nversion: 1\nextends: permits@2026.1\n"


def variant(rest: str, bases: Bases = BASES) -> Definition:
    return compile_pack(HEAD + rest, bases=bases)


def check(rest: str, bases: Bases = BASES) -> Report:
    return check_pack(HEAD + rest, bases=bases)


def told(marked: str) -> PackProblem:
    """The one problem of a variant, which must stand at the mark in its own text."""
    text, place = split_mark(HEAD + marked)
    report = check_pack(text, bases=BASES)
    assert [(each.file, each.line, each.column) for each in report.problems] == [
        ("pack.yaml", *place)
    ]
    return report.problems[0]


def test_a_variant_without_changes_is_its_base_under_its_own_name() -> None:
    ours, theirs = variant(""), compile_pack(BASE)
    assert (ours.slug, ours.version, ours.title) == ("our-permits", "1", Text("许可", "Permits"))
    assert list(ours.nodes) == list(theirs.nodes)
    assert ours.case.number == "XK"


def test_keys_of_a_construct_are_replaced_and_the_others_stay() -> None:
    ours = variant("changes:\n  - {step: sign, by: window, needs: [trees], within: 3 workdays}\n")
    sign = ours.nodes["sign"]
    assert sign.step.by.roles == ("window",)
    assert [each.name for each in sign.step.needs] == ["trees"]
    assert [each.key for each in sign.limits] == ["within"]
    assert sign.step.returns_to == ("receive",)
    assert sign.label.zh == "签发"


def test_an_empty_list_takes_a_key_away() -> None:
    ours = variant("changes:\n  - {step: lawn, needs: []}\n  - {step: receive, within: []}\n")
    assert ours.nodes["lawn"].step.needs == ()
    assert ours.nodes["receive"].limits == ()


def test_constructs_are_added_before_and_after_and_see_one_another() -> None:
    ours = variant(
        """\
roles: {water: 水务局}
changes:
  - {after: lawn, add: [{step: water, zh: 水土, by: water, needs: [land]}]}
  - {before: water, add: [{step: soil, zh: 土壤, by: water}, {step: air, zh: 空气, by: water}]}
  - {step: air, by: council}
"""
    )
    (greens,) = ours.nodes["greens"].regions
    assert ours.regions[greens].nodes == ("trees", "lawn", "soil", "air", "water")
    assert ours.nodes["air"].step.by.roles == ("council",)


def test_beside_a_branch_of_a_parallel_part_stands_another_branch() -> None:
    ours = variant("changes:\n  - {after: land, add: [{step: roads, zh: 道路, by: bureau}]}\n")
    assert len(ours.nodes["parallel.1"].regions) == 3


def test_what_is_removed_is_gone_with_all_that_is_in_it() -> None:
    ours = variant("changes:\n  - {remove: greens}\n")
    assert {"greens", "trees", "lawn"}.isdisjoint(ours.nodes)


def test_reactions_are_found_by_their_names() -> None:
    during = (
        "during: [{on: protest, zh: 异议, by: window, then: [{step: hear, zh: 听, by: window}]}]"
    )
    text = BASE.replace("        zh: 绿化\n", f"        zh: 绿化\n        {during}\n")
    ours = variant(
        """\
changes:
  - {on: protest, by: bureau}
  - {after: hear, add: [{step: answer_it, zh: 答复, by: bureau}]}
""",
        {"permits@2026.1": PackText(text)},
    )
    assert {"hear", "answer_it"} <= ours.nodes.keys()


WIDE = (
    BASE.replace(
        "  - {end: granted",
        "  - {call: billing, as: bill}\n  - {end: granted",
    ).replace(
        "within: settings.answer}",
        "within: settings.answer, late: {1 day after: [{step: press, zh: 催促, by: window}]}}",
    )
    + """
processes:
  billing:
    zh: 开单
    steps:
      - {step: draw_up, zh: 开单, by: window}
      - {step: collect, zh: 收费, by: window}
cancel:
  by: window
  then:
    - {step: file_away, zh: 归档, by: window}
    - {step: tell_all, zh: 通知, by: window}
"""
)


def test_what_is_done_on_cancel_when_late_and_in_called_processes_is_changed_by_name() -> None:
    bases: Bases = {"permits@2026.1": PackText(WIDE, None)}
    made = variant(
        "changes:\n"
        "  - {step: file_away, by: council}\n"
        "  - {remove: tell_all}\n"
        "  - {after: file_away, add: [{step: shred, zh: 销毁, by: council}]}\n"
        "  - {step: press, by: bureau}\n"
        "  - {step: collect, by: bureau}\n"
        "  - {before: collect, add: [{step: check, zh: 核对, by: council}]}\n",
        bases,
    )
    by = {key: node.step.by.roles for key, node in made.nodes.items() if node.kind == "step"}
    assert by["file_away"] == by["shred"] == by["bill.check"] == ("council",)
    assert by["press"] == by["bill.collect"] == ("bureau",)
    assert "tell_all" not in by
    assert by["bill.draw_up"] == ("window",)


def test_an_end_is_found_by_its_name() -> None:
    ours = variant("changes:\n  - {before: granted, add: [{step: file, zh: 归档, by: window}]}\n")
    assert ours.nodes["file"].next == "end.1"


def test_other_sections_merge_by_name() -> None:
    ours = variant(
        """\
title: 本市许可
case: {number: BS}
roles: {bureau: 行政审批局, archive: 档案馆}
settings: {answer: 3 workdays}
fields:
  size: {options: {big: 大, middle: 中, small: 小}}
  note: {type: text, zh: 说明}
starts:
  - {request: ask, form: [place, note]}
  - {request: renew, zh: 续期, by: bureau, form: [place]}
changes:
  - {after: sign, add: [{step: file, zh: 归档, by: archive}]}
"""
    )
    assert ours.title.zh == "本市许可"
    assert (ours.case.number, ours.case.title) == ("BS", (("field", "place"),))
    assert ours.roles["bureau"].label.zh == "行政审批局"
    assert str(getattr(ours.settings["answer"].value, "text", None)) == str(
        Text("3 个工作日", "3 workdays")
    )
    assert [key for key, _ in ours.fields["size"].options] == ["big", "middle", "small"]
    assert ours.fields["size"].label.zh == "规模"
    assert ours.starts["ask"].label.zh == "申请"
    assert list(ours.starts) == ["ask", "renew"]


def test_a_setting_may_be_made_required_or_given_what_it_lacked() -> None:
    required = variant("settings: {answer: {required: true}}\n")
    assert required.settings["answer"].value is None
    text = BASE.replace("default: 2 workdays", "required: true")
    given = variant("settings: {answer: 1 workday}\n", {"permits@2026.1": PackText(text)})
    assert given.settings["answer"].value is not None


def test_translations_of_both_apply_and_the_nearer_one_wins() -> None:
    text = HEAD + "changes:\n  - {after: sign, add: [{step: file, zh: 归档, by: window}]}\n"
    report = check_pack(text, translations="归档: File\n收件: Intake\n多余: x\n", bases=BASES)
    assert report.definition is not None
    labels = {key: node.label.en for key, node in report.definition.nodes.items()}
    assert (labels["file"], labels["receive"]) == ("File", "Intake")
    assert report.definition.title.en == "Permits"
    assert [(each.file, each.code) for each in report.warnings] == [
        ("en.yaml", "translation-unused")
    ]


def test_a_chain_is_merged_from_its_far_end() -> None:
    middle = HEAD + "changes:\n  - {after: sign, add: [{step: file, zh: 归档, by: window}]}\n"
    bases = {**BASES, "our-permits@1": PackText(middle, file="our/pack.yaml")}
    text = "pack: town\nversion: 1\nextends: our-permits@1\nchanges:\n"
    town = compile_pack(text + "  - {step: file, by: bureau}\n", bases=bases)
    assert town.nodes["file"].step.by.roles == ("bureau",)
    wrong = check_pack(
        text + "  - {step: file, by: nobody}\n",
        bases={**bases, "our-permits@1": PackText(middle + "  - {remove: fiel}\n")},
    )
    assert [(each.file, each.line, each.code) for each in wrong.problems] == [
        ("pack.yaml", 5, "unknown-role"),
        ("our-permits@1/pack.yaml", 6, "not-in-base"),
    ]


def test_the_digest_covers_every_text() -> None:
    plain = variant("").digest
    other = {"permits@2026.1": PackText(BASE, "许可: Permit\n收件: Receipt\n")}
    assert variant("", other).digest != plain
    longer = {"permits@2026.1": PackText(BASE + "# x\n", BASES["permits@2026.1"].translations)}
    assert variant("", longer).digest != plain
    assert variant("").digest == plain
    assert compile_pack(BASE).digest == PackText(BASE).digest


# What is wrong with a variant.


@pytest.mark.parametrize(
    ("marked", "code", "nearest"),
    [
        ("changes: [{remove: ▸hearings}]\n", "not-in-base", "hearing"),
        ("changes: [{after: ▸hearings, add: [{end: x, zh: 完}]}]\n", "not-in-base", "hearing"),
        ("changes: [{step: ▸lawm, needs: [land]}]\n", "not-in-base", "lawn"),
        ("changes: [{remove: greens}, {remove: ▸lawn}]\n", "not-in-base", "land"),
        ("changes: [{step: greens, steps: []}]\n".replace("{step", "{▸step"),
         "change-of-another-kind", None),
        ("changes: [{remove: ▸hearing}]\n", "change-leaves-nothing", None),
        ("changes: [▸{behind: lawn, add: [{end: x}]}]\n", "no-change", None),
        ("changes: [▸{after: lawn}]\n", "key-missing", None),
        ("changes: [{after: lawn, ▸ad: [{end: x}], add: [{step: s, zh: 甲, by: window}]}]\n",
         "unknown-key", "add"),
        ("settings: {▸anwser: 2 workdays}\n", "unknown-setting", "answer"),
        ("language: ▸en\n", "language-of-base", None),
        ("▸process: [{end: done, zh: 完}]\n", "not-together", None),
        ("changes: [{step: sign, ▸need: [land]}]\n", "unknown-key", "needs"),
        ("changes: [{step: sign, needs: [▸lnad]}]\n", "unknown-step", "land"),
        ("fields: {size: {▸lable: x}}\n", "unknown-key", None),
        ("changes: ▸[]\n", "empty-list", None),
        ("changes: [{send: ▸x}]\n", "not-in-base", None),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_the_variant(marked: str, code: str, nearest: str | None) -> None:
    problem = told(marked)
    assert problem.code == code
    if nearest is not None:
        assert problem.facts["nearest"] == nearest


def test_what_the_base_still_names_is_told_in_the_base() -> None:
    report = check("changes: [{remove: land}]\n")
    (problem,) = report.problems
    line = BASE.splitlines().index("          - {step: lawn, zh: 草地, by: council, needs: [land]}")
    assert (problem.file, problem.line) == ("permits@2026.1/pack.yaml", line + 1)
    assert problem.code == "unknown-step"
    assert check("changes: [{remove: land}, {step: lawn, needs: []}]\n").problems == ()


def test_names_that_the_base_has_taken_are_told_with_its_file() -> None:
    (problem,) = check(
        "changes: [{after: sign, add: [{step: lawn, zh: 草地, by: window}]}]\n"
    ).problems
    assert (problem.code, problem.line) == ("name-taken", 4)
    assert "(permits@2026.1/pack.yaml)" in problem.read("zh")


def test_two_constructs_of_one_name_cannot_be_told_apart() -> None:
    text = BASE.replace("  - {step: sign", "  - {end: granted, when: size = null}\n  - {step: sign")
    bases = {"permits@2026.1": PackText(text)}
    (problem,) = check("changes: [{remove: granted}]\n", bases).problems
    assert (problem.code, problem.column) == ("change-of-which", 20)


def test_a_base_that_cannot_be_read_is_told_in_its_own_file() -> None:
    bases = {"permits@2026.1": PackText("title: [\n", file="base/pack.yaml")}
    (problem,) = check("", bases).problems
    assert (problem.file, problem.code) == ("base/pack.yaml", "yaml-bracket")


def test_the_nearest_base_is_named() -> None:
    report = check_pack(HEAD.replace("permits@2026.1", "permits@2026.2"), bases=BASES)
    (problem,) = report.problems
    assert (problem.code, problem.facts["nearest"]) == ("unknown-base", "permits@2026.1")


def test_circles_are_refused() -> None:
    one = "pack: one\nversion: 1\nextends: two@1\n"
    two = "pack: two\nversion: 1\nextends: one@1\n"
    bases = {"one@1": PackText(one), "two@1": PackText(two)}
    (problem,) = check_pack(one, bases=bases).problems
    assert (problem.code, problem.file, problem.line) == ("extends-circle", "two@1/pack.yaml", 3)
    assert problem.facts["circle"] == "one@1 → two@1 → one@1"
    (itself,) = check_pack(one.replace("two@1", "one@1"), bases=bases).problems
    assert itself.code == "extends-circle"


def test_a_chain_is_bounded() -> None:
    bases = {
        f"p{at}@1": PackText(f"pack: p{at}\nversion: 1\nextends: p{at + 1}@1\n") for at in range(20)
    }
    (problem,) = check_pack(bases["p0@1"].text, bases=bases).problems
    assert (problem.code, problem.file) == ("too-many-bases", "p8@1/pack.yaml")


def test_changes_need_a_base() -> None:
    report = check_pack(BASE + "changes: [{remove: land}]\n")
    assert [(each.code, each.facts["key"]) for each in report.problems] == [
        ("key-missing", "extends")
    ]


def test_what_a_variant_no_longer_uses_of_its_base_is_not_its_fault() -> None:
    text = BASE.replace("by: bureau, outcomes", "by: [bureau, crier], outcomes")
    text = text.replace("council: 园林局", "council: 园林局, crier: 听证员")
    report = check("changes: [{step: hearing, by: bureau}]\n", {"permits@2026.1": PackText(text)})
    assert (report.problems, report.warnings) == ((), ())


# The whole shown as text.


def test_the_whole_is_shown_as_a_pack_of_its_own() -> None:
    report = check(
        "settings: {answer: 3 workdays}\nchanges:\n"
        '  - {after: sign, add: [{step: file, zh: "归档：是 # 否", by: window}]}\n'
    )
    assert report.tree is not None
    assert report.definition is not None
    text = show(report.tree)
    again = check_pack(text, translations="许可: Permits\n收件: Receipt\n")
    assert again.definition is not None
    assert again.definition.nodes["file"].label.zh == "归档：是 # 否"
    assert list(again.definition.nodes) == list(report.definition.nodes)
    assert text.startswith("pack: our-permits\nversion: 1\ntitle: 许可\n")
    assert "extends" not in text


def _written(definition: Definition, kept: str) -> str:
    """A part of a definition as it prints, without the lines, which move."""
    return re.sub(r"line=\d+", "", repr(getattr(definition, kept)))


PACKS = sorted(Path("src/tuoban/packs").glob("*/pack.yaml"))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.parent.name)
def test_a_pack_shown_reads_as_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    translations = path.with_name("en.yaml").read_text(encoding="utf-8")
    report = check_pack(text, translations=translations, catalogue=CATALOGUE, packs=None)
    assert report.tree is not None
    shown = show(report.tree)
    again = check_pack(shown, translations=translations, catalogue=CATALOGUE, packs=None)
    assert again.problems == ()
    assert again.tree is not None
    assert show(again.tree) == shown
    assert again.definition is not None
    assert report.definition is not None
    for kept in ("roles", "settings", "fields", "tables", "nodes", "regions", "starts", "case"):
        assert _written(again.definition, kept) == _written(report.definition, kept)


def test_a_pack_knows_its_slug_and_version() -> None:
    assert identity(BASE) == "permits@2026.1"
    assert identity("title: [") == "@"
    assert identity("- a\n") == "@"
