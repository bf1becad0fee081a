"""To which number or address a row of the outbox goes, and in which words."""

from __future__ import annotations

import json

from tuoban.kernel.codec import decode
from tuoban.kernel.definition import Definition
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions, states
from tuoban.runtime.cases.messages import in_full, message_of
from tuoban.runtime.cases.models import Case, Outgoing
from tuoban.runtime.cases.notice_texts import TEXTS
from tuoban.runtime.cases.outbox import writing
from tuoban.runtime.cases.outbox.addresses import of_role, of_user
from tuoban.runtime.cases.outbox.carriers import Letter
from tuoban.runtime.cases.personal import open_values


def letter_of(row: Outgoing, address: str) -> Letter:
    """What is carried to this number or address, the same whenever it is asked for."""
    if row.written is not None:
        return Letter(row.key, address, row.written.subject, writing.whole(row.written), row.at)
    case, language = _case_of(row), _language(row)
    title = definitions.compiled(case.definition).title.read(language)
    return Letter(row.key, address, f"{title} {case.number}", text_of(row).read(language), row.at)


def address_of(row: Outgoing) -> str:
    """To which number or address it goes, as it is known now; empty: none is."""
    if row.written is not None:
        return row.written.address
    if row.user is not None:
        return of_user(row.user, row.channel)
    case = _case_of(row)
    definition = definitions.compiled(case.definition)
    state = states.read(case, definition)
    return of_role(definition, state, open_values([case.pk]), row.role, row.channel)


def text_of(row: Outgoing) -> Text:
    """What it says, personal values opened; what is secret stays hidden."""
    if row.written is not None:
        return writing.shown(row.written)
    case, definition = _case_of(row), _definition(row)
    message = message_of(definition, row.node)
    if message is None:
        label = definition.label_of(row.node)
        words, number = TEXTS["told"], case.number
        return Text(
            f"{number}：{words.zh.format(step=label.zh)}",
            f"{number}: {words.en.format(step=label.en)}",
        )
    values = decode(json.loads(row.values))
    return in_full(definition, message, values, case.unit.zone, open_values([case.pk]))


def _language(row: Outgoing) -> str:
    """A user's own; to others the process speaks its own."""
    spoken = row.user.language if row.user is not None else _definition(row).language
    return "en" if spoken == "en" else "zh"


def _definition(row: Outgoing) -> Definition:
    return definitions.load(_case_of(row).definition.slug, row.version)


def _case_of(row: Outgoing) -> Case:
    """The case whose step tells it."""
    if row.case is None:
        raise LookupError(f"outgoing {row.pk} is told by no case")
    return row.case
