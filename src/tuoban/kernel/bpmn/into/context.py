"""What is known of the pack that is being made."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuoban.kernel.bpmn.into.making import Maker, Plain
from tuoban.kernel.bpmn.into.model import FlowNode, Model, Scope, SequenceFlow, told
from tuoban.kernel.bpmn.into.naming import Namer
from tuoban.kernel.bpmn.into.words import MESSAGE as MESSAGE_WORDS
from tuoban.kernel.bpmn.into.words import said, worded
from tuoban.kernel.bpmn.namespaces import MESSAGE
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.tree import Mapping

WORKER = "worker"


@dataclass(slots=True)
class Context:
    """What the constructs of a pack share while they are made.

    Attributes:
        declared: the pack's own sections where this program has written the file.
        roles, messages, fields: what has to be declared beside that.
        steps: by the id of an element, the step that was made of it, which a choice behind it may
            ask for its outcome.
    """

    model: Model
    language: str
    names: Namer
    maker: Maker
    declared: Mapping | None = None
    roles: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Plain] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The fields that conditions name and nothing declares, which people have to be asked for."""
    at_start: set[str] = field(default_factory=set)
    """Those that a condition may name before any step has asked them: the start asks them."""
    called: dict[str, str] = field(default_factory=dict)
    """By the id of a process, its name in the pack."""
    steps: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    """By what conditions name and no pack may call so, how it is called."""
    flags: list[str] = field(default_factory=list)
    main: Scope | None = None
    """The process that a case goes through."""
    _named: dict[str, str] = field(default_factory=dict)
    """The messages of the file, by what they are called."""

    def refuse(self, at: FlowNode | SequenceFlow | Element, code: str, **facts: str) -> None:
        element = at if isinstance(at, Element) else at.element
        self.model.findings.add(told(element, code, **facts))

    def warn(self, at: FlowNode | SequenceFlow | Element, code: str, **facts: str) -> None:
        element = at if isinstance(at, Element) else at.element
        self.model.findings.warn(told(element, code, **facts))

    def label(self, name: str) -> dict[str, Plain]:
        return {self.language: name} if name else {}

    def role(self, node: FlowNode) -> Plain:
        """Who does it, as `by` says it."""
        keys = [each for each in node.role.split(",") if each]
        if not keys:
            known = {"zh": "办理人", "en": "Worker"}[self.language]
            self.warn(node, "role-made", name=known)
            self.roles.setdefault(WORKER, known)
            return WORKER
        for key in keys:
            self.roles.setdefault(key, self.model.roles.get(key, key))
        return keys[0] if len(keys) == 1 else keys

    def said(self, node: FlowNode) -> str:
        """How a node is called, for people."""
        return said(node, self.language)

    def message(self, reference: str, at: FlowNode) -> str:
        """The name of a message, by what it is called in the file, or what sends or awaits it is;
        those that nobody has named are one each."""
        id_ = reference.rpartition(":")[2]
        told, _, key = id_.partition(MESSAGE)
        if not told and key in self._declared_messages():
            return key
        label = self.model.names.get(id_) or at.name
        if label in self._named:
            return self._named[label]
        name = self.names.name(label or at.id, "message")
        if label:
            self._named[label] = name
        self.messages[name] = label or self._numbered(worded(MESSAGE_WORDS, self.language))
        if reference and id_ not in self.model.names:
            self.warn(at, "message-unknown", reference=reference, name=self.messages[name])
        return name

    def _numbered(self, label: str) -> str:
        """A label that no message has yet."""
        found, number, taken = label, 2, set(self.messages.values())
        while found in taken:
            found, number = f"{label} {number}", number + 1
        return found

    def _declared_messages(self) -> frozenset[str]:
        """The messages that this program has written of."""
        pair = self.declared.pair("messages") if self.declared is not None else None
        known = pair.value.pairs if pair is not None and isinstance(pair.value, Mapping) else ()
        return frozenset(each.key.text for each in known)
