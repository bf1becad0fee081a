"""`papers`: what a pack declares of its papers, and which of them a step asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tuoban.kernel.expressions import BOOLEAN, DATETIME, NUMBER, Expression, context_of
from tuoban.kernel.language.declared import Block, Gate, RecordDraft
from tuoban.kernel.language.forms import FormReader
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.order import relation
from tuoban.kernel.language.paper_draft import PaperDraft
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


def no_papers(ws: Workspace) -> dict[str, str]:
    """Why the names of papers are not known, as long as they are not."""
    return dict.fromkeys((each for each in ws.papers if each not in ws.fields), "no-paper-here")


def know_papers(ws: Workspace) -> None:
    """From here on expressions may read papers. Fields, tables and the papers themselves do not, so
    that nothing is computed from itself."""
    if ws.papers:
        hidden = no_papers(ws)
        not_here = {each: code for each, code in ws.scope.not_here.items() if each not in hidden}
        ws.scope = replace(ws.scope.knowing(dict.fromkeys(hidden, _SHAPE)), not_here=not_here)
        ws.scopes.clear()


def complete_papers(ws: Workspace) -> dict[str, Paper]:
    """The papers in full; what they say of themselves reads no papers."""
    read = (_complete(draft, ws) for draft in ws.papers.values())
    return {each.name: each for each in read}


def warn_papers_never_asked(ws: Workspace) -> None:
    """Warn of papers that no step asks for and none makes."""
    for name, draft in ws.papers.items():
        if not draft.is_asked and not draft.says("made-by") and not ws.has_gaps:
            ws.findings.warn(draft.name, "paper-never-asked", name=name)


def _complete(draft: PaperDraft, ws: Workspace) -> Paper:
    properties, findings, name = draft.properties, ws.findings, draft.name.text
    properties.forbid("per", beside="made-by")
    label = ws.labels.of_name(properties, name, draft.name)
    source = ws.role(as_text(properties.get("from"), findings))
    made_by = _step(as_text(properties.get("made-by"), findings), ws)
    per, scope = _per(as_text(properties.get("per"), findings), ws)
    returned, back_by = _returned(draft, ws)
    is_counted = draft.says("originals") or draft.says("copies")
    copies_only = draft.says("copies") and not draft.says("originals")
    return Paper(
        name=name,
        label=label,
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
    )


def _amount(node: Node | None, otherwise: int, scope: Scope, ws: Workspace) -> Amount:
    scalar = as_text(node, ws.findings, "@number")
    if scalar is None:
        return otherwise
    if _COUNT.fullmatch(scalar.text):
        return min(int(scalar.text), MOST)
    return scope.read(scalar, ws.findings, "number") or otherwise


def _step(name: Scalar | None, ws: Workspace) -> str | None:
    """A step of the case's own process; reported if there is none."""
    if name is None:
        return None
    block = ws.blocks.get(name.text)
    if block is None:
        unknown(name, ws.findings, "unknown-step", name.text, ws.blocks)
    elif block.kind.word != "step":
        ws.findings.add(name, "not-a-step", name=name.text)
    else:
        return block.key
    return None


def _per(name: Scalar | None, ws: Workspace) -> tuple[str | None, Scope]:
    """The list of the case that a paper is asked for each row of, and what is known there."""
    if name is None:
        return None, ws.scope
    declaration = ws.fields.get(name.text)
    if declaration is None:
        unknown(name, ws.findings, "unknown-field", name.text, ws.fields)
    elif isinstance(declaration.of, RecordDraft):
        return name.text, ws.scope.inside_row(declaration.of.columns)
    elif declaration.type is not None:
        ws.findings.add(name, "per-not-rows", name=name.text)
    return None, ws.scope


def _returned(draft: PaperDraft, ws: Workspace) -> tuple[bool, str | None]:
    """Whether its originals go back, and the step by which they must have."""
    written = as_text(draft.properties.get("returned"), ws.findings)
    if written is None or written.text == "false":
        return False, None
    if not draft.says("from"):
        ws.findings.add(draft.properties.key("returned"), "paper-back-to-nobody")
    return True, None if written.text == "true" else _step(written, ws)


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
        for name, draft in ws.papers.items():
            if draft.says("from") and _may_be_asked(node, name, draft, block, form, ws):
                yield Wanted((name,))
        return
    seen: set[str] = set()
    for item in as_one_or_more(node, ws.findings) if node is not None else ():
        names, when = _entry(item, scope, ws)
        found = [name.text for name in names if _is_wanted(name, block, form, seen, ws)]
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


def _is_wanted(name: Scalar, block: Block, form: FormReader, seen: set[str], ws: Workspace) -> bool:
    draft = ws.papers.get(name.text)
    if draft is None:
        unknown(name, ws.findings, "unknown-paper", name.text, ws.papers)
        return False
    if name.text in seen:
        ws.findings.add(name, "listed-twice", name=name.text)
        return False
    seen.add(name.text)
    return _may_be_asked(name, name.text, draft, block, form, ws)


def _may_be_asked(
    at: Scalar, name: str, draft: PaperDraft, block: Block, form: FormReader, ws: Workspace
) -> bool:
    """Whether a step may ask for a paper: the rows that it is for, or the paper itself, are made
    before."""
    draft.is_asked = True
    if draft.text("per") in {*form.writes, *block.own}:
        ws.findings.add(at, "per-on-form", name=draft.text("per"))
        return False
    maker = ws.blocks.get(draft.text("made-by"))
    if maker is None:
        return True
    if relation(maker, block) in ("after", "exclusive", "around", "inside", "itself"):
        ws.findings.add(at, "paper-made-later", name=name, step=maker.key)
        return False
    ws.gates.append(Gate(block, maker, at.place))
    return True
