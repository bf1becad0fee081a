"""Names that a scenario writes and the pack does not have."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from tuoban.kernel.definition import Text


def not_known(what: Text, name: str, known: Collection[str]) -> Text:
    """That there is nothing called so, with what is most like it.

    Args:
        what: what kind of thing it would be.
    """
    nearest = get_close_matches(name[:60], sorted(known), n=1, cutoff=0.5)
    zh, en = f"没有{what.zh}“{name}”", f"there is no {what.en} “{name}”"
    if nearest:
        zh, en = f"{zh}，最接近的是“{nearest[0]}”", f"{en}; the nearest is “{nearest[0]}”"
    return Text(zh, en)
