"""Notices about indicators, as people read them."""

from __future__ import annotations

import json

from tuoban.kernel.codec import decode
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.indicators import words
from tuoban.runtime.cases.indicators.telling import TEXTS
from tuoban.runtime.cases.models import Notice
from tuoban.runtime.cases.queries.rows import NoticeRow


def of_indicator(row: Notice) -> NoticeRow:
    """The row of a notice that is about an indicator, in the words of the version that was
    measured."""
    facts = json.loads(row.facts)
    definition = definitions.load(facts["pack"], facts["version"])
    indicator = definition.indicators[facts["indicator"]]
    found: list[Text] = []
    for group, value in facts["found"]:
        shown = words.in_words(indicator, decode(value))
        if group is not None:
            name = words.group_in_words(indicator, group)
            shown = Text(f"{name.zh} {shown.zh}", f"{name.en} {shown.en}")
        found.append(shown)
    target = words.target_in_words(indicator)
    more = facts["more"]
    zh = "、".join(each.zh for each in found) + (f" 等另外 {more} 组" if more else "")
    en = ", ".join(each.en for each in found) + (f" and {more} more" if more else "")
    found_text = Text(f"{zh}（目标 {target.zh}）", f"{en} (target {target.en})")
    text, label = TEXTS[row.code], indicator.label
    return NoticeRow(
        notice_id=row.pk,
        case_id=0,
        item_id=None,
        number="",
        title=definition.title.zh if definition.language == "zh" else definition.title.en,
        sentence=Text(
            text.zh.format(name=label.zh, found=found_text.zh),
            text.en.format(name=label.en, found=found_text.en),
        ),
        code=row.code,
        at=row.at,
        read=row.read_at is not None,
        process=facts["pack"],
    )
