"""Refusals on the page: the text in the reader's language, each problem beside its entry."""

from django.http import HttpRequest, HttpResponse

from tuoban.faces.desk.asked import key_of
from tuoban.faces.desk.contexts import RefusalContext, RefusalShown, Typed, Verb
from tuoban.faces.desk.rendering import page
from tuoban.faces.posted import values
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.refusals import CONFLICTS, status_of

__all__ = [
    "CONFLICTS",
    "beside_the_form",
    "edited_in",
    "shown",
    "status_of",
    "typed_in",
]


def shown(refused: Refused, kept: tuple[tuple[str, str], ...] = ()) -> RefusalShown:
    return RefusalShown(refused.read(page_language()), kept)


def typed_in(
    request: HttpRequest,
    refused: Refused,
    verb: Verb,
    item_id: int | None = None,
    node: str = "",
) -> Typed:
    """What was typed into the refused form, with the problems by place."""
    problems = {each.place: each.read(page_language()) for each in refused.problems}
    if refused.code == "reason-missing":
        problems["reason"] = refused.read(page_language())
    key = key_of(request)
    return Typed(item_id, verb, values(request.POST), problems, key, node=node)


def edited_in(
    request: HttpRequest, edited: str, verb: Verb, item_id: int | None = None, node: str = ""
) -> Typed:
    """What was typed into a form one of whose lists was given another row, or lost one."""
    key = key_of(request)
    return Typed(item_id, verb, values(request.POST), {}, key, edited, node)


def beside_the_form(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Show the refusal above a form that htmx leaves as it stands, with all that was typed."""
    response = page(request, "_refusal", RefusalContext(shown(refused)), status=status_of(refused))
    response["HX-Retarget"] = "#refusal"
    response["HX-Reselect"] = "#refusal"
    response["HX-Reswap"] = "outerHTML"
    return response
