"""What was timed by whoever held a piece of work before: it goes on with the work to the next."""

from __future__ import annotations

import json
from typing import Any

from tuoban.runtime.cases.models import Draft
from tuoban.runtime.cases.stopwatch import BEGUN
from tuoban.runtime.people.models import User


def rows_of_others(item_id: int, name: str, user: User) -> list[dict[str, Any]]:
    """The stretches in the newest draft that somebody else has of the work; none where nobody has
    begun.

    Args:
        name: the list in which they stand.
    """
    others = Draft.objects.filter(item=item_id).exclude(user=user).order_by("-at", "-pk")
    text = others.values_list("data", flat=True).first()
    rows = json.loads(text).get(name) if text is not None else None
    kept = rows if isinstance(rows, list) else []
    return [row for row in kept if isinstance(row, dict) and row.get(BEGUN)]
