"""The Jinja2 environment in which every page is rendered."""

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from tuoban.faces.desk.pages import FILTERS, FUNCTIONS


def environment(**options: Any) -> Environment:
    """Return the environment; autoescaping is on (Django's backend passes it).

    Translations are new-style: ``{{ _("Due %(when)s", when=...) }}`` or ``{% trans %}``.
    A name that the context lacks is an error, never an empty string.
    """
    pages = Environment(  # noqa: S701 - autoescape comes with the options
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.policies["ext.i18n.trimmed"] = True
    pages.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    pages.filters.update(FILTERS)
    pages.globals.update(
        FUNCTIONS,
        get_language=get_language,
        get_messages=get_messages,
        static=static,
        url=_url,
    )
    return pages


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
