"""What the readers of one pack share: its findings, its labels, and what is known of it so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from types import MappingProxyType

from tuoban.kernel.activities import NOTHING, Catalogue
from tuoban.kernel.definition import Definition, Role, Setting
from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.declared import (
    Block,
    Condition,
    Declaration,
    EndName,
    Gate,
    KindDraft,
    MessageDraft,
    RecordDraft,
)
from tuoban.kernel.language.labels import Labels
from tuoban.kernel.language.names import Names, unknown
from tuoban.kernel.language.paper_draft import PaperDraft
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tables.draft import Draft
from tuoban.kernel.language.tree import Mapping, Place, Scalar

Packs = Lookup[str, Definition]
"""By slug, what is known of packs that may be called."""
NO_PACKS: Packs = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Terms:
    """In which unit a role counts, and what whoever holds it must be able to do, unless a step says
    otherwise. `where` is read once names are known."""

    in_unit: bool
    where: Expression | None
    skills: tuple[str, ...]


NO_TERMS = Terms(in_unit=False, where=None, skills=())


def _as_written(step: Mapping) -> Mapping:
    return step


@dataclass(slots=True)
class Workspace:
    """Filled section by section; a name that was declared badly is known all the same, so that one
    mistake is reported once."""

    findings: Findings
    labels: Labels
    names: Names
    catalogue: Catalogue = NOTHING
    """The activities that steps may do, and what is known of a case."""
    decimals: int = 2
    """Those of the currency's minor unit."""
    roles: dict[str, Role | None] = field(default_factory=dict)
    implied: dict[str, Role | None] = field(default_factory=dict)
    """Roles that are known without being declared, once something names them; None: nobody would
    record what such a party does."""
    persons: dict[str, Expression | None] = field(default_factory=dict)
    """The roles that are filled per case, with what names the person once it has been read."""
    terms: dict[str, Terms] = field(default_factory=dict)
    """By role, what is said of it for every step that it does."""
    settings: dict[str, Setting | None] = field(default_factory=dict)
    records: dict[str, RecordDraft] = field(default_factory=dict)
    kinds: dict[str, KindDraft] = field(default_factory=dict)
    messages: dict[str, MessageDraft | None] = field(default_factory=dict)
    """What cases and systems tell one another; None: it was reported."""
    used_messages: set[str] = field(default_factory=set)
    fields: dict[str, Declaration] = field(default_factory=dict)
    tables: dict[str, Draft] = field(default_factory=dict)
    papers: dict[str, PaperDraft] = field(default_factory=dict)
    knows_papers: bool = False
    """Whether expressions may read papers by now."""
    documents: dict[str, tuple[Scalar, Properties]] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    """The documents that some step prints."""
    blocks: dict[str, Block] = field(default_factory=dict)
    """The named steps and blocks."""
    scope: Scope = field(default_factory=Scope)
    """What is known everywhere in the pack."""
    scopes: dict[str, Scope] = field(default_factory=dict)
    """What is known inside each body, as far as it has been asked for."""
    place_fills: dict[tuple[str, str], list[Block | None]] = field(default_factory=dict)
    """What may give a field that a construct declares its value, by the construct's key and the
    field's name; None: it comes with the construct itself."""
    ends: dict[str, EndName] = field(default_factory=dict)
    gates: list[Gate] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    """What steps always wait for, beside other steps."""
    late_steps: dict[tuple[str, Place], str] = field(default_factory=dict)
    """What is done when a limit passes, as the key of a reaction: by the construct's key and the
    place of the moment around the limit."""
    undoes: dict[str, str] = field(default_factory=dict)
    """By step, the key of the reaction that undoes it."""
    on_cancel: str = ""
    """The key of what is done when the case is cancelled."""
    plan_returns: list[Gate] = field(default_factory=list)
    """Returns inside a plan, which must lead to something that the step needs."""
    named: dict[str, Place] = field(default_factory=dict)
    """The steps whose performers are named by others, with where that is written."""
    barred: list[Gate] = field(default_factory=list)
    """Steps with what `not` names at them: whoever did that may not do them."""
    processes: dict[str, Properties | None] = field(default_factory=dict)
    """The processes that may be called, by name; None: it was reported."""
    called: set[str] = field(default_factory=set)
    packs: Packs | None = field(default_factory=dict)
    """The other packs that may be called; None: they are not known, and anything may be."""
    defaults: Callable[[Mapping], Mapping] = _as_written
    """Gives a step as written what holds for every step."""
    has_gaps: bool = False
    """Whether some construct of the process could not be read."""
    has_gaps_in_forms: bool = False
    """Whether some form could not be read in full."""
    fillers: dict[str, list[Block | None]] = field(default_factory=dict)
    """The steps that may give a field of the case its value; None is the start of a case."""
    writes: dict[str, dict[str, Place]] = field(default_factory=dict)
    """The fields of the case that each step's form asks for, with the place where it does."""
    used_roles: set[str] = field(default_factory=set)

    def fill(self, names: Iterable[str], step: Block | None) -> None:
        """Take up the fields of the case that the form of a step or a start gives their values."""
        for name in names:
            self.fillers.setdefault(name, []).append(step)

    def fill_of(self, home: Block, names: Iterable[str], step: Block | None) -> None:
        """The same of fields that a construct declares."""
        for name in names:
            self.place_fills.setdefault((home.key, name), []).append(step)

    def held_role(self, name: Scalar | None) -> str | None:
        """The role called so, which people hold; reported if there is none or a case fills it."""
        role = self.role(name)
        if name is not None and role in self.persons:
            self.findings.add(name, "role-of-a-case", name=name.text)
            return None
        return role

    def role(self, name: Scalar | None) -> str | None:
        """The role called so; reported if there is none."""
        if name is None:
            return None
        implied = self.implied.get(name.text)
        if implied is not None:
            self.roles.setdefault(name.text, implied)
        elif name.text in self.implied:
            self.findings.add(name, "nobody-records", name=name.text)
            return None
        if name.text not in self.roles:
            labelled = {each.label.zh: key for key, each in self.roles.items() if each}
            near = labelled.get(name.text)
            if near is not None:
                self.findings.add(name, "unknown-role", name=name.text, nearest=near)
            else:
                known = (*self.roles, *(each for each, role in self.implied.items() if role))
                unknown(name, self.findings, "unknown-role", name.text, known)
            return None
        self.used_roles.add(name.text)
        return name.text

    def block(self, name: Scalar | None, near: Block) -> Block | None:
        """The step or named block called so in the process that `near` stands in; reported if
        there is none."""
        if name is None:
            return None
        call = near.call
        known = call.local if call is not None else self.blocks
        block = known.get(name.text)
        if block is None:
            unknown(name, self.findings, "unknown-step", name.text, known)
        return block

    def inside(self, name: str, known: Lookup[str, Block]) -> Block | None:
        """What is called so among these; what stands in a called process by the name of the call
        and its own (`boat.enrol`)."""
        block: Block | None = None
        for part in name.split("."):
            block = known.get(part)
            known = block.local if block is not None else {}
        return block

    def step(self, name: Scalar | None, near: Block) -> Block | None:
        """The step called so there; reported if there is none."""
        block = self.block(name, near)
        if name is not None and block is not None and not block.is_step:
            self.findings.add(name, "not-a-step", name=name.text)
            return None
        return block
