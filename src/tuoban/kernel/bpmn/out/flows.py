"""From what follows one another in a pack to a flow of shapes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.extension import written
from tuoban.kernel.bpmn.namespaces import OWN
from tuoban.kernel.bpmn.out.constructs import (
    ROWS,
    SUB_PROCESS,
    Names,
    awaited,
    text_at,
)
from tuoban.kernel.bpmn.out.drawing import Flow, Note, Shape, element, expression
from tuoban.kernel.bpmn.out.notes import note_of
from tuoban.kernel.bpmn.xml import Element
from tuoban.kernel.language.constructs.table import KINDS, TRIGGERS
from tuoban.kernel.language.tree import START, Mapping, Node, Scalar, Sequence

PLAIN_END = "plain-end"
"""What is written into the end of a flow that ends by itself."""
BRANCHED = ("choose", "parallel")
_SAYS = ("for", "until", "that", "message")
"""What may stand beside `wait`, whose value is its name then."""
_PLAIN = frozenset((*BRANCHED, "join", "zh", "en", "rests-on"))
"""What may stand beside the word of a choice that is drawn as gateways alone."""


def items_of(node: Node | None) -> list[Mapping]:
    """The constructs of a list."""
    items = node.items if isinstance(node, Sequence) else ()
    return [each for each in items if isinstance(each, Mapping)]


def word_of(construct: Mapping) -> str:
    """By which word a construct, or a reaction, is known."""
    return next(
        pair.key.text
        for table in (KINDS, TRIGGERS)
        for pair in construct.pairs
        if pair.key.text in table
    )


def value_at(mapping: Mapping, key: str) -> Node | None:
    pair = mapping.pair(key)
    return pair.value if pair is not None else None


@dataclass(slots=True)
class _Branches:
    """How the branches of a choice are drawn: its two gateways, and the ways into the second.

    Attributes:
        has_default: whether one of the branches is taken where no other is; else the default leads
            straight on.
    """

    kind: str
    join: str
    after: list[Element]
    exits: list[str]
    has_default: bool = True


@dataclass(slots=True)
class Drawer:
    """Draws the flows of one process.

    Attributes:
        language: the pack's, in which names are written.
        prefix: what stands before the ids of a called process.
    """

    language: str
    names: Names
    counted: Counter[str]
    prefix: str = ""
    _unnamed: Counter[str] = field(default_factory=Counter)

    def flow(self, items: list[Mapping], *, ordered: bool = True) -> Flow:
        """A flow from its start to its end; without an order, what stands in it alone."""
        flow = Flow(self.counted)
        if not ordered:
            for each in items:
                self._construct(each, flow)
            return flow
        start = flow.add(Shape(flow.number("start"), "startEvent"))
        exits = self.run(items, [start], flow)
        self._end(exits, flow)
        return flow

    def _end(self, exits: list[str], flow: Flow) -> None:
        if exits:
            end = flow.add(Shape(flow.number("done"), "endEvent", own=Element(PLAIN_END, OWN)))
            for each in flow.merged(exits):
                flow.link(each, end)

    def run(self, items: list[Mapping], exits: list[str], flow: Flow) -> list[str]:
        """Draw what follows one another behind these; and say where it goes on."""
        for each in items:
            entry, left = self._construct(each, flow)
            for one in flow.merged(exits):
                flow.link(one, entry)
            exits = left
        return exits

    def label(self, construct: Mapping) -> str:
        """How it is called, in the language of the pack where there is one."""
        other = "en" if self.language == "zh" else "zh"
        return text_at(construct, self.language) or text_at(construct, other)

    def label_of(self, mapping: Mapping, key: str) -> str:
        """The text at a key, which may be given in both languages."""
        node = value_at(mapping, key)
        return self.label(node) if isinstance(node, Mapping) else text_at(mapping, key)

    def _key(self, construct: Mapping, word: str) -> str:
        kind = (KINDS if word in KINDS else TRIGGERS)[word]
        named = text_at(construct, "as")
        name = "" if kind.naming == "named beside" else text_at(construct, word)
        if word == "wait" and not any(construct.pair(each) for each in _SAYS):
            name = ""
        if word in ("end", "tell", "send", "set", "decide", "call") or word in BRANCHED:
            name = ""
        if named or name:
            return f"{self.prefix}{named or name}"
        self._unnamed[word] += 1
        return f"{self.prefix}{word}.{self._unnamed[word]}"

    def _construct(self, construct: Mapping, flow: Flow) -> tuple[str, list[str]]:
        """Draw one; its entry, and where it goes on."""
        word = word_of(construct)
        if word in BRANCHED:
            if all(pair.key.text in _PLAIN for pair in construct.pairs):
                return self._branched(construct, word, self._key(construct, word), flow)
            return self._around(construct, word, flow)
        row, key = ROWS[word], self._key(construct, word)
        drawn = [row.body] if row.body else []
        drawn += ["during"] if construct.pair("during") else []
        drawn += ["undo"] if word == "step" and construct.pair("undo") else []
        shape = Shape(
            key,
            row.kind(construct),
            self.label(construct) or _fallback(construct, word),
            written("construct", construct, drawn),
            row.attributes(construct, self.names),
            row.before(construct),
            row.after(construct),
            key=key,
        )
        flow.add(shape)
        if row.body:
            body = items_of(value_at(construct, row.body))
            shape.inside = self.flow(body, ordered=word != "plan")
        exits = [] if word == "end" else [key]
        exits += self._reactions(construct, shape, flow)
        if "undo" in drawn:
            self._undo(construct, key, flow)
        _note(construct, key, flow)
        return key, exits

    def _around(self, construct: Mapping, word: str, flow: Flow) -> tuple[str, list[str]]:
        """A choice that carries more than gateways can show: a sub-process around it."""
        key = self._key(construct, word)
        drawn = [word, *(["during"] if construct.pair("during") else [])]
        shape = Shape(
            key,
            SUB_PROCESS,
            self.label(construct),
            written("construct", construct, drawn),
            key=key,
        )
        flow.add(shape)
        inner = tuple(pair for pair in construct.pairs if pair.key.text in (word, "join"))
        inside = Flow(self.counted)
        start = inside.add(Shape(inside.number("start"), "startEvent"))
        alone = Mapping(START, inner)
        entry, exits = self._branched(alone, word, f"{key}.split", inside)
        inside.link(start, entry)
        self._end(exits, inside)
        shape.inside = inside
        self._reactions(construct, shape, flow)
        _note(construct, key, flow)
        return key, [key]

    # Branches

    def _branched(
        self, construct: Mapping, word: str, key: str, flow: Flow
    ) -> tuple[str, list[str]]:
        branches = items_of(value_at(construct, word))
        shape = Shape(key, "", self.label(construct), key=key)
        shape.own = written("construct", construct, [word])
        flow.add(shape)
        draw = self._choice if word == "choose" else self._together
        drawn = draw(construct, branches, shape, flow)
        shape.kind = drawn.kind
        join = f"{key}.join" if drawn.exits or not drawn.has_default else ""
        if not join:
            return key, []
        shape.own.attributes["join"] = join
        flow.add(Shape(join, drawn.join, after=drawn.after))
        for each in drawn.exits:
            flow.link(each, join)
        if not drawn.has_default:
            shape.attributes["default"] = flow.link(key, join)
        if construct.pair("join"):
            flow.notes.append(Note(f"{join}.note", join, f"join: {text_at(construct, 'join')}"))
        return key, [join]

    def _choice(
        self, construct: Mapping, branches: list[Mapping], shape: Shape, flow: Flow
    ) -> _Branches:
        drawn = _Branches("exclusiveGateway", "exclusiveGateway", [], [], has_default=False)
        for branch in branches:
            word = "otherwise" if branch.pair("otherwise") else "then"
            entry, left = self._body(items_of(value_at(branch, word)), flow)
            own = written("branch", branch, [word])
            arrow = flow.link(shape.id, entry, self.label(branch), text_at(branch, "when"), own)
            if word == "otherwise":
                shape.attributes["default"] = arrow
                drawn.has_default = True
            drawn.exits += flow.merged(left)
        return drawn

    def _together(
        self, construct: Mapping, branches: list[Mapping], shape: Shape, flow: Flow
    ) -> _Branches:
        guarded = any(each.pair("when") for each in branches)
        kind = "inclusiveGateway" if guarded else "parallelGateway"
        drawn = _Branches(kind, kind, [], [])
        for branch in branches:
            entry, left = self._body([branch], flow)
            flow.link(shape.id, entry, condition=text_at(branch, "when"))
            drawn.exits += flow.merged(left)
        join = text_at(construct, "join")
        if join not in ("", "all"):
            count = "1" if join == "any" else join
            drawn.join = "complexGateway"
            drawn.after = [expression("activationCondition", f"activationCount >= {count}")]
        return drawn

    def _body(self, items: list[Mapping], flow: Flow) -> tuple[str, list[str]]:
        """What follows one another in a branch: its entry, and where it goes on."""
        entry, exits = self._construct(items[0], flow)
        return entry, self.run(items[1:], exits, flow)

    # Reactions

    def _reactions(self, construct: Mapping, host: Shape, flow: Flow) -> list[str]:
        """What may happen meanwhile; where those go on that interrupt a piece of work."""
        exits: list[str] = []
        for reaction in items_of(value_at(construct, "during")):
            word = word_of(reaction)
            interrupts = text_at(reaction, "interrupting") == "true"
            drawn = ["then"] if reaction.pair("then") else []
            key = self._key(reaction, word)
            own = written("reaction", reaction, drawn)
            name = self.label(reaction) or text_at(reaction, word)
            body = items_of(value_at(reaction, "then"))
            shape = Shape(key, "", name, own, after=awaited(reaction), key=key)
            if host.inside is not None:
                self._beside(shape, body, host.inside, interrupts=interrupts)
                _note(reaction, key, host.inside)
                continue
            shape.kind, shape.host = "boundaryEvent", host.id
            shape.attributes = {"attachedToRef": host.id}
            if not interrupts:
                shape.attributes["cancelActivity"] = "false"
            flow.add(shape)
            left = self.run(body, [key], flow)
            _note(reaction, key, flow)
            if interrupts:
                exits += left
            else:
                self._end(left, flow)
        return exits

    def _beside(self, shape: Shape, body: list[Mapping], flow: Flow, *, interrupts: bool) -> None:
        """An event sub-process inside its host."""
        inside = Flow(self.counted)
        start = inside.add(Shape(f"{shape.id}.start", "startEvent", after=shape.after))
        if not interrupts:
            inside.shapes[start].attributes["isInterrupting"] = "false"
        self._end(self.run(body, [start], inside), inside)
        shape.kind, shape.after, shape.inside = SUB_PROCESS, [], inside
        shape.attributes = {"triggeredByEvent": "true"}
        flow.add(shape)

    def _undo(self, construct: Mapping, key: str, flow: Flow) -> None:
        """Compensation: what undoes it stands beside the flow."""
        event = Shape(f"{key}.undo", "boundaryEvent", after=[element("compensateEventDefinition")])
        event.attributes, event.host = {"attachedToRef": key}, key
        flow.add(event)
        handler = Shape(f"{key}.undoing", SUB_PROCESS, attributes={"isForCompensation": "true"})
        handler.inside = self.flow(items_of(value_at(construct, "undo")))
        flow.add(handler)
        flow.handlers.append((event.id, handler.id))


def _fallback(construct: Mapping, word: str) -> str:
    """The name of a construct that has no label."""
    node = value_at(construct, word)
    return node.text if isinstance(node, Scalar) and not node.is_empty else ""


def _note(construct: Mapping, key: str, flow: Flow) -> None:
    said = note_of(construct)
    if said:
        flow.notes.append(Note(f"{key}.note", key, said))
