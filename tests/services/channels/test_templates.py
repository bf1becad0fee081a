"""Templates: what is shipped is right, and what an organisation words is checked."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE, Shop, refusal
from tuoban.kernel.refusals import Refused
from tuoban.services.channels import service
from tuoban.services.channels.models import Wording
from tuoban.services.channels.sms import Length, length_of
from tuoban.services.channels.templates import LANGUAGES, Template, Worded, problems_of, templates

CODE = templates()["one-time-code"]


@pytest.mark.parametrize("template", templates().values(), ids=lambda each: each.key)
def test_what_is_shipped_has_nothing_wrong_and_every_place_in_both_languages(
    template: Template,
) -> None:
    for language in LANGUAGES:
        words = template.shipped[language]
        assert problems_of(template, words) == ()
        for name in template.places:
            assert f"{{{name}}}" in words.text


def said(refused: Refused, place: str, language: str = "en") -> list[str]:
    return [each.read(language) for each in refused.problems if each.place == place]


def word(shop: Shop, subject: str, text: str, who: str = "root") -> None:
    service.word(CODE, "en", Worded(subject, text), by=shop[who], at=NINE)


def test_unknown_and_missing_places_are_told_at_once(shop: Shop) -> None:
    refused = refusal(lambda: word(shop, "Code {code}", "Hello {name}, use it {soon}"))
    assert said(refused, "subject") == [
        "{code} cannot stand in the subject: it is for whoever gets it alone. Put it in the text."
    ]
    known = "{code}, {organisation}, {minutes}"
    assert said(refused, "text") == [
        f"There is no place-holder {{name}}; there are: {known}.",
        f"There is no place-holder {{soon}}; there are: {known}.",
        "{code} is missing (The code): without it the message is of no use.",
    ]
    assert said(refused, "text", "zh")[2] == "缺少 {code}（验证码）：没有它，这条消息就没有用了。"
    assert not Wording.objects.exists()


def test_braces_length_and_lines_are_checked(shop: Shop) -> None:
    refused = refusal(lambda: word(shop, "a\nb", "{code} }" + "x" * 1000))
    assert said(refused, "subject") == ["A subject has one line."]
    assert said(refused, "text") == [
        "At most 1000 characters; there are 1008.",
        "Braces come in pairs around the name of a place-holder, such as {organisation}.",
    ]
    assert said(refusal(lambda: word(shop, "", "{code}")), "subject") == ["Please fill this in."]


def test_own_words_count_until_they_are_reset(shop: Shop) -> None:
    word(shop, "Hello", "Use {code}")
    word(shop, "Hello", "Use {code} now")
    assert service.worded(CODE, "en") == Worded("Hello", "Use {code} now")
    assert service.worded(CODE, "zh") == CODE.shipped["zh"]
    assert refusal(lambda: service.reset(CODE, "en", by=shop["mei"])).code == "not-staff"
    service.reset(CODE, "en", by=shop["root"])
    assert service.worded(CODE, "en") == CODE.shipped["en"]


def test_administrators_alone_word_them(shop: Shop) -> None:
    assert refusal(lambda: word(shop, "Hello", "{code}", who="mei")).code == "not-staff"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length(0, 160, 1)),
        ("a" * 160, Length(160, 160, 1)),
        ("a" * 161, Length(161, 153, 2)),
        ("a" * 306 + "€", Length(308, 153, 3)),
        ("字" * 70, Length(70, 70, 1)),
        ("字" * 71, Length(71, 67, 2)),
        ("字" * 134, Length(134, 67, 2)),
        ("a" * 69 + "😀", Length(71, 67, 2)),
    ],
)
def test_the_parts_of_a_text_message(text: str, length: Length) -> None:
    assert length_of(text) == length
