"""The outline of the process: its blocks with their names, before anything in them is read."""

from __future__ import annotations

from collections import Counter

from tuoban.kernel.definition import ROOT_REGION
from tuoban.kernel.language import ways
from tuoban.kernel.language.constructs.kind import (
    COMMON_KEYS,
    CONTACT,
    DURING,
    PLAN_KEYS,
    TIME_KEYS,
    Kind,
)
from tuoban.kernel.language.constructs.reaction import LATE, ON_CANCEL, UNDO
from tuoban.kernel.language.constructs.table import KINDS, TRIGGERS
from tuoban.kernel.language.declared import Block, Body
from tuoban.kernel.language.doing import keys_beside
from tuoban.kernel.language.limits import late_pairs, steps_of
from tuoban.kernel.language.meant import meant
from tuoban.kernel.language.reading import Properties, as_items, as_mapping, as_text
from tuoban.kernel.language.tree import START, Mapping, Node, Pair, Scalar, Sequence
from tuoban.kernel.language.workspace import Workspace

MOST_CALLED = 2_000
"""So many constructs may stand in called processes, each counted once for each call: they are read
again for each, and a few processes that call one another could make millions."""
MOST_AROUND_CALL = 60
"""So many constructs may stand around a call, each process counted with what it stands in: whatever
walks the blocks stays within the interpreter's stack."""


def read_outline(node: Node | None, cancel: Node | None, ws: Workspace) -> Body:
    """The process as a tree of blocks. Fills `ws.blocks`; the fields that steps declare for
    themselves are taken up when every name of the pack is known.

    Args:
        cancel: what is to be done when a case is cancelled.
    """
    root = Body(ROOT_REGION, None, node.place if node else START)
    outline = _Outline(ws)
    outline.fill(root, as_items(node, ws.findings))
    outline.on_cancel(root, cancel)
    for block in root.walk():
        block.kind.declare(block, ws)
    return root


class _Outline:
    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._unnamed: Counter[str] = Counter()
        self._claimed: dict[str, Scalar] = {}
        self._called = 0
        self._is_full = False

    def fill(self, body: Body, items: tuple[Node, ...]) -> None:
        for item in items:
            mapping = as_mapping(item, self._ws.findings, "@construct")
            kind = self._kind(mapping) if mapping else None
            if mapping is None or kind is None:
                self._ws.has_gaps = True
            else:
                body.blocks.append(self._block(kind, mapping, body))

    def _kind(self, mapping: Mapping) -> Kind | None:
        keys = [pair.key for pair in mapping.pairs]
        for key in keys:
            if key.text in KINDS:
                kind = KINDS[key.text]
                return kind.which(mapping, self._ws) if kind.which is not None else kind
        word = keys[0].text if keys else ""
        near = meant(word, KINDS) or self._ws.findings.nearest(word, KINDS)
        known = ", ".join(KINDS)
        self._ws.findings.add(mapping, "no-construct", known=known, nearest=near)
        return None

    def _block(self, kind: Kind, mapping: Mapping, body: Body) -> Block:
        ws, is_step = self._ws, kind.word == "step"
        whole = ws.defaults(mapping) if is_step else mapping
        properties = Properties(
            whole,
            ws.findings,
            (*_keys(kind, body), *(keys_beside(whole, ws) if is_step else ())),
            kind.later,
            may_be_empty=(kind.word,) if kind.naming == "may be named" else (),
        )
        name = self._name(kind, properties)
        block = Block(kind, properties, name, "", body, len(body.blocks))
        block.key = self._key(kind, name, block.call)
        block.label = ws.labels.of(properties)
        if name is not None:
            known = ws.blocks if block.call is None else block.call.local
            known[name] = block
        self._called += block.call is not None
        if kind.word == "call" and (self._calls_itself(block) or self._is_too_much(block)):
            return block
        for number, branch in enumerate(kind.branches(block.value, properties, ws), start=1):
            inner = Body(f"{block.key}/{number}", block, branch.place, branch.label, branch.when)
            block.bodies.append(inner)
            self.fill(inner, branch.items)
        self._reactions(block)
        self._late_steps(block)
        self._undo_steps(block)
        return block

    def _undo_steps(self, step: Block) -> None:
        """Steps under `undo` are a reaction that nothing but the end of the case lets happen."""
        written = step.properties.get("undo") if step.is_step else None
        reaction = self._beside(UNDO, written, step.body)
        if reaction is not None:
            reaction.host = step
            step.reactions.append(reaction)
            self._ws.undoes[step.key] = reaction.key

    def on_cancel(self, root: Body, written: Node | None) -> None:
        """Steps under `cancel` likewise, beside the whole process."""
        found = self._beside(ON_CANCEL, written, root)
        if found is not None:
            root.beside.append(found)
            self._ws.on_cancel = found.key

    def _beside(self, kind: Kind, written: Node | None, body: Body) -> Block | None:
        """What stands beside a flow with these steps; None: there are none."""
        if written is None:
            return None
        steps = as_items(written, self._ws.findings)
        if not steps:
            if isinstance(written, Sequence):
                self._ws.findings.add(written, "empty-list")
            return None
        word = Scalar(written.place, kind.word)
        mapping = Mapping(written.place, (Pair(word, Sequence(written.place, steps)),))
        return self._block(kind, mapping, body)

    def _late_steps(self, host: Block) -> None:
        """Steps under `late` are a reaction that its limit lets happen."""
        inside = host.bodies[0] if host.kind.holds_reactions and host.bodies else host.body
        for pair in late_pairs(host.properties) if host.kind.timed else ():
            steps = steps_of(pair.value)
            if not steps:
                continue
            word = Scalar(pair.key.place, LATE.word)
            written = Mapping(pair.key.place, (Pair(word, Sequence(pair.key.place, steps)),))
            reaction = self._block(LATE, written, inside)
            reaction.host = host
            host.reactions.append(reaction)
            self._ws.late_steps[host.key, pair.key.place] = reaction.key

    def _reactions(self, host: Block) -> None:
        during = host.properties.get(DURING) if host.kind.hosts else None
        inside = host.bodies[0] if host.kind.holds_reactions and host.bodies else host.body
        for item in as_items(during, self._ws.findings) if during is not None else ():
            mapping = as_mapping(item, self._ws.findings, "@reaction")
            kind = self._trigger(mapping) if mapping else None
            if mapping is not None and kind is not None:
                reaction = self._block(kind, mapping, inside)
                reaction.host = host
                host.reactions.append(reaction)

    def _trigger(self, mapping: Mapping) -> Kind | None:
        keys = [pair.key for pair in mapping.pairs]
        found = next((TRIGGERS[key.text] for key in keys if key.text in TRIGGERS), None)
        if found is not None:
            return found
        meant = self._ws.findings.nearest(keys[0].text, TRIGGERS) if keys else ""
        self._ws.findings.add(mapping, "no-trigger", known=", ".join(TRIGGERS), nearest=meant)
        return None

    def _name(self, kind: Kind, properties: Properties) -> str | None:
        beside = kind.named_by in properties or kind.naming == "named beside"
        value = properties.get(kind.named_by if beside else kind.word)
        if (
            kind.naming == "unnamed"
            or (kind.naming == "named beside" and value is None)
            or (kind.naming == "may be named" and _is_empty(value))
        ):
            return None
        if not kind.is_named(properties):
            return None
        name = as_text(value, self._ws.findings, "@name")
        # A process that is called again is read again: its names are taken already, by itself.
        known = name is not None and self._claimed.get(name.text) is name
        if name is None or not (known or self._ws.names.claim(name)):
            return None
        self._claimed[name.text] = name
        return name.text

    def _key(self, kind: Kind, name: str | None, call: Block | None) -> str:
        if name is None:
            self._unnamed[kind.word] += 1
            name = f"{kind.word}.{self._unnamed[kind.word]}"
        return f"{call.key}.{name}" if call is not None else name

    def _calls_itself(self, block: Block) -> bool:
        """Whether a process is called inside itself, which would never come to an end."""
        name = block.value
        if not isinstance(name, Scalar):
            return False
        around = [each for each in block.around() if each.is_call]
        if not any(
            isinstance(each.value, Scalar) and each.value.text == name.text for each in around
        ):
            return False
        self._ws.findings.add(name, "calls-itself", name=name.text, path=ways.to(block))
        self._ws.has_gaps = True
        return True

    def _is_too_much(self, call: Block) -> bool:
        """Whether no more can be called, or not from here; it is reported once."""
        if self._called >= MOST_CALLED:
            code, limit = "called-too-much", MOST_CALLED
        elif sum(1 for _ in call.around()) >= MOST_AROUND_CALL:
            code, limit = "called-too-deep", MOST_AROUND_CALL
        else:
            return False
        if not self._is_full:
            self._is_full = True
            self._ws.findings.add(call.properties.place, code, limit=str(limit))
        self._ws.has_gaps = True
        return True


def _keys(kind: Kind, body: Body) -> tuple[str, ...]:
    """What may stand in the mapping of a construct."""
    gate = ("needs",) if kind.gated and "needs" not in kind.keys else ()
    if not body.is_ordered and kind.is_in_flow and "needs" not in kind.keys:
        gate = ("needs",)
    planned = () if body.is_ordered or not kind.is_in_flow else PLAN_KEYS
    common = tuple(key for key in COMMON_KEYS if key != "when" or kind.guarded)
    timed = TIME_KEYS if kind.timed else ()
    return (
        kind.word,
        *kind.keys,
        *(("covers",) if kind.covers else ()),
        *gate,
        *planned,
        *timed,
        *((DURING,) if kind.hosts else ()),
        *((CONTACT,) if kind.reached else ()),
        *common,
    )


def _is_empty(node: Node | None) -> bool:
    return getattr(node, "is_empty", False)
