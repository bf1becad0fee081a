"""What newcomers write instead: one problem, at its place, that says what to write."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import pack, process, with_step
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.meant import MEANT

CHOICE = """
- {step: look, zh: 看, by: clerk, outcomes: {good: 好, bad: 坏}}
- choose:
    - when: look.outcome = "bad"
      then: [{end: bad, zh: 坏}]
    - otherwise: [{end: good, zh: 好}]
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (pack().replace("roles:", "rolse:", 1), "Did you mean “roles”?"),
        (with_step("by: clerk\nwitin: 2 hours\nlate: {at the limit: tell performer}"), "“within”?"),
        (process(CHOICE.replace("otherwise", "else")), "Did you mean “otherwise”?"),
        (process(CHOICE.replace("then:", "steps:")), "Did you mean “then”?"),
        (process(CHOICE.replace("when:", "条件:")), "Did you mean “when”?"),
        (process("- {task: look, zh: 看, by: clerk}\n- {end: a, zh: 完}"), "Did you mean “step”?"),
        (with_step("by: clerk\nwithin: 2 h"), "Did you mean “hours”?"),
        (with_step("by: 文员"), "Did you mean “clerk”?"),
        (
            with_step("by: clerk\nwithin: patience", settings="\n  patience: "
                "{type: duration, default: 2 hours, zh: 时限}"),
            "the nearest is “settings.patience”",
        ),
        (with_step("by: clerk\nwhen: 两天 > 3"), "Nothing is called “两天”"),
        (with_step("by: clerk\nform: [{field:x}]"), "A space is needed behind the colon"),
        (pack(case='{title: "一, number: A}'), "The quotation that begins here is not closed."),
    ],
)  # fmt: skip
def test_one_problem_says_what_was_meant(text: str, said: str) -> None:
    found = check_pack(text).problems
    assert said in found[0].read("en"), [each.read("en") for each in found]
    assert len(found) == 1, [each.read("en") for each in found]


def test_what_is_meant_is_never_what_was_written() -> None:
    assert all(word not in meanings for word, meanings in MEANT.items())
