"""The lines of a play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tuoban.kernel.language.tree import Mapping as MappingNode
from tuoban.kernel.language.tree import Node, Scalar
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.reading.shapes import Reader
from tuoban.runtime.rehearsal.reading.words import (
    CHECKS,
    CORRECT,
    NO_DUE,
    OPERATIONS,
    PAPERS,
    PAUSES,
)

_WORDS = (
    "outcome", "checklist", "signature", "signatures", "stamp", "stamps", "refused", "at", "of",
    "names", "papers",
)  # fmt: skip
_OF_MESSAGES = ("message", "refused", "at")


def _due(reader: Reader, node: Node) -> str:
    return "—" if isinstance(node, Scalar) and node.text in NO_DUE else reader.moment(node)


_TOLD = ("told", "not-told")
"""Checks that may name a channel for each, `{ann: sms}`."""
_INSIDE = "in"
_NOT_INSIDE = ("clock", "hours", "message")
"""Moves that concern no single case."""


def read_move(reader: Reader, node: Node, cast: Mapping[str, object]) -> s.Move | None:
    """A line of a play; None, with a problem, where none can be made out."""
    inside = node.pair(_INSIDE) if isinstance(node, MappingNode) else None
    if inside is None or not isinstance(node, MappingNode):
        return _read_plain(reader, node, cast)
    pairs = tuple(each for each in node.pairs if each is not inside)
    if pairs and pairs[0].key.text in _NOT_INSIDE:
        word = pairs[0].key.text
        reader.problem(
            inside.key, f"{word} 不属于某一个工单，不能写 in",
            f"{word} is of no single case, so that in cannot stand beside it",
        )  # fmt: skip
    move = _read_plain(reader, MappingNode(node.place, pairs), cast)
    calls = reader.texts(inside.value)
    return s.Inside(node.place.line, calls, move) if move is not None else None


def _read_plain(reader: Reader, node: Node, cast: Mapping[str, object]) -> s.Move | None:
    """A line in the case that the scenario begins."""
    pairs = reader.pairs(node)
    first = next(iter(pairs), "")
    line = node.place.line
    if first == "clock":
        reader.pairs(node, ("clock",))
        return s.Clock(line, reader.moment(pairs["clock"]))
    if first == "hours":
        reader.pairs(node, ("hours",))
        return s.Hours(line, reader.hours(pairs["hours"]))
    if first == "answered":
        return _answered(reader, line, node, pairs)
    if first == "message":
        return s.Message(
            line,
            reader.need(node, pairs, first),
            {key: reader.raw(each) for key, each in pairs.items() if key not in _OF_MESSAGES},
            reader.refusal(pairs),
        )
    if first in CHECKS:
        reader.pairs(node, (first, "of"))
        return replace(_check(reader, line, first, pairs[first]), of=reader.texts(pairs.get("of")))
    if first not in cast:
        if isinstance(node, MappingNode):
            reader.not_in_cast(node, first)
        return None
    if isinstance(pairs[first], MappingNode):
        return _operation(reader, node, first, pairs)
    skipped = {first, *_WORDS}
    ticked = reader.texts(pairs.get("checklist"))
    return s.Complete(
        line=line,
        who=first,
        step=reader.need(node, pairs, first),
        outcome=reader.text(pairs["outcome"]) if "outcome" in pairs else None,
        data={key: reader.raw(each) for key, each in pairs.items() if key not in skipped},
        checklist=None if ticked == ("all",) else frozenset(ticked),
        signatures=_one_or_more(reader, pairs, "signature"),
        stamps=_one_or_more(reader, pairs, "stamp"),
        refusal=reader.refusal(pairs),
        of=reader.texts(pairs.get("of")),
        names={
            each.key.text: reader.text(each.value) for each in reader.written(pairs.get("names"))
        },
        papers=_handed_in(reader, pairs.get("papers")),
    )


def _one_or_more(reader: Reader, pairs: Mapping[str, Node], word: str) -> tuple[str, ...]:
    """`signature: customer`, or `signatures: [customer, inspector]`."""
    return reader.texts(pairs.get(word)) + reader.texts(pairs.get(f"{word}s"))


def _answered(reader: Reader, line: int, node: Node, pairs: Mapping[str, Node]) -> s.Answered:
    """`{answered: visit, outcome: fixed, cost: 12}`."""
    skipped = ("answered", "outcome", "of")
    return s.Answered(
        line=line,
        call=reader.need(node, pairs, "answered"),
        outcome=reader.text(pairs.get("outcome")),
        values={key: reader.raw(each) for key, each in pairs.items() if key not in skipped},
        of=reader.texts(pairs.get("of")),
    )


def _handed_in(reader: Reader, node: Node | None) -> dict[str, s.Given] | None:
    """`all`, or how much of which papers."""
    is_all = isinstance(node, Scalar) and node.text == "all"
    return None if is_all else reader.papers(node)


def _operation(
    reader: Reader, node: Node, who: str, pairs: Mapping[str, Node]
) -> s.Operate | s.Pause | s.Correct | s.MovePaper | None:
    operation = next(iter(reader.pairs(pairs[who])), "")
    if operation not in _BESIDE:
        word, allowed = operation or "{}", ", ".join(_BESIDE)
        reader.problem(
            pairs[who], f"不认识“{word}”，可写：{allowed}",
            f"“{word}” is not known; possible: {allowed}",
        )  # fmt: skip
        return None
    line = node.place.line
    reader.pairs(node, (who, "of", "refused", "at"))
    inner = reader.pairs(pairs[who], (operation, *_BESIDE[operation]))
    if operation in CORRECT:
        return _correct(reader, line, who, inner, reader.refusal(pairs))
    if operation in PAPERS:
        return _move_paper(reader, line, who, operation, inner, reader.refusal(pairs))
    if operation in PAUSES:
        return _pause(reader, line, who, operation, inner, reader.refusal(pairs))
    goes_back = operation == "return"
    own, inside = reader.texts(pairs.get("of")), reader.texts(inner.get("of"))
    return s.Operate(
        line=line,
        who=who,
        operation=operation,
        step=reader.text(inner[operation]),
        to=reader.text(inner.get("to")),
        reason=reader.text(inner.get("reason")),
        refusal=reader.refusal(pairs),
        of=own if goes_back else own or inside,
        into=inside if goes_back else (),
        stamped=reader.text(inner.get("stamp")) == "true",
        when=reader.text(inner.get("when")) or reader.text(inner.get("agrees")),
        straight=reader.text(inner["direct"]) == "true" if "direct" in inner else None,
    )


_BESIDE = {
    **{operation: (*words, "of") for operation, words in OPERATIONS.items()},
    **PAUSES,
    **PAPERS,
    **CORRECT,
}
"""Every operation, with what may stand beside it."""


def _correct(
    reader: Reader, line: int, who: str, inner: Mapping[str, Node], refusal: s.Refusal | None
) -> s.Correct:
    """`{correct: amount, value: 12, reason}`, with `in: block` where that declares it."""
    return s.Correct(
        line=line,
        who=who,
        field=reader.text(inner["correct"]),
        value=reader.raw(inner["value"]) if "value" in inner else "",
        reason=reader.text(inner.get("reason")),
        block=reader.text(inner.get("in")),
        refusal=refusal,
    )


def _move_paper(
    reader: Reader,
    line: int,
    who: str,
    operation: str,
    inner: Mapping[str, Node],
    refusal: s.Refusal | None,
) -> s.MovePaper:
    """`{hand-in: diploma, originals: 1, copies: 3}`, `{hand-on: diploma, to: customer, originals:
    1}`, `{strike-paper: diploma, reason}`, `{print: receipt, with: pay}`."""
    return s.MovePaper(
        line=line,
        who=who,
        operation=operation,
        paper=reader.text(inner[operation]),
        given=s.Given(reader.text(inner.get("originals")), reader.text(inner.get("copies"))),
        to=reader.text(inner.get("to") or inner.get("with")),
        reason=reader.text(inner.get("reason") or inner.get("note")),
        refusal=refusal,
    )


def _pause(
    reader: Reader,
    line: int,
    who: str,
    operation: str,
    inner: Mapping[str, Node],
    refusal: s.Refusal | None,
) -> s.Pause:
    """`{suspend: case, reason}`, `{resume: case}`, `{extend: quote, limit, by, reason}`,
    `{copy: case, to, reason}`, `{cancel: case, reason}`, `{add: survey, reason}`."""
    node = reader.text(inner[operation])
    return s.Pause(
        line=line,
        who=who,
        operation=operation,
        reason=reader.text(inner.get("reason")),
        refusal=refusal,
        node="" if node == "case" else node,
        limit=reader.text(inner.get("limit")),
        to=reader.text(inner.get("to")),
        length=reader.text(inner.get("by")),
    )


def _check(reader: Reader, line: int, kind: str, node: Node) -> s.Check:
    if kind == "due":
        return s.Check(
            line, kind, values={key: _due(reader, each) for key, each in reader.pairs(node).items()}
        )
    if kind == "indicators":
        return s.Check(line, kind, values=reader.measured(node))
    if kind == "papers":
        return s.Check(line, kind, papers=reader.papers(node))
    if kind == "values" or (kind in _TOLD and isinstance(node, MappingNode)):
        values = {key: reader.raw(each) for key, each in reader.pairs(node).items()}
        return s.Check(line, kind, values=values)
    return s.Check(line, kind, reader.texts(node))
