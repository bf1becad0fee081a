"""What keeps an XML file from being read at all is told alike, whatever the file was to be."""

from __future__ import annotations

import pytest

from tuoban.kernel.bpmn import BpmnError, read_bpmn
from tuoban.kernel.dmn import DmnError, read_model

UNREADABLE = {
    "xml-empty": b"",
    "xml-malformed": b"<a b=1/>",
    "xml-unclosed": b"<a>\n  <b>",
    "xml-wrong-end": b"<a><b></a>",
    "xml-attribute-twice": b"<a b='1' b='2'/>",
    "xml-behind-end": b"<a/><b/>",
    "xml-unknown-entity": b"<a>&nobody;</a>",
    "xml-unknown-prefix": b"<a><x:b/></a>",
    "xml-encoding": b"<?xml version='1.0' encoding='no-such'?><a/>",
    "xml-doctype": b"\n <!DOCTYPE a><a/>",
    "xml-too-deep": b"<a>" * 100,
}


@pytest.mark.parametrize("code", UNREADABLE)
def test_a_file_that_is_not_read_has_the_same_problem_at_the_same_place(code: str) -> None:
    with pytest.raises(BpmnError) as of_bpmn:
        read_bpmn(UNREADABLE[code])
    with pytest.raises(DmnError) as of_dmn:
        read_model(UNREADABLE[code])
    (one,), (other,) = of_bpmn.value.problems, of_dmn.value.problems
    assert (one.code, one.place) == (code, other.place)
    for language in ("zh", "en"):
        assert one.read(language, "f") == other.read(language, "f")
