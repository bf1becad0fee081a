"""The same request sent twice answers the first result.

A key belongs to the actor who chose it. The row is written at the beginning of the command's
transaction: a second request with the key waits for the first one's end, and then finds either its
answer, or, after a refusal, nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from tuoban.kernel.codec import encode
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import KEY, CommandKey
from tuoban.runtime.cases.refusals import RuntimeRefused

KEPT = timedelta(days=30)
"""How long an answer is kept; a request repeated later than that is carried out as a new one."""


def begin(actor: str, key: str, request: Any, at: datetime) -> dict[str, Any] | None:
    """Reserve the key for this request, or return the answer it got before.

    Args:
        request: what is asked for, as values of the kernel; equal values are the same request.

    Raises:
        RuntimeRefused: `key-malformed`, or `key-reused` for another request.
    """
    if not 1 <= len(key) <= KEY or not key.isprintable():
        raise RuntimeRefused("key-malformed", {"limit": KEY})
    digest = _digest(request)
    row = CommandKey(actor=actor, key=key, request_digest=digest, at=at)
    CommandKey.objects.bulk_create([row], ignore_conflicts=True)
    kept = CommandKey.objects.values_list("request_digest", "answer")
    request_digest, text = kept.get(actor=actor, key=key)
    if request_digest != digest:
        raise RuntimeRefused("key-reused")
    if not text:
        return None
    answer: dict[str, Any] = json.loads(text)
    return answer


def finish(actor: str, key: str, answer: dict[str, Any]) -> None:
    CommandKey.objects.filter(actor=actor, key=key).update(answer=canonical.dump(answer))


def forget(at: datetime) -> int:
    """Delete the answers that have been kept for long enough; how many those were."""
    return CommandKey.objects.filter(at__lt=at - KEPT).delete()[0]


def _digest(request: Any) -> str:
    # Keyed, because a request may hold personal values, which a plain digest would let one guess.
    # Half characters pass here: that they are no text is the decision's to say.
    text = canonical.dump(_plain(request)).encode("utf-8", "surrogatepass")
    return salted_hmac("tuoban.command-key", text, algorithm="sha256").hexdigest()


def _plain(request: Any) -> Any:
    """The request as JSON. Its mappings may have any keys: they are as they were sent."""
    if isinstance(request, Mapping):
        return [[str(key), _plain(request[key])] for key in sorted(request, key=str)]
    if isinstance(request, list | tuple):
        return [_plain(each) for each in request]
    return encode(request)
