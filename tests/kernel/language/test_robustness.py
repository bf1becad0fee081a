"""Whatever is written, the compiler answers with a definition or with problems."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.language.table_examples import with_table
from tuoban.kernel.language import PackText, check_pack
from tuoban.kernel.language.showing import show

VISIT = (Path(__file__).parent / "data" / "visit.yaml").read_text("utf-8")
TABLED = with_table(
    """
| level | amount | note | => price | => desk | # |
|---|---|---|---|---|---|
| "i" | < 5, [7..9) | "a|b", null | 12.50 | one | |
| - | not(3) | - | amount * 2 | "two" | x |
""",
    hit="first",
    outputs="{desk: {type: choice, zh: 台, options: {one: 一, two: 二}}}",
)
SNIPPETS = st.sampled_from(
    ["{", "}", "[", "]", ": ", "- ", "'", '"', "\n", "  ", "\t", "&a ", "*a", "!x ", "# ", "? ",
     "|\n", "---\n", "null", "true", "1e9", "step: x", "when: ", "now", "9999999999 weeks", "\0",
     "|", "=> ", " | "]
)  # fmt: skip
ODDITIES = st.one_of(SNIPPETS, st.text(max_size=5))


@st.composite
def mutated(draw: st.DrawFn, whole: str = VISIT) -> str:
    """The text of a real pack with a few pieces cut out, copied about or put in."""
    text = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        moved = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(ODDITIES, st.just(text[moved : moved + 40])))
        text = text[:start] + piece + text[end:]
    return text


@given(text=mutated())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_pack_is_compiled_or_refused_with_problems_that_read(text: str) -> None:
    check_answer(text)


@given(text=mutated(TABLED))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_table_is_compiled_or_refused_with_problems_that_read(text: str) -> None:
    check_answer(text)


def check_answer(text: str) -> None:
    report = check_pack(text)
    assert (report.definition is None) == bool(report.problems)
    lines = len(re.split("\r\n|\r|\n", text))
    for problem in (*report.problems, *report.warnings):
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.read("zh")
        assert problem.read("en")


BASES = {"on-site-visit@2026.1": PackText(VISIT, file="base.yaml")}
VARIANT = """\
pack: their-visits
version: 2
extends: on-site-visit@2026.1
title: 上门
roles: {helper: 帮手}
settings: {arrive_within: 4 working hours}
starts:
  - {request: fault, zh: 来电}
changes:
  - {step: arrive, within: 2 hours, late: []}
  - {after: workshop, add: [{step: extra, zh: 另加, by: helper}]}
  - {before: extra, add: [{choose: [{when: arrive.count > 1, then: [{end: closed}]}]}]}
  - {remove: extra}
"""


def test_the_variant_compiles_as_it_is() -> None:
    assert check_pack(VARIANT, bases=BASES).problems == ()


@given(text=mutated(VARIANT))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_variant_is_compiled_or_refused_with_problems_that_read(text: str) -> None:
    report = check_pack(text, bases=BASES)
    assert (report.definition is None) == bool(report.problems)
    lines = {"pack.yaml": text.count("\n") + 1, "base.yaml": VISIT.count("\n") + 1}
    for problem in (*report.problems, *report.warnings):
        assert 1 <= problem.line <= lines[problem.file]
        assert problem.read("zh")
        assert problem.read("en")


@given(text=mutated(VISIT))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_shown_of_a_pack_reads_as_the_same_tree(text: str) -> None:
    tree = check_pack(text).tree
    if tree is not None:
        again = check_pack(show(tree)).tree
        assert again is not None, show(tree)
        assert show(again) == show(tree)


@given(text=st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_arbitrary_text_is_never_a_crash(text: str) -> None:
    report = check_pack(text, translations=text)
    assert (report.definition is None) == bool(report.problems)


@given(lines=st.lists(st.sampled_from(VISIT.splitlines()), max_size=40))
@settings(max_examples=60, deadline=None)
def test_shuffled_lines_give_the_same_answer_twice(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert check_pack(text).problems == check_pack(text).problems


def test_a_realistic_pack_compiles_without_a_warning() -> None:
    report = check_pack(VISIT)
    assert report.problems == ()
    assert report.warnings == ()
    assert report.definition is not None
    assert list(report.definition.outcomes) == ["declined", "closed"]
