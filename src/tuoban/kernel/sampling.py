"""`sample(50)`: whether a case is one of the so many in a hundred that something is done for.

It is settled by the case's number, so that it needs no chance, and a journal folds as it was made:
the same case is always in the sample or out of it, and one of 20 per cent lies within one of 50.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from tuoban.kernel.expressions import BOOLEAN, Function, function_to

SAMPLE = "sample"
SHAPE = function_to(BOOLEAN)

_FINE = 10_000


def sampler(number: str) -> Function:
    """The function as a value of an expression, for the case of this number."""
    digest = hashlib.sha256(number.encode()).digest()
    place = Decimal(int.from_bytes(digest[:8], "big") % _FINE) / (_FINE // 100)

    def sample(percent: Any) -> bool | None:
        return place < percent if isinstance(percent, Decimal) else None

    return Function(("percent",), sample)
