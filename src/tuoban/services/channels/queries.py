"""What people see of templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuoban.kernel.text import Text
from tuoban.services.channels.models import Wording
from tuoban.services.channels.service import sample_of, worded
from tuoban.services.channels.sms import Length, length_of
from tuoban.services.channels.templates import LANGUAGES, Template, Worded, templates


@dataclass(frozen=True, slots=True)
class Example:
    """Words as they would go out, with sample values."""

    subject: str
    text: str
    length: Length
    """Of the text as an SMS."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Who worded it, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template with its words by language, and in which languages they are the organisation's
    own."""

    key: str
    name: Text
    words: tuple[tuple[str, Example], ...]
    own: tuple[str, ...]


def listed() -> tuple[TemplateRow, ...]:
    """Every template."""
    own = set(Wording.objects.values_list("template", "language"))
    return tuple(
        TemplateRow(
            each.key,
            each.name,
            tuple(
                (language, example(each, worded(each, language), language))
                for language in LANGUAGES
            ),
            tuple(language for language in LANGUAGES if (each.key, language) in own),
        )
        for each in templates().values()
    )


def example(template: Template, words: Worded, language: str) -> Example:
    """Words in which nothing is wrong, with the samples of their place-holders."""
    made = sample_of(template, words, language)
    return Example(made.subject, made.text, length_of(made.text))


def changed(template: Template, language: str) -> Changed | None:
    """Who worded a template; None: its words are those that are shipped."""
    rows = Wording.objects.filter(template=template.key, language=language)
    row = rows.select_related("changed_by").first()
    return Changed(str(row.changed_by), row.changed_at) if row is not None else None
