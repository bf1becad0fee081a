"""Mappings laid over one another say what a copy of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tuoban.kernel.language.layers import Layered, Same

NAMES = st.sampled_from("abcdef")
SOME = st.dictionaries(NAMES, st.integers())


@given(under=SOME, over=SOME, without=st.sets(NAMES))
def test_a_layer_is_what_a_copy_would_be(
    under: dict[str, int], over: dict[str, int], without: set[str]
) -> None:
    copied = {name: each for name, each in under.items() if name not in without} | over
    layered = Layered(under, over, without)
    assert layered == copied
    assert len(layered) == len(copied)
    assert {name for name in "abcdef" if name in layered} == copied.keys()


@given(one=SOME, other=SOME, but=NAMES)
def test_one_value_stands_under_every_name_but_one(
    one: dict[str, int], other: dict[str, int], but: str
) -> None:
    same = Same("no", (one, other), but)
    copied = dict.fromkeys((one.keys() | other.keys()) - {but}, "no")
    assert same == copied
    assert len(same) == len(copied)
