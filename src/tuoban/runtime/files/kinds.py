"""What a content is: told by its bytes, never by its name."""

from __future__ import annotations

import codecs
from pathlib import Path

import filetype

from tuoban.kernel.media import TYPES

HEAD = 8192
"""Bytes that are looked at to tell what a content is."""
_TEXT_HEAD = 65_536
"""Of what has no mark of its own, so many are to be text."""

_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<iframe")

KNOWN = frozenset(TYPES.values())
"""The types that may be kept unless the installation says otherwise."""

PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"}
)
"""Those that a small picture can be made of."""
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"})
"""Those that may be shown in the browser; all others are only saved."""
UNKNOWN = "application/octet-stream"
MARKUP = "text/html"


def type_of(path: Path) -> str:
    """The media type of a content; `UNKNOWN` where nothing tells it."""
    with path.open("rb") as file:
        head = file.read(_TEXT_HEAD)
    found = filetype.guess_mime(head[:HEAD])
    if found == "audio/wav":
        return "audio/x-wav"
    if isinstance(found, str):
        return found
    return _text_type(head)


def _text_type(head: bytes) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if any(mark in start[:1024] for mark in _MARKUP):
        return MARKUP
    if b"\0" in head:
        return UNKNOWN
    for encoding in ("utf-8", "gb18030"):
        # The last character may be cut off.
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(head)
        except UnicodeDecodeError:
            continue
        if all(char.isprintable() or char.isspace() for char in text):
            return "text/plain"
    return UNKNOWN
