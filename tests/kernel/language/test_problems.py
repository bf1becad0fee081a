"""Every problem stands at its place and reads well in both languages."""

from __future__ import annotations

import re

import pytest

from tests.kernel.language import examples
from tests.kernel.language.support import HERE, found, pack, process, refused, split_mark, warned
from tuoban.kernel.language import PackError, check_pack, compile_pack
from tuoban.kernel.language.texts import TEXTS
from tuoban.services.installed import CATALOGUE

TESTED_ALONE = {
    "packs-in-circle",
    *("request-needed", "unknown-called-request", "not-asked-for", "not-handed-in", "handed-unfit"),
    *("list-handed", "personal-handed", "not-returned", "personal-returned", "returned-unfit"),
    *("table-too-large", "table-too-long", "called-too-much", "called-too-deep"),
    *("translation-unused", "unknown-here", "untranslated"),
    *("change-leaves-nothing", "change-of-another-kind", "change-of-which", "no-change"),
    *("extends-circle", "language-of-base", "not-in-base", "too-many-bases", "unknown-setting"),
}
"""Codes that no small pack can meet."""
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("code", examples.PROBLEMS)
def test_a_problem_is_told_at_its_place(code: str) -> None:
    assert refused(examples.PROBLEMS[code]).code == code


@pytest.mark.parametrize("code", examples.WARNINGS)
def test_a_warning_is_told_at_its_place_and_refuses_nothing(code: str) -> None:
    assert warned(examples.WARNINGS[code]).code == code


def test_every_code_has_an_example() -> None:
    assert set(TEXTS) == {*examples.PROBLEMS, *examples.WARNINGS, *TESTED_ALONE}


@pytest.mark.parametrize("marked", [*examples.PROBLEMS.values(), *examples.WARNINGS.values()])
def test_a_problem_reads_in_both_languages(marked: str) -> None:
    text, (line, column) = split_mark(marked)
    report = check_pack(text, file="demo/pack.yaml", catalogue=CATALOGUE)
    problem = (*report.problems, *report.warnings)[0]
    place = f"demo/pack.yaml:{line}:{column}: "
    zh, en = problem.read("zh-hans"), problem.read("en")
    assert zh.startswith(place)
    assert en.startswith(place)
    assert HAN.search(zh)
    assert not re.search(r"@[a-z]", zh + en), "a word of the table was not looked up"
    assert HERE not in zh


def test_a_problem_names_what_was_found_expected_and_probably_meant() -> None:
    problem = refused(pack() + "▸role: x\n")
    assert problem.read("en") == (
        "pack.yaml:12:1: There is no “role” here; possible: pack, version, extends, language, "
        "title, currency, rests-on, case, roles, settings, records, messages, kinds, fields, "
        "papers, documents, tables, starts, every-step, process, processes, changes, cancel, "
        "indicators. "
        "Did you mean “roles”?"
    )
    assert problem.read("zh").endswith("cancel、indicators。是否想写“roles”？")


def test_a_kind_of_thing_is_named_in_the_language_of_the_reader() -> None:
    problem = refused(pack(version="▸[1]"))
    assert problem.read("en").endswith("Found a list, expected a text.")
    assert problem.read("zh").endswith("这里写的是列表，应为文字。")


TEN_MISTAKES = """\
pack: Demo
version: 1
title: 演示
role: {clerk: 文员}
roles: {clerk: 文员}
fields:
  amount: {type: intger, zh: 数量}
  kind: {type: choice, zh: 类别, options: {a: 甲}, default: b}
starts: [{request: ask, zh: 申请, by: clark, form: [kind]}]
process:
  - {step: work, zh: 办理, by: clerk, form: [amout], within: 3 workdaays}
  - {step: check, zh: 审核, by: {same-as: wrok}, when: work.couunt > 1}
  - choose:
      - when: kind = "c"
        then: [{end: done, zh: 完成}]
"""


def test_a_pack_with_many_mistakes_tells_all_of_them_in_order() -> None:
    assert found(check_pack(TEN_MISTAKES)) == [
        ("bad-slug", 1, 7),
        ("unknown-key", 4, 1),
        ("unknown-type-of-field", 7, 18),
        ("unknown-default", 8, 58),
        ("unknown-role", 9, 37),
        ("unknown-field", 11, 44),
        ("unknown-unit", 11, 60),
        ("unknown-step", 12, 41),
        ("unknown-member", 12, 59),
        ("no-end", 13, 5),
        ("unknown-option", 14, 22),
    ]


def test_a_pack_that_cannot_be_compiled_raises_all_its_problems() -> None:
    with pytest.raises(PackError) as raised:
        compile_pack(TEN_MISTAKES)
    assert len(raised.value.problems) == 11
    assert str(raised.value).count("\n") == 10
    assert raised.value.read("zh").splitlines()[4] == (
        "pack.yaml:9:37: 没有“clark”这个角色。是否想写“clerk”？"
    )


def test_what_was_declared_badly_is_known_all_the_same() -> None:
    """One mistake is told once, not again wherever the name is used."""
    text = pack(
        fields="\n  amount: {type: ▸intger, zh: 数量}\n  note: {type: text, zh: 说明}",
        case='{title: "{amount}"}',
    )
    assert refused(text).code == "unknown-type-of-field"


def test_a_construct_that_cannot_be_read_is_not_also_missed_as_the_end() -> None:
    text = process("- {step: work, zh: 办理, by: clerk}\n- ▸{edn: done}")
    assert refused(text).facts["nearest"] == "end"


ENDLESS = "a" * 100_000


@pytest.mark.parametrize(
    "step", ["by: clerk, needs: [{}]", "by: {}", "by: clerk, form: [{}]", "by: clerk, {}: 3"]
)
def test_a_name_without_end_is_not_repeated_whole(step: str) -> None:
    text = process(f"- {{step: work, zh: 办理, {step.format(ENDLESS)}}}\n- {{end: done, zh: 完成}}")
    problems = check_pack(text).problems
    assert problems
    for each in problems:
        assert "a" * 60 + "…" in each.read("en") or "aa" not in each.read("en")
        assert len(each.read("zh")) < 300


HOPELESS = [
    ("form: [amuont]", "unknown-field", "没有“amuont”这个字段。"),
    ('when: "amuont > 1"', "unknown-name", "这里没有叫“amuont”的内容。"),
    ('when: "case.amuont > 1"', "unknown-member", "这里没有叫“amuont”的内容。"),
]


@pytest.mark.parametrize(("use", "code", "sentence"), HOPELESS)
def test_in_a_hopeless_file_the_nearest_names_are_no_longer_sought(
    use: str, code: str, sentence: str
) -> None:
    fields = "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}" + "".join(
        f"\n  spare_{number}: {{type: text, zh: 备用, default: 无}}" for number in range(200)
    )
    steps = "".join(f"\n  - {{step: s{n}, zh: 步, by: clerk, {use}}}" for n in range(60))
    text = pack(fields=fields, process=f"{steps}\n  - {{end: done, zh: 完成}}")
    problems = check_pack(text).problems
    assert len(problems) == 60
    assert (problems[0].code, problems[0].facts["nearest"]) == (code, "amount")
    assert problems[-1].read("zh").endswith(sentence)
    assert "amuont" in problems[-1].read("en")
    assert "nearest" not in problems[-1].read("en")


def test_the_way_to_a_problem_is_told_once() -> None:
    named = [code for code, texts in TEXTS.items() if any("{path}" in each for each in texts)]
    assert named == [], "whoever gives a path has it told behind the sentence"
