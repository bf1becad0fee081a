"""The state of a case: the fold of its events, and nothing else.

A state is a value. `evolve` makes the next one by copying the slots and replacing the mappings
that an event touches, so states share what did not change. Mappings in it are never mutated.
"""

from tuoban.kernel.definition import ROOT_REGION
from tuoban.kernel.documents import Printed
from tuoban.kernel.papers import PaperMove
from tuoban.kernel.state.case import NEW, Entry, State, Status, Suspension
from tuoban.kernel.state.clocks import Clock, Fired, Timer
from tuoban.kernel.state.files import EDITABLE, Attachment, Remark
from tuoban.kernel.state.messages import Received, Taker
from tuoban.kernel.state.places import (
    ROOT,
    Activation,
    At,
    Done,
    Instance,
    Listed,
    Loop,
    Reentry,
    Turn,
    Winding,
)
from tuoban.kernel.state.work import (
    Completion,
    Finished,
    Item,
    Opinion,
    Outside,
    Part,
    Performed,
    Prepared,
    Signed,
    Signing,
    Waiting,
)

__all__ = [
    "EDITABLE",
    "NEW",
    "ROOT",
    "ROOT_REGION",
    "Activation",
    "At",
    "Attachment",
    "Clock",
    "Completion",
    "Done",
    "Entry",
    "Finished",
    "Fired",
    "Instance",
    "Item",
    "Listed",
    "Loop",
    "Opinion",
    "Outside",
    "PaperMove",
    "Part",
    "Performed",
    "Prepared",
    "Printed",
    "Received",
    "Reentry",
    "Remark",
    "Signed",
    "Signing",
    "State",
    "Status",
    "Suspension",
    "Taker",
    "Timer",
    "Turn",
    "Waiting",
    "Winding",
]
