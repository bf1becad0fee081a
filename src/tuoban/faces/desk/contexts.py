"""What each page is filled with. A test compares these with the names its templates use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString

from tuoban.faces.desk.standings import StripStep
from tuoban.kernel.definition import Text
from tuoban.runtime.cases.queries import (
    CaseClocks,
    CaseListPage,
    CasePage,
    CorrectionForm,
    DocumentSheet,
    ItemPanel,
    NoticeRow,
    PaperSheet,
    PersonRow,
    ReactionPanel,
    StartForm,
    WorkRow,
)
from tuoban.runtime.cases.queries.nobody import Stranded
from tuoban.services.portal.links import LinkRow

Verb = Literal[
    "",
    "claim",
    "release",
    "complete",
    "sign",
    "refuse",
    "return",
    "withdraw",
    "urge",
    "delegate",
    "add-signer",
    "opinion",
    "drop-signer",
    "get-back",
    "try-again",
    "jump",
    "cancel",
    "give-up",
    "retry",
    "add",
    "message",
    "copy",
    "correct",
    "transfer",
    "start",
    "suspend",
    "resume",
    "extend",
    "react",
    "file",
    "erase",
    "take-in",
    "hand-on",
    "strike",
    "attach",
    "withdraw-file",
    "erase-file",
    "comment",
    "link",
    "edit-comment",
    "erase-comment",
]


@dataclass(frozen=True, slots=True)
class Door:
    """A main place of the desk: its URL name, label, icon and count.

    The foot of a phone has room for five and a menu: one that `is_in_menu` stands in that there.
    """

    name: str
    label: str
    icon: str
    count: int = 0
    is_late: bool = False
    is_phone_only: bool = False
    is_in_menu: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame around every page of somebody who is logged in."""

    here: str
    user_id: int
    name: str
    unit: Text | None
    doors: tuple[Door, ...]
    can_start: bool
    sees_files: bool
    sees_people: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    href: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class PoolDoor:
    """A pool of unclaimed work in the side list."""

    href: str
    is_current: bool
    role: Text
    unit: Text
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of work under one heading."""

    key: str
    label: str
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one form that was refused: `values` by input name, `problems` by place.

    Every other form of the page shows what it had. `edited`: not refused, but a list was given
    another row (`lines`) or lost one (`lines.<key>`); the keyboard goes on there.
    """

    item_id: int | None = None
    verb: Verb = ""
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    edited: str = ""
    node: str = ""
    """Which reaction, where several have their forms in one place."""

    def at(self, item_id: int, verb: Verb, node: str = "") -> "Typed":
        """This, if it was typed into that form; else nothing typed."""
        is_here = (self.item_id, self.verb, self.node) == (item_id, verb, node)
        return self if is_here else BLANK

    @property
    def is_posted(self) -> bool:
        return bool(self.verb)

    def value(self, name: str, before: str) -> str:
        return self.values.get(name, before)

    def is_ticked(self, name: str, before: bool) -> bool:
        return name in self.values if self.verb else before

    def problem(self, place: str) -> str:
        return self.problems.get(place, "")


BLANK = Typed()


@dataclass(frozen=True, slots=True)
class PortalPanel:
    """The links by which outside parties follow a case; `made` is the address of one that was made
    just now."""

    parties: Mapping[str, Text]
    links: tuple[LinkRow, ...]
    days: int
    made: str = ""


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """Why something was not done; `kept` is what was typed, if its form is gone."""

    text: str
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BusyContext:
    """A request that the database could not serve; `kept` is the form to send again, if any."""

    address: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LoginContext:
    """`kept` is a request that met the end of its session; it is sent to `resume` afterwards."""

    name: str
    next: str
    problem: str
    resume: str = ""
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ResumeContext:
    resume: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerContext:
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkContext:
    shell: Shell
    now: datetime
    here: str
    summary: str
    tabs: tuple[Tab, ...]
    tab: str
    pools: tuple[PoolDoor, ...]
    pool: str
    q: str
    groups: tuple[Group, ...]
    pooled: int
    pool_late: int
    next: str
    stranded: tuple[Stranded, ...] = ()
    administrators: tuple[str, ...] = ()
    """Whom to ask for what only they may do; none, where the reader may do it."""


@dataclass(frozen=True, slots=True)
class CasesContext:
    shell: Shell
    now: datetime
    page: CaseListPage
    tabs: tuple[Tab, ...]
    state: str
    q: str
    next: str
    shelf: str
    shelves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseContext:
    shell: Shell
    now: datetime
    page: CasePage
    typed: Typed
    refusal: RefusalShown | None
    transfer_to: Mapping[int, tuple[PersonRow, ...]]
    notices: tuple[NoticeRow, ...]
    diagram: SafeString
    strip: tuple[StripStep, ...]
    portal: PortalPanel


@dataclass(frozen=True, slots=True)
class ClocksContext:
    """`as_of`: the moment with its date, for a sheet that is read later."""

    shell: Shell
    now: datetime
    as_of: str
    sheet: CaseClocks


@dataclass(frozen=True, slots=True)
class DraftContext:
    item: ItemPanel
    saved: str
    typed: Typed = BLANK


@dataclass(frozen=True, slots=True)
class ReactionContext:
    number: str
    reaction: ReactionPanel
    typed: Typed = BLANK


@dataclass(frozen=True, slots=True)
class NewContext:
    shell: Shell
    forms: tuple[StartForm, ...]
    chosen: StartForm | None
    typed: Typed
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class EntriesContext:
    chosen: StartForm
    typed: Typed = BLANK


@dataclass(frozen=True, slots=True)
class CorrectContext:
    shell: Shell
    correction: CorrectionForm
    typed: Typed
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class CorrectEntriesContext:
    correction: CorrectionForm
    typed: Typed


@dataclass(frozen=True, slots=True)
class DocumentContext:
    shell: Shell
    now: datetime
    sheet: DocumentSheet
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class PaperContext:
    shell: Shell
    now: datetime
    sheet: PaperSheet
    typed: Typed
    refusal: RefusalShown | None


@dataclass(frozen=True, slots=True)
class NoticesContext:
    shell: Shell
    now: datetime
    notices: tuple[NoticeRow, ...]
    unread: int


@dataclass(frozen=True, slots=True)
class RefusalContext:
    refusal: RefusalShown
