"""Cases played for what chance hardly ever brings: each on purpose, step by step."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.people import DOCUMENTS
from tests.kernel.engine.families.writing import define
from tests.kernel.engine.playing import HEADER
from tuoban.kernel import commands as c
from tuoban.kernel.surroundings import Deputy

PROCESS = """
- step: first
  by: worker
  print: [slip]
  undo: [{step: undo_first, by: worker}]
- {call: attempt, as: attempted}
- {step: entered, do: note, amount: amount}
- stage: inside
  needs: [{that: good, else: Not yet}]
  covers: [amount]
  steps:
    - {step: measured, by: worker}
    - {step: weighed, by: worker}
- {step: asked, by: customer, within: 1 day, needs: [inside]}
- {step: last, by: worker, needs: [inside], returns-to: [measured]}
- {end: over, undo: true}
"""
CALLED = """
processes:
  attempt:
    en: Attempt
    steps:
      - {step: attempted_work, by: worker, undo: [{step: undo_attempt, by: worker}]}
      - {end: failed, undo: true}
"""
DECLARED = HEADER.replace("\nstarts:\n", f"\n{DOCUMENTS}\nstarts:\n")
PACK = DECLARED + indent(PROCESS, "  ") + CALLED


def play() -> FullCase:
    """The service fails, a block lapses, work goes back into a block that waits, a signer is done
    without, somebody is away and back, and the case ends by undoing."""
    case = FullCase(define(PACK)).start(amount="5", good=True)
    case.carry_out(c.Claim("li", case.item("first").id))
    case.carry_out(c.PrintDocument("li", "first", "slip"))
    case.carry_out(c.AttachFile("li", _sealed("slip")))
    case.carry_out(c.WithdrawFile("li", case.state.last_item, "another one"))
    case.carry_out(c.Comment("li", _sealed("said"), ("han",), (_sealed("shown"),)))
    case.carry_out(c.EditComment("li", case.state.last_item, _sealed("meant")))
    case.carry_out(
        c.AddSigner("li", case.item("first").id, "han", before=True, reason="look at it")
    )
    case.carry_out(c.DropSigner("li", case.item("first").id, "han"))
    directory = case.directory
    case.directory = replace(directory, away={"li": Deputy("han")})
    case.carry_out(c.Recheck())
    case.directory = directory
    case.carry_out(c.Recheck())
    case.do("first").do("attempted.attempted_work")
    case.services.is_down = True
    case.do("attempted.undo_attempt")
    case.services.is_down = False
    case.carry_out(c.Perform(case.item("entered").id, "li"))
    case.do("measured").do("weighed")
    case.wait(hours=1)
    case.do("asked")
    case.carry_out(c.Correct("wang", "amount", "6", "mistyped"))
    case.do("measured").do("weighed")
    case.carry_out(c.Correct("wang", "good", "false", "it is not"))
    case.send_back("last", "measured")
    case.carry_out(c.Correct("wang", "good", "true", "it is"))
    for step in ("measured", "weighed", "asked", "last", "undo_first"):
        case.do(step)
    return case


def _sealed(name: str) -> c.Sealed:
    """What stands for a file, or for words, of this name."""
    return c.Sealed(name, name * 8)
