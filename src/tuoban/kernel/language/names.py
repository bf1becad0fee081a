"""Names that an author gives: how they may be spelt, and who has taken them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tuoban.kernel.language import full_width
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import Node, Place, Scalar

MAX_LENGTH = 60

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_NAME = re.compile(f"[a-z_{HAN}][a-z0-9_{HAN}]*")
_OPTION = re.compile(f"[a-z0-9_{HAN}]+")
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")

FEEL_WORDS = frozenset(
    (
        "and",
        "or",
        "not",
        "between",
        "in",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "instance",
        "of",
        "function",
        "external",
        "true",
        "false",
        "null",
    )
)
RESERVED = FEEL_WORDS | {"case", "start", "settings", "now", "today", "item"}
"""Names that mean something in an expression, so that nothing else may be called so."""


def read_name(scalar: Scalar, findings: Findings, reserved: Iterable[str] = FEEL_WORDS) -> bool:
    """Whether `scalar` may be a name: snake_case or Chinese, at most 60 long, not taken."""
    name = scalar.text
    if not _NAME.fullmatch(name) or len(name) > MAX_LENGTH:
        if findings.add_found(full_width.in_name(scalar)):
            return False
        findings.add(scalar, "bad-name", name=name[:MAX_LENGTH], nearest=_respelt(name))
        return False
    if name in frozenset(reserved):
        findings.add(scalar, "reserved-name", name=name)
        return False
    return True


def read_option(scalar: Scalar, findings: Findings) -> bool:
    """Whether `scalar` may be the key of an option: like a name, or beginning with a digit."""
    if _OPTION.fullmatch(scalar.text) and len(scalar.text) <= MAX_LENGTH:
        return True
    findings.add(scalar, "bad-name", name=scalar.text[:MAX_LENGTH], nearest=_respelt(scalar.text))
    return False


class Names:
    """The one set of names that fields, blocks and steps of a pack share."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._taken: dict[str, Place] = {}

    def claim(self, scalar: Scalar) -> bool:
        """Take a name for good; False, reported, if it is unfit or taken."""
        if not read_name(scalar, self._findings, RESERVED) or not self.is_free(scalar):
            return False
        self._taken[scalar.text] = scalar.place
        return True

    def is_free(self, scalar: Scalar) -> bool:
        """Whether nothing is called so yet; reported if it is."""
        first = self._taken.get(scalar.text)
        if first is not None:
            self._findings.add(scalar, "name-taken", name=scalar.text, line=first.said)
        return first is None


def unknown(
    at: Node | Place, findings: Findings, code: str, name: str, known: Collection[str]
) -> None:
    """Report a name that nothing bears, with the nearest one that something does."""
    if isinstance(at, Scalar) and findings.add_found(full_width.in_name(at)):
        return
    findings.add(at, code, name=name, nearest=findings.nearest(name, known))


def _respelt(name: str) -> str:
    """The name as it might be spelt, if that gives one."""
    snake = re.sub(r"[\s\-.]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())).lower()
    return snake if _NAME.fullmatch(snake) and len(snake) <= MAX_LENGTH else ""
