"""Reading what a form of the desk sends."""

import pytest
from django.http import QueryDict

from tuoban.faces import posted
from tuoban.runtime.cases.service import SignatureInput


def form(**entries: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "."): value for name, value in entries.items()})
    return data


def test_entries_are_told_apart_by_their_names() -> None:
    data = form(f__price="80", check__2="1", outcome="found", reason="x")
    assert posted.field_values(data) == {"price": "80"}
    assert posted.ticked(data) == {"2"}
    assert posted.draft(data) == {"price": "80", "check:2": "1", "outcome:": "found"}


def test_the_cells_of_a_list_come_as_rows_with_their_keys() -> None:
    data = QueryDict(mutable=True)
    data.update({"f.lines": "", "f.lines.7.what": "a", "f.lines.+1.what": "b", "f.lines.7.n": "2"})
    data.update({"f.tags": "", "f.tags.+1.": "red", "f.none": ""})
    lines = [{"#": "7", "what": "a", "n": "2"}, {"#": "+1", "what": "b"}]
    read = {"lines": lines, "tags": [{"#": "+1", "": "red"}], "none": ""}
    assert posted.field_values(data) == read
    assert posted.edit_rows(read, "lines")["lines"] == [*lines, {}]
    assert posted.edit_rows(read, "lines.7")["lines"] == lines[1:]
    assert posted.edit_rows(read, "none")["none"] == [{}]
    assert posted.edit_rows(read, "nothing") == read
    assert posted.as_text(lines) == "a, 2; b"


def test_a_role_signs_with_a_name_or_a_drawing() -> None:
    data = form(sign__a__name=" 王 ", sign__b__strokes="[[[1,2,3]]]", sign__c__name=" ")
    assert posted.signatures(data) == {
        "a": SignatureInput("王", None),
        "b": SignatureInput("", [[[1, 2, 3]]]),
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nonsense",
        "{}",
        "[[[1,2]]]",
        '[[["1",2,3]]]',
        "[[[1.5,2,3]]]",
        "[[[true,2,3]]]",
        "[" * 5000,
        "[" + "[[1,2,3]]," * 30_000 + "[[1,2,3]]]",
    ],
)
def test_what_no_pad_sends_is_nothing_drawn(text: str) -> None:
    assert posted.read_strokes(text) is None
