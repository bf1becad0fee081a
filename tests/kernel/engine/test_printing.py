"""Documents: printed with open or finished work, each time as a fact."""

from __future__ import annotations

from textwrap import dedent, indent

from tests.kernel.engine.playing import HEADER, Play
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.language import compile_pack

PROCESS = """
- {step: pay, by: worker, form: [amount], print: [receipt]}
- {step: check, by: checker, returns-to: [pay]}
- end: closed
"""


def play() -> Play:
    documents = "documents:\n  receipt: {en: Receipt, text: 'Received {amount}'}\nstarts:\n"
    header = HEADER.replace("starts:\n", documents)
    return Play(compile_pack(header + indent(dedent(PROCESS).strip("\n"), "  ") + "\n")).start()


def printed(case: Play) -> list[tuple[int, int]]:
    """With which work item, and which copy, each printing was."""
    made = (each for each in case.journal if isinstance(each, e.DocumentPrinted))
    return [(each.item, each.copy) for each in made]


RECEIPT = c.PrintDocument("li", "pay", "receipt")


def test_each_printing_is_kept_and_a_reprint_is_told_from_it() -> None:
    case = play()
    case.carry_out(RECEIPT)
    case.do("pay", amount="5")
    case.carry_out(RECEIPT)
    assert printed(case) == [(1, 1), (1, 2)]
    assert decode(encode(case.state)) == case.state


def test_work_that_was_sent_back_is_printed_anew() -> None:
    case = play().do("pay", amount="5")
    case.carry_out(RECEIPT)
    case.send_back("check", "pay", "zhou")
    case.carry_out(RECEIPT)
    assert printed(case) == [(1, 1), (3, 1)]


def test_who_may_print_and_what() -> None:
    case = play()
    assert case.refused(c.PrintDocument("zhou", "check", "receipt")) == "unknown-document"
    assert case.refused(c.PrintDocument("li", "pay", "bill")) == "unknown-document"
    assert case.refused(c.PrintDocument("far", "pay", "receipt")) == "not-to-print"
    case.carry_out(c.PrintDocument("wang", "pay", "receipt"))


def test_an_ended_case_is_still_printed() -> None:
    case = play().do("pay", amount="5").do("check", "zhou")
    case.carry_out(RECEIPT)
    assert printed(case) == [(1, 1)]


def test_nothing_is_printed_before_the_step_has_begun() -> None:
    documents = "documents:\n  receipt: {en: Receipt, text: Received}\nstarts:\n"
    process = (
        "  - {step: one, by: worker}\n  - {step: pay, by: worker, print: receipt}\n  - end: x\n"
    )
    case = Play(compile_pack(HEADER.replace("starts:\n", documents) + process)).start()
    assert case.refused(RECEIPT) == "nothing-to-print"
