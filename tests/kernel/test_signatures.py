"""A signature is a name, a drawing or both; whatever else arrives is told as a problem."""

from __future__ import annotations

from typing import Any

import pytest

from tuoban.kernel.codec import decode, encode
from tuoban.kernel.signatures import LONGEST_NAME, MOST_STROKES, read_signature


@pytest.mark.parametrize(
    ("name", "strokes"),
    [
        ("王建国", None),
        (" 王建国 ", []),
        ("", [[[1, 2, 0], [3.5, -4, 9]]]),
        ("王建国", [[1, 2], [[3, 4]], []]),
    ],
)
def test_a_name_a_drawing_or_both_are_a_signature(name: str, strokes: Any) -> None:
    value, problem = read_signature("client", name, strokes)

    assert problem is None
    assert value == {"name": name.strip(), "strokes": strokes or []}
    assert decode(encode(value))["name"] == name.strip()


@pytest.mark.parametrize(("name", "strokes"), [("", None), ("  ", []), ("", ())])
def test_nothing_given_is_no_signature(name: str, strokes: Any) -> None:
    assert read_signature("client", name, strokes) == (None, None)


@pytest.mark.parametrize(
    ("name", "strokes", "code"),
    [
        ("王", [{"$n": "x"}], "signature-unreadable"),
        ("王", {"$n": "x"}, "signature-unreadable"),
        ("王", "strokes", "signature-unreadable"),
        ("王", 7, "signature-unreadable"),
        ("王", False, "signature-unreadable"),
        ("王", ["12"], "signature-unreadable"),
        ("王", [[True]], "signature-unreadable"),
        ("王", [[None]], "signature-unreadable"),
        ("王", [[["1", 2]]], "signature-unreadable"),
        ("王", [[[[1]]]], "signature-unreadable"),
        ("王", [[float("nan")]], "signature-unreadable"),
        ("王", [[float("inf")]], "signature-unreadable"),
        ("王", [[10**5000]], "signature-unreadable"),
        ("王", [[]] * (MOST_STROKES + 1), "signature-unreadable"),
        ("王", [[0] * 100_000], "too-long"),
        ("王" * (LONGEST_NAME + 1), None, "too-long"),
        ("王\x00", None, "not-text"),
        ("王\n国", None, "not-text"),
        ("王\ud800", None, "not-text"),
        ("\x1b[31m", None, "not-text"),
    ],
)
def test_what_is_no_signature_is_told_beside_it(name: str, strokes: Any, code: str) -> None:
    value, problem = read_signature("client", name, strokes)

    assert value is None
    assert problem is not None
    assert (problem.code, problem.place) == (code, "signature:client")
    assert problem.read("zh") != problem.read("en")
