"""Every text of the interface exists in English (in the source) and in Chinese (the catalogue)."""

import re

from babel.messages.catalog import Message

from scripts.messages import Wording, chinese_catalogue, texts_in_source

_HAN = re.compile(r"[\u3400-\u9fff]")
_NAMELESS_PLACEHOLDER = re.compile(r"%[sdr]|\{\}")


def _first(wording: Wording) -> str:
    return wording if isinstance(wording, str) else wording[0]


def _is_complete(message: Message) -> bool:
    written = message.string or ""
    return all([written] if isinstance(written, str) else written) and not message.fuzzy


def test_every_text_in_the_source_is_translated_into_chinese() -> None:
    catalogue = chinese_catalogue()
    translated = {(item.context, _first(item.id)) for item in catalogue if _is_complete(item)}
    assert [
        f"{place}: {wording}"
        for place, context, wording in texts_in_source()
        if (context, _first(wording)) not in translated
    ] == []


def test_the_chinese_catalogue_holds_nothing_that_the_source_no_longer_says() -> None:
    said = {(context, _first(wording)) for _, context, wording in texts_in_source()}
    assert [
        item.id
        for item in chinese_catalogue()
        if item.id and (item.context, _first(item.id)) not in said
    ] == []


def test_a_translation_has_the_placeholders_of_its_text() -> None:
    catalogue = chinese_catalogue()
    assert [f"{item.id}: {error}" for item in catalogue for error in item.check(catalogue)] == []


def test_texts_are_english_and_name_their_placeholders() -> None:
    assert [
        f"{place}: {wording}"
        for place, _, wording in texts_in_source()
        if _HAN.search(_first(wording)) or _NAMELESS_PLACEHOLDER.search(_first(wording))
    ] == []
