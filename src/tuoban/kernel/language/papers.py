"""`papers`: what a pack declares of its papers, and which of them a step asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import replace

from tuoban.kernel.expressions import BOOLEAN, DATETIME, NUMBER, Expression, Shape, context_of
from tuoban.kernel.language.declared import Block, Body, Gate, RecordDraft
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.names import RESERVED, read_name, unknown
from tuoban.kernel.language.order import relation
from tuoban.kernel.language.paper_draft import PaperDraft
from tuoban.kernel.language.places import scope_in
from tuoban.kernel.language.reading import (
    Properties,
    as_items,
    as_mapping,
    as_one_or_more,
    as_text,
)
from tuoban.kernel.language.scope import Scope
from tuoban.kernel.language.tree import Mapping, Node, Scalar
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.papers import MOST, Amount, Paper, Sheets, Wanted
from tuoban.kernel.text import Text

KEYS = (
    "zh", "en", "originals", "copies", "from", "made-by", "when", "per", "hand-to", "returned",
    "hint",
)  # fmt: skip
ALL = "all"
"""Of a step: every paper that somebody brings."""
_SHAPE = context_of(
    {
        "received": BOOLEAN,
        "originals": NUMBER,
        "copies": NUMBER,
        "at": DATETIME,
        "returned": BOOLEAN,
    }
)
_COUNT = re.compile(r"\d{1,3}")
_GIVEN = {"all": None, "original": Sheets(1, 0), "copy": Sheets(0, 1)}


def declare_papers(node: Node | None, ws: Workspace) -> None:
    """Take up the papers, so that steps may name them."""
    mapping = as_mapping(node, ws.findings) if node is not None else None
    for pair in mapping.pairs if mapping else ():
        keys = as_mapping(pair.value, ws.findings)
        ws.names.claim(pair.key)  # one that is taken is known all the same
        if keys is not None:
            ws.papers[pair.key.text] = PaperDraft(pair.key, Properties(keys, ws.findings, KEYS))


def declare_of_call(
    node: Node | None, call: Block, ws: Workspace, offered: tuple[str, ...]
) -> None:
    """Take up the papers that a called process declares: every call of it has its own. What is done
    for several elements at a time would share them.

    Args:
        offered: what the call's name gives to read beside them.
    """
    mapping = as_mapping(node, ws.findings) if node is not None else None
    pairs = mapping.pairs if mapping else ()
    for pair in pairs:
        keys = as_mapping(pair.value, ws.findings)
        fit = read_name(pair.key, ws.findings, (*RESERVED, *offered)) and ws.names.is_free(pair.key)
        first = call.own.get(pair.key.text)
        if fit and first is not None:
            line = first.name.place.said
            ws.findings.add(pair.key, "name-taken", name=pair.key.text, line=line)
        if keys is not None:
            properties = Properties(keys, ws.findings, KEYS)
            call.papers[pair.key.text] = PaperDraft(pair.key, properties, call)
    if pairs and _is_of_many(call):
        ws.findings.add(pairs[0].key, "papers-of-many", name=pairs[0].key.text, call=call.key)


def _is_of_many(call: Block) -> bool:
    """Whether it may run several times at once: for elements or occurrences, or because the rounds
    of a loop do not wait for what they have called."""
    around = tuple(call.around())
    if any(each.kind.many and not each.kind.outlives for each in around):
        return True
    running_on = [each for each in (call, *around) if each.kind.outlives]
    return any(outer.kind.loops for each in running_on for outer in each.around())


def with_papers(call: Block, scope: Scope, ws: Workspace) -> Scope:
    """Inside a called process: its papers by their names, where papers are read at all."""
    if ws.knows_papers:
        return scope.knowing(dict.fromkeys(call.papers, _SHAPE))
    hidden = dict.fromkeys(call.papers, "no-paper-here")
    return replace(scope, not_here={**scope.not_here, **hidden})


def offered_by(call: Block, shape: Shape, ws: Workspace) -> Shape:
    """What the name of a call gives to read, with its papers, where papers are read at all."""
    if not ws.knows_papers:
        return shape
    return replace(shape, members={**(shape.members or {}), **dict.fromkeys(call.papers, _SHAPE)})


def no_papers(ws: Workspace) -> dict[str, str]:
    """Why the names of papers are not known, as long as they are not."""
    return dict.fromkeys((each for each in ws.papers if each not in ws.fields), "no-paper-here")


def know_papers(ws: Workspace) -> None:
    """From here on expressions may read papers. Fields, tables and the papers themselves do not, so
    that nothing is computed from itself."""
    ws.knows_papers = True
    ws.scopes.clear()
    calls = {name: each for name, each in ws.blocks.items() if each.papers}
    known = {name: each.kind.offers(each, ws) for name, each in calls.items()}
    ws.scope = ws.scope.knowing({name: shape for name, shape in known.items() if shape})
    if ws.papers:
        hidden = no_papers(ws)
        not_here = {each: code for each, code in ws.scope.not_here.items() if each not in hidden}
        ws.scope = replace(ws.scope.knowing(dict.fromkeys(hidden, _SHAPE)), not_here=not_here)


def complete_papers(root: Body, ws: Workspace) -> dict[str, Paper]:
    """The papers in full, those of the case first; what they say of themselves reads no papers."""
    read = (_complete(draft, ws) for draft in _all(root, ws))
    return {each.name: each for each in read}


def _all(root: Body, ws: Workspace) -> Iterator[PaperDraft]:
    yield from ws.papers.values()
    for block in root.walk():
        yield from block.papers.values()


def warn_papers_never_asked(root: Body, ws: Workspace) -> None:
    """Warn of papers that no step asks for and none makes."""
    for draft in _all(root, ws):
        if not draft.is_asked and not draft.says("made-by") and not ws.has_gaps:
            ws.findings.warn(draft.name, "paper-never-asked", name=draft.name.text)


def _complete(draft: PaperDraft, ws: Workspace) -> Paper:
    properties, findings = draft.properties, ws.findings
    properties.forbid("per", beside="made-by")
    source = ws.role(as_text(properties.get("from"), findings))
    made_by = _step(as_text(properties.get("made-by"), findings), draft, ws)
    per, scope = _per(as_text(properties.get("per"), findings), draft, ws)
    returned, back_by = _returned(draft, ws)
    is_counted = draft.says("originals") or draft.says("copies")
    copies_only = draft.says("copies") and not draft.says("originals")
    return Paper(
        name=draft.key,
        label=_label(draft, ws),
        originals=_amount(properties.get("originals"), 0 if is_counted else 1, scope, ws),
        copies=_amount(properties.get("copies"), 0, scope, ws),
        source=source,
        made_by=made_by,
        when=scope.condition(properties.get("when"), findings),
        per=per,
        hand_to=tuple(_hand_to(properties.get("hand-to"), ws, copies_only=copies_only)),
        returned=returned,
        back_by=back_by,
        hint=ws.labels.text(properties.get("hint")),
        call=draft.call.key if draft.call is not None else "",
    )


def _label(draft: PaperDraft, ws: Workspace) -> Text:
    """How it is called; one of a call with that before it."""
    label = ws.labels.of_name(draft.properties, draft.name.text, draft.name)
    if draft.call is None:
        return label
    about = draft.call.label or Text(draft.call.key, draft.call.key)
    return Text(f"{about.zh}：{label.zh}", f"{about.en}: {label.en}")


def _amount(node: Node | None, otherwise: int, scope: Scope, ws: Workspace) -> Amount:
    scalar = as_text(node, ws.findings, "@number")
    if scalar is None:
        return otherwise
    if _COUNT.fullmatch(scalar.text):
        return min(int(scalar.text), MOST)
    return scope.read(scalar, ws.findings, "number") or otherwise


def _step(name: Scalar | None, draft: PaperDraft, ws: Workspace) -> str | None:
    """A step of the process that the paper belongs to; reported if there is none."""
    if name is None:
        return None
    block = _named(name.text, draft, ws)
    if block is None:
        known = draft.call.local if draft.call is not None else ws.blocks
        unknown(name, ws.findings, "unknown-step", name.text, known)
    elif not block.is_step:
        ws.findings.add(name, "not-a-step", name=name.text)
    else:
        return block.key
    return None


def _named(name: str, draft: PaperDraft, ws: Workspace) -> Block | None:
    """What is called so where the paper is declared; a step of a call by both names."""
    return ws.inside(name, draft.call.local if draft.call is not None else ws.blocks)


def _per(name: Scalar | None, draft: PaperDraft, ws: Workspace) -> tuple[str | None, Scope]:
    """The list that a paper is asked for each row of, and what is known there."""
    call = draft.call
    scope = ws.scope if call is None else _scope_of(call, ws)
    if name is None:
        return None, scope
    known = {**ws.fields, **(call.own if call is not None else {})}
    declaration = known.get(name.text)
    if declaration is None:
        unknown(name, ws.findings, "unknown-field", name.text, known)
    elif isinstance(declaration.of, RecordDraft):
        return name.text, scope.inside_row(declaration.of.columns)
    elif declaration.type is not None:
        ws.findings.add(name, "per-not-rows", name=name.text)
    return None, scope


def _scope_of(call: Block, ws: Workspace) -> Scope:
    return scope_in(call.bodies[0], ws) if call.bodies else ws.scope


def _returned(draft: PaperDraft, ws: Workspace) -> tuple[bool, str | None]:
    """Whether its originals go back, and the step by which they must have."""
    written = as_text(draft.properties.get("returned"), ws.findings)
    if written is None or written.text == "false":
        return False, None
    if not draft.says("from"):
        ws.findings.add(draft.properties.key("returned"), "paper-back-to-nobody")
    return True, None if written.text == "true" else _step(written, draft, ws)


def _hand_to(
    node: Node | None, ws: Workspace, *, copies_only: bool
) -> Iterator[tuple[str, Sheets | None]]:
    if not isinstance(node, Mapping):
        role = ws.role(as_text(node, ws.findings))
        if role is not None:
            yield role, None
        return
    for pair in node.pairs:
        role = ws.role(pair.key)
        given = as_text(pair.value, ws.findings)
        if given is None or role is None:
            continue
        if given.text in _GIVEN:
            yield role, _GIVEN[given.text]
        elif _COUNT.fullmatch(given.text) and int(given.text):
            number = int(given.text)
            yield role, Sheets(0, number) if copies_only else Sheets(number, 0)
        else:
            words = ", ".join((*_GIVEN, "1, 2, ..."))
            ws.findings.add(given, "unknown-word", word=given.text, known=words, nearest="")


# -- of a step ------------------------------------------------------------------------------------


def read_wanted(block: Block, form: FormReader, scope: Scope, ws: Workspace) -> Iterator[Wanted]:
    """The papers that a step asks for: `all`, or names, some with a `when`, and choices.

    Args:
        form: the form of the step, which has been read.
        scope: what is known to the conditions of the entries.
    """
    node = block.properties.get("papers")
    if isinstance(node, Scalar) and node.text == ALL:
        known = {**ws.papers, **(block.call.papers if block.call is not None else {})}
        for draft in known.values():
            is_due = draft.says("from") and not _goes_back_by(draft, block, ws)
            if is_due and _may_be_asked(node, draft, block, form, ws):
                yield Wanted((draft.key,))
        return
    seen: set[str] = set()
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        names, when = _entry(item, scope, ws)
        alone = len(names) == 1
        drafts = (_wanted(name, block, form, seen, ws, is_alone=alone) for name in names)
        found = [draft.key for draft in drafts if draft is not None]
        if found:
            yield Wanted(tuple(found), when)


def _entry(item: Node, scope: Scope, ws: Workspace) -> tuple[tuple[Scalar, ...], Expression | None]:
    """The names that stand in one entry, and when it counts."""
    if not isinstance(item, Mapping):
        name = as_text(item, ws.findings)
        return (name,) if name is not None else (), None
    word = "one-of" if item.pair("one-of") else "paper"
    properties = Properties(item, ws.findings, (word, "when"))
    written = properties.need(word)
    names: tuple[Node, ...] = (written,) if written is not None else ()
    if word == "one-of":
        names = as_items(written, ws.findings)
        if written is not None and len(names) == 1:
            ws.findings.add(written, "one-of-one")
    read = (as_text(each, ws.findings) for each in names)
    when = scope.condition(properties.get("when"), ws.findings)
    return tuple(each for each in read if each is not None), when


def _known_to(block: Block, ws: Workspace) -> dict[str, PaperDraft]:
    """The papers that a step may ask for: the case's, those of the process it stands in, and those
    of what that calls, by the name of the call and theirs."""
    own = block.call.papers if block.call is not None else {}
    called = _of_calls(block.call.local if block.call is not None else ws.blocks)
    return {**ws.papers, **own, **dict(called)}


def _of_calls(blocks: Lookup[str, Block]) -> Iterator[tuple[str, PaperDraft]]:
    for name, call in blocks.items():
        for inner, draft in (*call.papers.items(), *_of_calls(call.local)):
            yield f"{name}.{inner}", draft


def _wanted(
    name: Scalar,
    block: Block,
    form: FormReader,
    seen: set[str],
    ws: Workspace,
    *,
    is_alone: bool,
) -> PaperDraft | None:
    known = _known_to(block, ws)
    draft = known.get(name.text)
    if draft is None:
        unknown(name, ws.findings, "unknown-paper", name.text, known)
        return None
    if name.text in seen:
        ws.findings.add(name, "listed-twice", name=name.text)
        return None
    seen.add(name.text)
    if is_alone and _goes_back_by(draft, block, ws):
        ws.findings.add(name, "paper-gone-back", name=name.text)
        return None
    return draft if _may_be_asked(name, draft, block, form, ws) else None


def _goes_back_by(draft: PaperDraft, block: Block, ws: Workspace) -> bool:
    """Whether a paper has to be given back before a step is completed."""
    return _named(draft.text("returned"), draft, ws) is block


def _may_be_asked(
    at: Scalar, draft: PaperDraft, block: Block, form: FormReader, ws: Workspace
) -> bool:
    """Whether a step may ask for a paper: the rows that it is for, or the paper itself, are made
    before."""
    draft.is_asked = True
    call = draft.call if draft.call is not block.call else None
    if call is not None and relation(call, block) in ("after", "exclusive"):
        ws.findings.add(at, "paper-of-later-call", name=draft.name.text, call=call.key)
        return False
    if call is None and draft.text("per") in {*form.writes, *block.own}:
        ws.findings.add(at, "per-on-form", name=draft.text("per"))
        return False
    maker = _named(draft.text("made-by"), draft, ws)
    if maker is None:
        return True
    if relation(maker, block) in ("after", "exclusive", "around", "inside", "itself"):
        ws.findings.add(at, "paper-made-later", name=draft.name.text, step=maker.key)
        return False
    ws.gates.append(Gate(block, maker, at.place, always=False))
    return True
