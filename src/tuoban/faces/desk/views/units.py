"""The tree of units, and the page of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuoban.faces.desk.contexts import Shell
from tuoban.faces.desk.people.forms import Misfit, Typed, entry, said, typed
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, check_staff
from tuoban.faces.desk.views.people import DOOR, act_of, asked, for_those_in_charge
from tuoban.faces.posted import row_numbers
from tuoban.runtime.cases import staffing
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.people import (
    UnitRow,
    UnitView,
    unit_rows,
    unit_view,
    units_page,
    units_seen,
)
from tuoban.runtime.people import directory, queries, service, tree
from tuoban.runtime.people.models import Unit


@dataclass(frozen=True, slots=True)
class UnitsContext:
    shell: Shell
    here: str
    rows: tuple[UnitRow, ...]
    shown: tuple[UnitRow, ...]
    """Of all rows those of this page that fit what is sought."""
    q: str
    next: str
    seen: frozenset[str]
    typed: Typed
    is_staff: bool


@dataclass(frozen=True, slots=True)
class UnitContext:
    shell: Shell
    here: str
    now: datetime
    view: UnitView
    units: tuple[UnitRow, ...]
    people: tuple[tuple[str, str], ...]
    typed: Typed
    is_staff: bool


@require_http_methods(["GET", "POST"])
@for_those_in_charge
def units(request: StaffRequest) -> HttpResponse:
    """The tree of units; staff add one."""
    if request.method == "GET":
        return _show_tree(request, Typed())
    check_staff(request)
    try:
        unit = _add(request)
    except Misfit as misfit:
        return _show_tree(request, typed(request, {misfit.entry: misfit.why}), 422)
    messages.success(request, _("The unit is added."))
    return go_to(request, reverse("desk:unit", args=[unit.key]))


def _add(request: StaffRequest) -> Unit:
    parent = queries.find_unit(entry(request, "parent"))
    if parent is None and entry(request, "parent"):
        raise Misfit("parent", _("Please choose a unit."))
    if parent is not None and parent.closed_at is not None:
        raise Misfit("parent", _("That unit is closed."))
    zh = entry(request, "name_zh")
    if not zh:
        raise Misfit("name_zh", _("Please enter the name."))
    try:
        with transaction.atomic():
            return service.create_unit(
                entry(request, "key"),
                zh,
                entry(request, "name_en") or zh,
                parent=parent,
                time_zone=parent.time_zone if parent is not None else "Asia/Shanghai",
                level=entry(request, "level"),
                act=act_of(request),
            )
    except IntegrityError:
        raise Misfit("key", _("There is a unit with that key already.")) from None
    except service.ClosedUnit as error:
        raise Misfit("parent", said(error)) from None
    except tree.TreeError as error:
        raise Misfit(error.field, said(error)) from None


def _show_tree(request: StaffRequest, form: Typed, status: int = 200) -> HttpResponse:
    rows, viewer = unit_rows(), request.user
    q = asked(request, "q")
    shown, following = units_page(rows, q, asked(request, "page"))
    query = urlencode({"q": q, "page": following} if q else {"page": following})
    context = UnitsContext(
        shell=shell_for(request, DOOR),
        here="units",
        rows=rows,
        shown=shown,
        q=q,
        next=f"{reverse('desk:units')}?{query}" if following else "",
        seen=units_seen(viewer),
        typed=form,
        is_staff=viewer.is_staff,
    )
    return page(request, "units", context, status)


@require_http_methods(["GET", "POST"])
@for_those_in_charge
def unit(request: StaffRequest, key: str) -> HttpResponse:
    """Show a unit, or carry out what one of its forms asks for."""
    found = queries.find_unit(key)
    if found is None:
        raise Http404
    if not (request.user.is_staff or queries.is_head_above(request.user, found)):
        raise PermissionDenied
    if request.method == "GET":
        return _show(request, found, Typed())
    check_staff(request)
    act = entry(request, "act")
    if act not in ACTS:
        raise Http404
    try:
        told = ACTS[act](request, found)
    except Misfit as misfit:
        fresh = queries.find_unit(key) or found
        return _show(request, fresh, typed(request, {misfit.entry: misfit.why}), 422)
    except tree.TreeError as error:
        fresh = queries.find_unit(key) or found
        return _show(request, fresh, typed(request, {error.field: said(error)}), 422)
    messages.success(request, told)
    return go_to(request, reverse("desk:unit", args=[key]))


def _show(request: StaffRequest, found: Unit, form: Typed, status: int = 200) -> HttpResponse:
    context = UnitContext(
        shell=shell_for(request, DOOR),
        here="units",
        now=now(),
        view=unit_view(found),
        units=tuple(each for each in unit_rows() if not each.is_closed and each.key != found.key),
        people=directory.choices(),
        typed=form,
        is_staff=request.user.is_staff,
    )
    return page(request, "unit", context, status)


def _rename(request: StaffRequest, found: Unit) -> str:
    zh = entry(request, "name_zh")
    tree.rename_unit(found, zh, entry(request, "name_en") or zh, act=act_of(request))
    return _("The name is saved.")


def _move(request: StaffRequest, found: Unit) -> str:
    key = entry(request, "parent")
    parent = queries.find_unit(key)
    if key and parent is None:
        raise Misfit("parent", _("Please choose a unit."))
    tree.move_unit(found, parent, act=act_of(request))
    return _("The unit is moved. Open work in it is looked at again in a moment.")


def _level(request: StaffRequest, found: Unit) -> str:
    service.set_level(found, entry(request, "level"), act=act_of(request))
    return _("The level is saved.")


def _head(request: StaffRequest, found: Unit) -> str:
    chosen = entry(request, "head")
    person = next(map(queries.find_person, row_numbers([chosen])), None)
    if chosen and (person is None or not person.is_active):
        raise Misfit("head", _("Please choose a person."))
    service.set_head(found, person, act=act_of(request))
    return _("The head is saved. Work that waits for them is looked at again in a moment.")


def _close(request: StaffRequest, found: Unit) -> str:
    staffing.close(found, at=now(), act=act_of(request))
    return _("The unit is closed.")


def _reopen(request: StaffRequest, found: Unit) -> str:
    tree.reopen_unit(found, act=act_of(request))
    return _("The unit is open again.")


ACTS: Mapping[str, Callable[[StaffRequest, Unit], str]] = {
    "rename": _rename,
    "move": _move,
    "level": _level,
    "head": _head,
    "close": _close,
    "reopen": _reopen,
}
