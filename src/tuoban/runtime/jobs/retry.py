"""What failed is kept, in words that people read, and tried again with growing pauses."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text

_FIRST = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
MOST = 2_000
"""Characters that are kept of an error."""


def back_off(attempts: int) -> timedelta:
    """The pause after this many failed attempts: 10 seconds, doubled each time, at most an hour."""
    doublings = min(attempts - 1, 10)
    return min(_FIRST * (1 << doublings), LONGEST_PAUSE)


def told(error: Exception) -> str:
    """What a row keeps of an error: its words, as `why` reads them."""
    return keeps(in_words(error))


def keeps(words: Text) -> str:
    """What a row keeps of why something failed."""
    return json.dumps([words.zh, words.en], ensure_ascii=False)


def why(kept: str) -> Text | None:
    """Why it failed, from what a row keeps of it; None: it did not. Rows of earlier versions keep
    one text, which is read as it stands."""
    if not kept:
        return None
    return Text(*json.loads(kept)) if kept.startswith("[") else Text(kept, kept)


def in_words(error: Exception) -> Text:
    """Why it failed and what to do, as people read it: a refusal in its own words, entry by entry
    where a form does not fit; what brings its own `text` in that; anything else by its name, for
    whoever administers the system."""
    if isinstance(error, Refused):
        zh, en = (_read(error, language)[:MOST] for language in ("zh", "en"))
        return Text(zh, en)
    known = getattr(error, "text", None)
    if isinstance(known, Text):
        return known
    plain = f"{type(error).__name__}: {error}"[:MOST]
    return Text(
        f"系统内部出错，请联系管理员查看日志（{plain}）",
        f"A fault inside the system: ask whoever administers it to look at the log ({plain})",
    )


def _read(refused: Refused, language: str) -> str:
    problems = [each.read(language) for each in refused.problems]
    return " ".join(problems) or refused.read(language)


def put_off(tried: QuerySet[Any], error: Exception, at: datetime) -> bool:
    """Keep that the one row `tried` failed at `at`, and when it is tried again; nothing else of it
    is written. Where it is gone by now there is nothing to keep. Whether it failed for the first
    time."""
    attempts = (tried.values_list("attempts", flat=True).first() or 0) + 1
    kept = tried.update(attempts=attempts, next_try_at=at + back_off(attempts), error=told(error))
    return bool(kept) and attempts == 1
