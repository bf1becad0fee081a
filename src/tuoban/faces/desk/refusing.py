"""Refusals on the page: the text in the reader's language, each problem beside its entry."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from tuoban.faces.desk.contexts import RefusalContext, RefusalShown, Typed, Verb
from tuoban.faces.desk.posted import values
from tuoban.faces.desk.rendering import page
from tuoban.kernel.refusals import Refused

CONFLICTS = frozenset(
    {
        "already-suspended",
        "being-signed",
        "case-over",
        "held-by-other",
        "item-done",
        "item-withdrawn",
        "key-reused",
        "not-active",
        "not-called",
        "not-delegated",
        "not-finished",
        "not-held",
        "not-suspended",
        "not-to-retry",
        "not-to-sign",
        "shown-changed",
        "taken-up",
        "unknown-clock",
        "unknown-item",
    }
)
"""Somebody or something else was faster: the form on the page is no longer current."""


def status_of(refused: Refused) -> int:
    """409 for a conflict, 503 for a busy database, else 422: understood, and not allowed."""
    if refused.code == "busy":
        return 503
    return 409 if refused.code in CONFLICTS else 422


def shown(refused: Refused, kept: tuple[tuple[str, str], ...] = ()) -> RefusalShown:
    return RefusalShown(refused.read(_language()), kept)


def typed_in(
    request: HttpRequest,
    refused: Refused,
    verb: Verb,
    item_id: int | None = None,
    node: str = "",
) -> Typed:
    """What was typed into the refused form, with the problems by place."""
    problems = {each.place: each.read(_language()) for each in refused.problems}
    if refused.code == "reason-missing":
        problems["reason"] = refused.read(_language())
    key = request.POST.get("key", "")
    return Typed(item_id, verb, values(request.POST), problems, key, node=node)


def edited_in(
    request: HttpRequest, edited: str, verb: Verb, item_id: int | None = None, node: str = ""
) -> Typed:
    """What was typed into a form one of whose lists was given another row, or lost one."""
    key = request.POST.get("key", "")
    return Typed(item_id, verb, values(request.POST), {}, key, edited, node)


def beside_the_form(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Show the refusal above a form that htmx leaves as it stands, with all that was typed."""
    response = page(request, "_refusal", RefusalContext(shown(refused)), status=status_of(refused))
    response["HX-Retarget"] = "#refusal"
    response["HX-Reselect"] = "#refusal"
    response["HX-Reswap"] = "outerHTML"
    return response


def _language() -> str:
    return get_language() or "zh"
