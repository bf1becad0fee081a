"""Templates of letters: what is shipped, which place-holders each has, and what is wrong with words
that somebody wrote for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tuoban.kernel.refusals import Problem
from tuoban.kernel.text import Text
from tuoban.kernel.values import is_unwritable
from tuoban.services.channels.models import LONGEST_SUBJECT, LONGEST_TEXT

LANGUAGES = ("zh", "en")
ORGANISATION, MINUTES = "organisation", "minutes"

_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place-holder.

    Attributes:
        is_required: it must stand in the text.
        is_secret: its value is shown to nobody once the letter has gone out.
        sample: a value for a preview.
    """

    name: str
    label: Text
    sample: Text
    is_required: bool = False
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Worded:
    """A subject, which mail alone has, and a text, with place-holders."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of letter.

    Attributes:
        lasts_minutes: after which it does not go out any more; None: it never becomes stale.
        places: of which whoever writes it gives the values.
        shipped: its words by language.
    """

    key: str
    name: Text
    lasts_minutes: int | None
    places: Mapping[str, Place]
    shipped: Mapping[str, Worded]

    @property
    def all_places(self) -> Mapping[str, Place]:
        """With those whose values follow by themselves."""
        own = [_ORGANISATION]
        if self.lasts_minutes is not None:
            count = str(self.lasts_minutes)
            label = Text("几分钟内有效", "Minutes it is valid for")
            own.append(Place(MINUTES, label, Text(count, count)))
        return {**self.places, **{each.name: each for each in own}}


_ORGANISATION = Place(
    ORGANISATION,
    Text("本单位的名称", "The organisation's name"),
    Text("妥办服务", "Tuoban Services"),
)


@cache
def templates() -> Mapping[str, Template]:
    """Everything that is shipped, by its key."""
    text = Path(__file__).with_name("shipped.yaml").read_text("utf-8")
    found = YAML(typ="safe", pure=True).load(text)
    return {key: _template(key, entry) for key, entry in found.items()}


def _template(key: str, entry: Mapping[str, Any]) -> Template:
    return Template(
        key,
        Text(**entry["name"]),
        entry.get("lasts_minutes"),
        {name: _place(name, each) for name, each in entry["places"].items()},
        {language: Worded(**entry[language]) for language in LANGUAGES},
    )


def _place(name: str, entry: Mapping[str, Any]) -> Place:
    is_secret = bool(entry.get("secret"))
    return Place(
        name,
        Text(entry["zh"], entry["en"]),
        Text(entry["sample"], entry.get("sample_en", entry["sample"])),
        is_required=is_secret or bool(entry.get("required")),
        is_secret=is_secret,
    )


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with values in their place-holders; what stands in a value is not looked at."""
    return _PLACE.sub(lambda found: values[found[1]], words)


def problems_of(template: Template, words: Worded) -> tuple[Problem, ...]:
    """Everything that is wrong with words for a template, beside `subject` or `text`."""
    found = [*_length("subject", words.subject, LONGEST_SUBJECT)]
    found += _length("text", words.text, LONGEST_TEXT)
    found += _places("subject", words.subject, template)
    found += _places("text", words.text, template)
    if any(each == "\n" or is_unwritable(each) for each in words.subject):
        found.append(_problem("subject", _ONE_LINE))
    if any(is_unwritable(each) for each in words.text):
        found.append(_problem("text", _UNWRITABLE))
    there = set(_PLACE.findall(words.text))
    missing = [p for p in template.places.values() if p.is_required and p.name not in there]
    found += [_problem("text", _MISSING, name=each.name, label=each.label) for each in missing]
    return tuple(found)


def _length(place: str, text: str, limit: int) -> Iterator[Problem]:
    if not text.strip():
        yield _problem(place, _EMPTY)
    elif len(text) > limit:
        yield Problem("too-long", place, {"limit": limit, "length": len(text)})


def _places(place: str, text: str, template: Template) -> Iterator[Problem]:
    known = template.all_places
    for name in dict.fromkeys(_PLACE.findall(text)):
        if name not in known:
            names = Text(*(mark.join(f"{{{each}}}" for each in known) for mark in ("、", ", ")))
            yield _problem(place, _UNKNOWN, name=name, known=names)
        elif place == "subject" and known[name].is_secret:
            yield _problem(place, _SECRET, name=name)
    if set("{}") & set(_PLACE.sub("", text)):
        yield _problem(place, _BRACE)


def _problem(place: str, words: Text, **facts: str | Text) -> Problem:
    def read(language: str) -> str:
        told = {k: v.read(language) if isinstance(v, Text) else v for k, v in facts.items()}
        return words.read(language).format(**told)

    return Problem("rule", place, {"text": Text(read("zh"), read("en"))})


_EMPTY = Text("请填写。", "Please fill this in.")
_UNKNOWN = Text(
    "没有 {{{name}}} 这个占位符；可用的有：{known}。",
    "There is no place-holder {{{name}}}; there are: {known}.",
)
_MISSING = Text(
    "缺少 {{{name}}}（{label}）：没有它，这条消息就没有用了。",
    "{{{name}}} is missing ({label}): without it the message is of no use.",
)
_SECRET = Text(
    "标题里不能有 {{{name}}}：这是只给收件人看的，请写在正文里。",
    "{{{name}}} cannot stand in the subject: it is for whoever gets it alone. Put it in the text.",
)
_BRACE = Text(
    "花括号要成对，中间写占位符的名字，例如 {{organisation}}。",
    "Braces come in pairs around the name of a place-holder, such as {{organisation}}.",
)
_ONE_LINE = Text("标题只能有一行。", "A subject has one line.")
_UNWRITABLE = Text(
    "有看不见的控制字符，请删掉。", "There are invisible control characters; remove them."
)
