"""The head of a pack: its slug, version, language, title, currency and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuoban.kernel.definition import Language, Text
from tuoban.kernel.language.names import SLUG, VERSION
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.reading import Properties, as_one_or_more, as_text, as_word
from tuoban.kernel.language.tree import Mapping, Node
from tuoban.kernel.language.workspace import Workspace

DEFAULT_CURRENCY = "CNY"
DEFAULT_LANGUAGE: Language = "zh"

_CURRENCY = re.compile(r"[A-Z]{3}")


def read_slug(properties: Properties, findings: Findings) -> str:
    """`pack`: the kebab-case name by which the pack is known."""
    return _matching(properties.need("pack"), SLUG, "bad-slug", findings)


def read_version(properties: Properties, findings: Findings) -> str:
    return _matching(properties.need("version"), VERSION, "bad-version", findings)


def read_currency(properties: Properties, findings: Findings) -> str:
    """`currency`: an ISO 4217 code; the yuan where none is written."""
    if "currency" not in properties:
        return DEFAULT_CURRENCY
    return _matching(properties.get("currency"), _CURRENCY, "bad-currency", findings)


def read_language(properties: Properties, findings: Findings) -> Language:
    word = as_word(properties.get("language"), findings, ("zh", "en"))
    return "en" if word == "en" else DEFAULT_LANGUAGE


def read_rests_on(node: Node | None, ws: Workspace) -> tuple[Text, ...]:
    """The clauses that something rests on: a text, `{clause: text}`, or a list of them."""
    return tuple(_clauses(node, ws)) if node is not None else ()


def _clauses(node: Node, ws: Workspace) -> Iterator[Text]:
    for item in as_one_or_more(node, ws.findings):
        clause: Node | None = item
        if isinstance(item, Mapping) and item.pair("zh") is None and item.pair("en") is None:
            clause = Properties(item, ws.findings, ("clause",)).need("clause")
        text = ws.labels.text(clause)
        if text is not None:
            yield text


def _matching(node: Node | None, pattern: re.Pattern[str], code: str, findings: Findings) -> str:
    scalar = as_text(node, findings)
    if scalar is None:
        return ""
    if not pattern.fullmatch(scalar.text):
        findings.add(scalar, code, text=scalar.text)
    return scalar.text
