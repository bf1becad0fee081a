"""No template shows text that does not pass through the translations."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

import tuoban

_TEMPLATES = sorted(Path(tuoban.__file__).parent.glob("faces/*/templates/**/*.html"))
# The product's name and the names of languages are the same in every language.
_SAME_IN_EVERY_LANGUAGE = re.compile(r"妥办|Tuoban|妥|简体中文|中文|English")
# A macro may write the attributes of a tag that its caller writes.
_ATTRIBUTES = re.compile(r"""(?:[\w-]+="[^"]*"\s*)+""")
_SHOWN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title"}
_NOT_SHOWN_OR_KEYS = {"code", "kbd", "script", "style"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class _ShownText(HTMLParser):
    """Collects the words that a reader of the page would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append(tag)
        self.texts += [value for name, value in attrs if value and name in _SHOWN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not _NOT_SHOWN_OR_KEYS & set(self._open):
            self.texts.append(data)


def _literal_html(source: str) -> str:
    """The template without its expressions, statements, comments and translated blocks."""
    literal: list[str] = []
    statement: list[str] = []
    in_translation = False
    for _, kind, value in Environment(autoescape=True).lex(source):
        if kind == "data" and not in_translation:
            literal.append(value)
        elif kind == "block_begin":
            statement = []
        elif kind == "name":
            statement.append(value)
        elif kind == "block_end" and statement[:1] in (["trans"], ["endtrans"]):
            in_translation = statement[0] == "trans"
    return "".join(literal)


def _untranslated(source: str) -> Iterator[str]:
    reader = _ShownText()
    reader.feed(_literal_html(source))
    reader.close()
    for text in reader.texts:
        words = _SAME_IN_EVERY_LANGUAGE.sub("", text).strip()
        if any(map(str.isalpha, words)) and not _ATTRIBUTES.fullmatch(words):
            yield words


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_text_of_its_own(template: Path) -> None:
    assert list(_untranslated(template.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Save</p>",
        "<p>{{ _('Save') }} now</p>",
        "<input placeholder='Name'>",
        "{% trans %}Save{% endtrans %}<b>now</b>",
    ],
)
def test_text_outside_the_translations_is_found(source: str) -> None:
    assert len(list(_untranslated(source))) == 1
