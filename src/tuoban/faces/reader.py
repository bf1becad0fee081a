"""Who reads the page: in which language, and what reads so."""

from django.utils.translation import get_language

from tuoban.kernel.clocks import ClockError, read_length
from tuoban.kernel.definition import Text


def page_language() -> str:
    """The language of the page: `en`, or one of Chinese."""
    return get_language() or "zh"


def text(label: Text) -> str:
    """The label in the language of the page."""
    return label.read(page_language())


def in_units(typed: str) -> str:
    """A length of time as it stands in an entry, `90 minutes`, in the language of the page; what is
    none stays as it was typed."""
    try:
        return text(read_length(typed).text)
    except ClockError:
        return typed
