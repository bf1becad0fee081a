"""What every template of the desk may call: filters and functions beside those of the site."""

import uuid
from collections.abc import Callable, Mapping

from django.utils.translation import get_language

from tuoban.faces.desk.times import clock, moment, span
from tuoban.kernel.definition import Text


def text(label: Text) -> str:
    """The label in the language of the page."""
    return label.read(get_language() or "zh")


def new_key() -> str:
    """A fresh idempotency key for one rendered form."""
    return uuid.uuid4().hex


FILTERS: Mapping[str, Callable[..., object]] = {
    "clock": clock,
    "moment": moment,
    "span": span,
    "text": text,
}
FUNCTIONS: Mapping[str, Callable[..., object]] = {"new_key": new_key}
