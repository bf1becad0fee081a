"""The same request sent twice answers the first result.

A key belongs to the actor who chose it. The row is written at the beginning of the command's
transaction: a second request with the key waits for the first one's end, and then finds either its
answer, or, after a refusal, nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings

from tuoban.kernel.codec import encode
from tuoban.runtime import driver
from tuoban.runtime.cases import canonical
from tuoban.runtime.cases.models import KEY, CommandKey
from tuoban.runtime.cases.refusals import RuntimeRefused
from tuoban.runtime.cases.store.tables import insert, update

KEPT = timedelta(days=30)
"""How long an answer is kept; a request repeated later than that is carried out as a new one."""


def begin(actor: str, key: str, request: Any, at: datetime) -> dict[str, Any] | None:
    """Reserve the key for this request, or return the answer it got before.

    Args:
        request: what is asked for, as values of the kernel; equal values are the same request.

    Raises:
        RuntimeRefused: `key-malformed`, or `key-reused` for another request.
    """
    check_key(key)
    digest = _digest(request)
    kept = {"actor": actor, "key": key, "request_digest": digest, "at": at}
    if driver.write(*insert(CommandKey, kept, unless_there=True)):
        return None
    before = CommandKey.objects.values_list("request_digest", "answer")
    request_digest, text = before.get(actor=actor, key=key)
    if request_digest != digest:
        raise RuntimeRefused("key-reused")
    if not text:
        return None
    answer: dict[str, Any] = json.loads(text)
    return answer


def check_key(key: str) -> None:
    """
    Raises:
        RuntimeRefused: `key-malformed`.
    """
    if not 1 <= len(key) <= KEY or not key.isprintable():
        raise RuntimeRefused("key-malformed", {"limit": KEY})


def finish(actor: str, key: str, answer: dict[str, Any]) -> None:
    given = {"answer": canonical.to_text(answer)}
    driver.write(*update(CommandKey, given, {"actor": actor, "key": key}))


def forget(at: datetime) -> int:
    """Delete the answers that have been kept for long enough; how many those were."""
    return CommandKey.objects.filter(at__lt=at - KEPT).delete()[0]


def _digest(request: Any) -> str:
    # Keyed, because a request may hold personal values, which a plain digest would let one guess.
    # Half characters pass here: that they are no text is the decision's to say.
    text = canonical.dump(_plain(request)).encode("utf-8", "surrogatepass")
    keyed = _keyed(settings.SECRET_KEY).copy()
    keyed.update(text)
    return keyed.hexdigest()


@lru_cache(maxsize=1)
def _keyed(secret: str) -> hmac.HMAC:
    """What a digest begins with, keyed as Django's `salted_hmac` does it."""
    key = hashlib.sha256(b"tuoban.command-key" + secret.encode()).digest()
    return hmac.new(key, digestmod="sha256")


def _plain(request: Any) -> Any:
    """The request as JSON. Its mappings may have any keys: they are as they were sent."""
    if request is None or isinstance(request, (str, int)):
        return request
    if isinstance(request, (list, tuple)):
        return [each if type(each) is str else _plain(each) for each in request]
    if isinstance(request, (dict, Mapping)):  # what it mostly is, is told sooner
        return [[str(key), _plain(request[key])] for key in sorted(request, key=str)]
    return encode(request)
