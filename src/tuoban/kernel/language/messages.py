"""Texts with `{field}`s in them, and `tell`: who is told what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuoban.kernel.definition import BEYOND, INBOX, Message, MessagePart, Tell
from tuoban.kernel.facts import BUILT_IN
from tuoban.kernel.language.lateness import PERFORMER
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import as_mapping, as_one_or_more, as_text, as_word
from tuoban.kernel.language.tree import Node, Pair, Place, Scalar, written_in
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.reaching import ways_to

TELL, TEXT = "tell", "text"
CHANNELS = (INBOX, *BEYOND)

_PART = re.compile(r"\{(?P<field>[^{}]*)\}|(?P<text>[^{}]+)|(?P<stray>[{}])")


def read_parts(text: str, written: Scalar, ws: Workspace) -> Iterator[MessagePart]:
    """The parts of a text in which fields of the case stand as `{field}`.

    Args:
        written: where it stands, for problems; a translation of it stands elsewhere.
    """
    for match in _PART.finditer(text):
        at = written.at(match.start()) if written.text == text else written.place
        if match["text"] is not None:
            yield "text", match["text"]
        elif match["stray"] is not None:
            ws.findings.add(at, "stray-brace")
        elif _is_known(name := match["field"].strip(), at, ws):
            yield "field", name


def _is_known(name: str, at: Scalar | Place, ws: Workspace) -> bool:
    """Whether this is a field, or a fact of what a field names (`vehicle.plate`)."""
    root, _, member = name.partition(".")
    declared = ws.fields.get(root)
    if root not in ws.fields or (member and (declared is None or not declared.kind)):
        unknown(at, ws.findings, "unknown-field", name, ws.fields)
        return False
    if member and declared is not None and declared.facts is not None:
        offered = (*declared.facts, *BUILT_IN)
        if member not in offered:
            unknown(at, ws.findings, "unknown-fact", member, offered)
            return False
        ws.scope.paths.add((root, member))
    return True


def read_message(node: Node | None, ws: Workspace) -> Message | None:
    """A text with fields in it, in the language of the pack or in both."""
    text = ws.labels.text(node)
    if text is None or node is None:
        return None
    zh = tuple(read_parts(text.zh, written_in(node, "zh"), ws))
    same = text.zh == text.en
    return Message(zh, zh if same else tuple(read_parts(text.en, written_in(node, "en"), ws)))


def read_tell(node: Node | None, text: Node | None, ws: Workspace, *, is_step: bool) -> Tell | None:
    """Who is told, by which channel, and what.

    Args:
        is_step: whether somebody performs it, who may be told.
    """
    message = read_message(text, ws)
    mapping = as_mapping(node, ws.findings, "@tell") if node is not None else None
    if mapping is not None and not mapping.pairs:
        ws.findings.add(mapping, "empty-list")
    found = [
        each
        for pair in (mapping.pairs if mapping else ())
        for each in _addressed(pair, ws, is_step=is_step)
    ]
    to = tuple(whom for whom, channel in found if channel == INBOX)
    beyond = tuple((whom, channel) for whom, channel in found if channel != INBOX)
    return Tell(to, message, beyond) if found else None


def _addressed(pair: Pair, ws: Workspace, *, is_step: bool) -> Iterator[tuple[str, str]]:
    """The role, or `performer`, with each channel by which it is told."""
    whom = _whom(pair.key, ws, is_step=is_step)
    for item in as_one_or_more(pair.value, ws.findings):
        channel = as_word(as_text(item, ws.findings, "@channel"), ws.findings, CHANNELS, "@channel")
        if channel is not None and whom is not None and _is_reached(pair.key, whom, channel, ws):
            yield whom, channel


def _whom(name: Scalar, ws: Workspace, *, is_step: bool) -> str | None:
    if name.text != PERFORMER:
        return ws.role(name)
    if not is_step:
        ws.findings.add(name, "no-performer-here")
    return PERFORMER


def _is_reached(name: Scalar, whom: str, channel: str, ws: Workspace) -> bool:
    """Whether an outside party is reached by this channel; reported if it is not."""
    declared = ws.roles.get(whom)
    if declared is None or not declared.is_outside:
        return True
    if channel == INBOX:
        facts = {"name": declared.key, "role": ", ".join(declared.recorded_by)}
        ws.findings.add(name, "no-inbox", **facts)
        return False
    types = {each: declaration.type for each, declaration in ws.fields.items()}
    if not ways_to(declared.key, channel, types) and None not in types.values():
        ws.findings.add(name, "no-address", name=declared.key, channel=channel)
        return False
    return True
