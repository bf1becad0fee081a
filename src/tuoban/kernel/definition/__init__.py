"""A definition: what a pack means, compiled once and never changed.

A definition is a graph of *nodes* joined by flows (`Node.next`), cut into a tree of *regions*.
A block such as a stage, a choice or a loop is one node of the region it stands in, and owns the
regions inside it. A definition is written by an author; a *case* is a running instance of it.
Keys are the author's names; a construct without a name gets `<kind>.<n>`, numbered down the page,
so that journals read well and the same text always compiles to the same keys.
"""

from tuoban.kernel.definition.acts import Assign, Decide, End, FactSet, Wait
from tuoban.kernel.definition.blocks import (
    Aside,
    Call,
    Choose,
    Each,
    Link,
    Parallel,
    Plan,
    Reaction,
    Repeat,
    Stage,
)
from tuoban.kernel.definition.correspondence import Arrival, Awaited, MessageKind, Send
from tuoban.kernel.definition.fields import Field, FieldType, Kind, Rule, Setting
from tuoban.kernel.definition.forms import CheckItem, FormEntry, FormSection
from tuoban.kernel.definition.graph import ROOT_REGION, Construct, Node, Region
from tuoban.kernel.definition.indicators import (
    Booked,
    Derived,
    Grouping,
    Indicator,
    Over,
    Sampled,
    Target,
)
from tuoban.kernel.definition.messages import (
    BEYOND,
    INBOX,
    MAIL,
    SMS,
    Message,
    MessagePart,
    Tell,
)
from tuoban.kernel.definition.pack import (
    CANCELLED,
    DATES_OF_NUMBERS,
    SERIAL,
    UNIT_OF_NUMBERS,
    Archive,
    CaseSpec,
    Definition,
    Language,
    Owner,
)
from tuoban.kernel.definition.people import (
    Agreement,
    Mark,
    Performer,
    Pick,
    Receivers,
    Role,
    Signer,
)
from tuoban.kernel.definition.starts import Recurrence, Start
from tuoban.kernel.definition.steps import Need, Outcome, Step
from tuoban.kernel.definition.tables import Table, TableInput
from tuoban.kernel.limits import LateAction, LateTier, Limit, Moment
from tuoban.kernel.text import Text

__all__ = [
    "BEYOND",
    "CANCELLED",
    "DATES_OF_NUMBERS",
    "INBOX",
    "MAIL",
    "ROOT_REGION",
    "SERIAL",
    "SMS",
    "UNIT_OF_NUMBERS",
    "Agreement",
    "Archive",
    "Arrival",
    "Aside",
    "Assign",
    "Awaited",
    "Booked",
    "Call",
    "CaseSpec",
    "CheckItem",
    "Choose",
    "Construct",
    "Decide",
    "Definition",
    "Derived",
    "Each",
    "End",
    "FactSet",
    "Field",
    "FieldType",
    "FormEntry",
    "FormSection",
    "Grouping",
    "Indicator",
    "Kind",
    "Language",
    "LateAction",
    "LateTier",
    "Limit",
    "Link",
    "Mark",
    "Message",
    "MessageKind",
    "MessagePart",
    "Moment",
    "Need",
    "Node",
    "Outcome",
    "Over",
    "Owner",
    "Parallel",
    "Performer",
    "Pick",
    "Plan",
    "Reaction",
    "Receivers",
    "Recurrence",
    "Region",
    "Repeat",
    "Role",
    "Rule",
    "Sampled",
    "Send",
    "Setting",
    "Signer",
    "Stage",
    "Start",
    "Step",
    "Table",
    "TableInput",
    "Target",
    "Tell",
    "Text",
    "Wait",
]
