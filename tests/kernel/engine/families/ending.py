"""How a case of every family is brought to its end."""

from __future__ import annotations

from contextlib import suppress

from tests.kernel.engine.ending import from_there_it_can_still_end, stop_forbidding
from tests.kernel.engine.families import messages, papers
from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.families.writing import well_done
from tuoban.kernel import commands as c
from tuoban.kernel.refusals import Refused


def finish_full(case: FullCase) -> None:
    """Everything works again, everybody may do what they can, and so the case ends."""
    case.services.is_down = False
    stop_forbidding(case)
    from_there_it_can_still_end(case, well_done, _help)


def _help(case: FullCase) -> bool:
    """What no work in hand asks for."""
    if case.state.values.get("good") is False:  # what every step needs
        case.carry_out(c.Correct("wang", "good", "true", "so be it"))
        return True
    for item in case.state.items.values():
        with suppress(Refused):
            papers.give_back(case, item)
    return messages.let_one_come(case)
