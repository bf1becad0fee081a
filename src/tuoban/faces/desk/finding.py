"""From what stands in an address to what it means, or to a page that says there is nothing."""

from django.http import Http404

from tuoban.faces.posted import plain
from tuoban.runtime.cases.queries.finding import ItemPlace, find_case, find_item
from tuoban.runtime.people.models import User

__all__ = ["ItemPlace", "case_id_of", "place_of"]


def case_id_of(user: User, number: str) -> int:
    """Raises `Http404` if there is no such case, or the user may not see it."""
    found = find_case(user, plain(number))
    if found is None:
        raise Http404
    return found


def place_of(user: User, item_id: int) -> ItemPlace:
    """Raises `Http404` if there is no such item, or the user may not see its case."""
    found = find_item(user, item_id)
    if found is None:
        raise Http404
    return found
