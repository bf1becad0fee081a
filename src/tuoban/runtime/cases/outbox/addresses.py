"""To which number or address something goes: of a user, or of an outside party of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoban.kernel.commands import Sealed
from tuoban.kernel.definition import MAIL, SMS, Definition
from tuoban.kernel.reaching import PHONE, ways_to
from tuoban.kernel.state import State
from tuoban.runtime.cases import outside
from tuoban.runtime.people.models import User


def of_user(user: User, channel: str) -> str:
    """Empty: none is known, or they have left."""
    if not user.is_active:
        return ""
    return {SMS: user.phone, MAIL: user.email}.get(channel, "")


def of_role(
    definition: Definition, state: State, opened: Mapping[str, Any], role: str, channel: str
) -> str:
    """Of an outside party, by the fields of its case; empty: none is known.

    Args:
        opened: the personal values of the case by reference.
    """
    types = {name: field.type for name, field in definition.fields.items()}
    for name in ways_to(role, channel, types):
        value = state.values.get(name)
        if isinstance(value, Sealed):
            value = opened.get(value.ref)
        if value is None:
            continue
        found = str(value) if types[name] == PHONE else _on_file(str(value), channel)
        if found:
            return found
    return ""


def _on_file(ref: str, channel: str) -> str:
    return outside.files().reached(ref).get(channel, "")
