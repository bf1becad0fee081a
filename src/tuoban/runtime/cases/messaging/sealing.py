"""What a message carries, sealed on its way into a case."""

from __future__ import annotations

from typing import Any

from tuoban.kernel.definition import MessageKind
from tuoban.kernel.values import parse
from tuoban.runtime.cases import outside
from tuoban.runtime.cases.carrying import Desk
from tuoban.runtime.cases.messaging.values import clear_values, personal_values
from tuoban.runtime.cases.models import Message


def sealed_for(desk: Desk, kind: MessageKind | None, message: Message) -> dict[str, Any]:
    """What a message carries as a command on a case may hold it. What cannot be read stays raw:
    the decision tells the problem, and nothing is kept."""
    values = clear_values(message)
    personal = personal_values(message)
    fields = kind.fields if kind is not None else {}
    named = outside.named_in(fields, values)
    desk.envelope.opened.update(outside.known(desk.definition, named, desk.envelope.case_id))
    for name, field in fields.items():
        if field.personal and name in values:
            value, problem = parse(field, values[name], desk.surroundings.zone)
            if problem is None and value is not None:
                personal[name] = value
    for name, value in personal.items():
        if value is None:
            continue
        known = fields.get(name)
        read, problem = parse(known, value, desk.surroundings.zone) if known else (value, None)
        values[name] = desk.envelope.seal(name, value if problem is not None else read)
    return values
