"""The verbs of this service: writing a letter, and wording a template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from tuoban.kernel.definition import MAIL, SMS
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.kernel.text import Text
from tuoban.kernel.values import BadValue, is_unwritable, phone_number
from tuoban.runtime.cases import policy
from tuoban.runtime.cases.busy import refused_when_busy
from tuoban.runtime.cases.outbox.addresses import of_user
from tuoban.runtime.cases.outbox.writing import HIDDEN, LONGEST_KEY, Address, Words, queue
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.people.models import User
from tuoban.runtime.people.queries import all_units
from tuoban.runtime.people.service import is_address
from tuoban.services.channels.models import Wording
from tuoban.services.channels.templates import (
    LANGUAGES,
    MINUTES,
    ORGANISATION,
    Template,
    Worded,
    filled,
    problems_of,
    templates,
)

__all__ = ["Address", "reset", "word", "worded", "write", "write_sample"]

_NO_MAIL = Text("这不是电子邮箱地址。", "This is no e-mail address.")


def write(
    template: str,
    to: Address,
    values: Mapping[str, str],
    *,
    language: str,
    key: str,
    at: datetime,
    case: int | None = None,
) -> int:
    """Queue a letter made from a template, in the caller's transaction; the number of its row in
    the outbox. A key that was used before writes nothing and answers the first row.

    It becomes stale after the minutes that its template lasts, and does not go out any more. What
    is secret in it is forgotten as soon as it went out or never will.

    Args:
        values: one for each place-holder of the template.
        language: `zh` or `en`.
        key: whatever makes it this letter and no other, such as `code-17-2`; nothing secret.
        case: the id of the case it has to do with, whose people see it in their outbox.

    Raises:
        Refused: `invalid`, at `to`: it is no number or address.
        ValueError: no such template, language or channel; a value is missing, empty or too much;
            the key is empty or too long.
    """
    found = templates().get(template)
    if found is None or language not in LANGUAGES or not 1 <= len(key) <= LONGEST_KEY:
        raise ValueError(f"no letter can be written: {template}, {language}, {key}")
    given = {name: _one_line(value) for name, value in values.items()}
    if given.keys() != found.places.keys() or not all(given.values()):
        raise ValueError(f"{template} needs {', '.join(found.places)}; given: {', '.join(given)}")
    lasts = found.lasts_minutes
    return queue(
        template,
        _checked(to),
        words_of(found, worded(found, language), given, language),
        key=key,
        at=at,
        stale_at=at + timedelta(minutes=lasts) if lasts is not None else None,
        case=case,
    )


def write_sample(
    template: Template, language: str, channel: str, *, by: User, key: str, at: datetime
) -> int:
    """Queue a letter of samples, in which nothing is secret, to whoever asks for it, with the words
    that count now.

    Raises:
        Refused: `not-staff`; `invalid`, at `to`: no number or address of theirs is known.
    """
    _check_administrator(by)
    return queue(
        template.key,
        _checked(Address(channel, of_user(by, channel))),
        sample_of(template, worded(template, language), language),
        key=f"sample-{by.pk}-{key}"[:LONGEST_KEY],
        at=at,
    )


def sample_of(template: Template, words: Worded, language: str) -> Words:
    """What a letter of samples says."""
    samples = {name: place.sample.read(language) for name, place in template.places.items()}
    made = words_of(template, words, samples, language)
    return Words(language, made.subject, made.text, made.text)


def words_of(template: Template, words: Worded, values: Mapping[str, str], language: str) -> Words:
    """What a letter says."""
    given = {**values, ORGANISATION: organisation().read(language)}
    if template.lasts_minutes is not None:
        given[MINUTES] = str(template.lasts_minutes)
    secret = [name for name, place in template.places.items() if place.is_secret]
    return Words(
        language,
        filled(words.subject, given),
        filled(words.text, given),
        filled(words.text, {**given, **dict.fromkeys(secret, HIDDEN)}),
        tuple(given[name] for name in secret),
    )


def worded(template: Template, language: str) -> Worded:
    """The words that count: the organisation's own, else those that are shipped."""
    own = Wording.objects.filter(template=template.key, language=language).first()
    return Worded(own.subject, own.text) if own is not None else template.shipped[language]


def organisation() -> Text:
    """How the organisation is called: by the name of its first unit without one above."""
    roots = [unit for unit in all_units() if unit.parent_id is None]
    return min(roots, key=lambda unit: unit.pk).name if roots else Text("妥办", "Tuoban")


@refused_when_busy()
@transaction.atomic
def word(template: Template, language: str, words: Worded, *, by: User, at: datetime) -> None:
    """Let an organisation's own words count for letters written from now on.

    Raises:
        Refused: `not-staff`; `invalid`, with every problem beside `subject` or `text`.
    """
    _check_administrator(by)
    problems = problems_of(template, words)
    if problems:
        raise refuse_invalid(list(problems))
    Wording.objects.update_or_create(
        template=template.key,
        language=language,
        defaults={
            "subject": words.subject,
            "text": words.text,
            "changed_at": at,
            "changed_by": by,
        },
    )


@refused_when_busy()
@transaction.atomic
def reset(template: Template, language: str, *, by: User) -> None:
    """Let the words that are shipped count again.

    Raises:
        Refused: `not-staff`.
    """
    _check_administrator(by)
    Wording.objects.filter(template=template.key, language=language).delete()


def _check_administrator(by: User) -> None:
    if not policy.is_administrator(by):
        raise RuntimeRefused("not-staff")


def _checked(to: Address) -> Address:
    """The number or address as it is kept."""
    if to.channel == SMS:
        try:
            return Address(SMS, phone_number(to.value))
        except BadValue as bad:
            raise refuse_invalid([Problem(bad.code, "to")]) from bad
    if to.channel != MAIL:
        raise ValueError(f"no such channel: {to.channel}")
    if not is_address(to.value):
        raise refuse_invalid([Problem("rule", "to", {"text": _NO_MAIL})])
    return to


def _one_line(value: str) -> str:
    return " ".join("".join(" " if is_unwritable(each) else each for each in value).split())
