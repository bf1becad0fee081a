"""Texts with `{field}`s in them, and `tell`: who is told what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuoban.kernel.definition import Message, MessagePart, Tell
from tuoban.kernel.facts import BUILT_IN
from tuoban.kernel.language.limits import PERFORMER
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import as_mapping, as_text, as_word
from tuoban.kernel.language.tree import Mapping, Node, Pair, Place, Scalar
from tuoban.kernel.language.workspace import Workspace

TELL, TEXT = "tell", "text"
INBOX = "inbox"
LATER_CHANNELS = frozenset(("sms", "mail"))
"""Channels to people outside, which nothing carries yet."""

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
    zh = tuple(read_parts(text.zh, _written(node, "zh"), ws))
    same = text.zh == text.en
    return Message(zh, zh if same else tuple(read_parts(text.en, _written(node, "en"), ws)))


def _written(node: Node, language: str) -> Scalar:
    """Where the text of a language stands; that of the other one, if it is not written there."""
    if isinstance(node, Mapping):
        found = [node.pair(language), *node.pairs]
        scalars = (each.value for each in found if each and isinstance(each.value, Scalar))
        return next(scalars, Scalar(node.place, ""))
    return node if isinstance(node, Scalar) else Scalar(node.place, "")


def read_tell(node: Node | None, text: Node | None, ws: Workspace, *, is_step: bool) -> Tell | None:
    """Who is told, each in their inbox, and what.

    Args:
        is_step: whether somebody performs it, who may be told.
    """
    message = read_message(text, ws)
    mapping = as_mapping(node, ws.findings, "@tell") if node is not None else None
    if mapping is not None and not mapping.pairs:
        ws.findings.add(mapping, "empty-list")
    to = [_addressee(pair, ws, is_step=is_step) for pair in (mapping.pairs if mapping else ())]
    known = tuple(each for each in to if each is not None)
    return Tell(known, message) if known else None


def _addressee(pair: Pair, ws: Workspace, *, is_step: bool) -> str | None:
    """The role, or `performer`, that is told in its inbox."""
    channel = as_text(pair.value, ws.findings, "@channel")
    if channel is not None and channel.text in LATER_CHANNELS:
        ws.findings.add(channel, "not-supported-yet", word=channel.text)
        channel = None
    elif as_word(channel, ws.findings, (INBOX,), "@channel") is None:
        channel = None
    if pair.key.text == PERFORMER:
        if not is_step:
            ws.findings.add(pair.key, "no-performer-here")
        return PERFORMER
    role = ws.role(pair.key)
    declared = ws.roles[role] if role is not None else None
    if channel is not None and declared is not None and declared.recorded_by is not None:
        facts = {"name": declared.key, "role": declared.recorded_by}
        ws.findings.add(pair.key, "no-inbox", **facts)
    return role
