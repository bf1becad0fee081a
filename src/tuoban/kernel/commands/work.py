"""Work is done: by people, by the system, and what is added to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tuoban.kernel.commands.sealed import Sealed


@dataclass(frozen=True, slots=True)
class Complete:
    """Finish a work item.

    Attributes:
        checked: the keys of ticked lines.
        signatures: by signing role, the sealed signature.
        stamped: the roles whose stamp is on the paper.
        named: by step, who is to do it.
        papers: by paper, or paper and row (`birth.3`), the originals and copies handed in with it.
        evidence: of an outside party who does it themselves, by role: what they were shown, and how
            they came to it.
    """

    by: str
    item: int
    outcome: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    checked: frozenset[str] = frozenset()
    signatures: Mapping[str, Sealed] = field(default_factory=dict)
    stamped: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    evidence: Mapping[str, Sealed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Perform:
    """Let the system do a step that is nobody's work. Who may wish that it tries again, the shell
    decides."""

    item: int
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Ask for a node of a plan that is optional, or for a repeatable one again; `activation` is
    the plan's, None: there is but one."""

    by: str
    node: str
    activation: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class React:
    """Press the button of a reaction `node`, in the place `activation` where its host is active;
    None: there is but one."""

    by: str
    node: str
    activation: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
