"""What can be wrong with a pack: every code with its text in both languages, zh first.

`{...}` are the facts of the problem. The codes of a family stand in a module. A test keeps these
tables and the codes that are raised together; the codes of expressions stand with the expressions.
"""

from __future__ import annotations

from tuoban.kernel.decisions import TEXTS as DECISIONS
from tuoban.kernel.joining import joined
from tuoban.kernel.language.notation_texts import NOTATION, Texts
from tuoban.kernel.language.tables.texts import ALREADY_TOLD, TABLES
from tuoban.kernel.language.texts import (
    activities,
    calls,
    documents,
    every_step,
    fields,
    header,
    indicators,
    keys,
    limits,
    messages,
    names,
    papers,
    people,
    personal,
    process,
    reading,
    variants,
    waiting,
)
from tuoban.kernel.language.texts.words import WORDS

__all__ = ["AT_STEP", "DID_YOU_MEAN", "TEXTS", "THE_WAY", "WORDS"]

THE_WAY = ("走到这里：{path}。", " The way there: {path}.")

AT_STEP = ("（用于步骤“{step}”时）", " (for the step “{step}”)")

DID_YOU_MEAN = ("是否想写“{nearest}”？", " Did you mean “{nearest}”?")

TEXTS: Texts = joined(
    activities.TEXTS,
    calls.TEXTS,
    documents.TEXTS,
    every_step.TEXTS,
    fields.TEXTS,
    header.TEXTS,
    indicators.TEXTS,
    keys.TEXTS,
    limits.TEXTS,
    messages.TEXTS,
    names.TEXTS,
    papers.TEXTS,
    people.TEXTS,
    personal.TEXTS,
    process.TEXTS,
    reading.TEXTS,
    variants.TEXTS,
    waiting.TEXTS,
    NOTATION,
    TABLES,
    {code: DECISIONS[code] for code in DECISIONS if code not in ALREADY_TOLD},
)
