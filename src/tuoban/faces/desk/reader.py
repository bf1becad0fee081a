"""Who reads the page: in which language."""

from django.utils.translation import get_language


def page_language() -> str:
    """The language of the page: `en`, or one of Chinese."""
    return get_language() or "zh"
