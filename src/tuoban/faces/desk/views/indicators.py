"""Indicators: what a process does across its cases, and the cases behind each number."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tuoban.faces.desk.contexts import Shell, Tab
from tuoban.faces.desk.rendering import go_to, page
from tuoban.faces.desk.shell import shell_for
from tuoban.faces.desk.signed_in import StaffRequest, signed_in
from tuoban.faces.posted import plain
from tuoban.faces.reader import page_language
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.indicators.rounds import ask, measure_to_its_end
from tuoban.runtime.cases.queries.indicators import indicator_list, indicator_packs, measurable
from tuoban.runtime.cases.queries.measured_cases import (
    Standing,
    indicator_cases,
    indicator_detail,
)
from tuoban.runtime.cases.queries.rows.indicators import (
    IndicatorDetail,
    IndicatorList,
    IndicatorPack,
    MeasuredRow,
)

DOOR = "desk:indicators"
AT_ONCE = 5
"""Looks at cases, of many each, that one answer takes; the worker goes on behind them."""
LONGEST = 100
"""Characters of what is chosen."""

STANDINGS: tuple[Standing, ...] = ("all", "hit", "miss", "unknown", "foreign")


@dataclass(frozen=True, slots=True)
class PacksContext:
    shell: Shell
    packs: tuple[IndicatorPack, ...]


@dataclass(frozen=True, slots=True)
class ListContext:
    shell: Shell
    now: datetime
    list: IndicatorList


@dataclass(frozen=True, slots=True)
class DetailContext:
    shell: Shell
    now: datetime
    detail: IndicatorDetail
    tabs: tuple[Tab, ...]
    standing: Standing
    unit: str
    next: str
    export: str


@require_GET
@signed_in
def packs(request: StaffRequest) -> HttpResponse:
    """The processes that have indicators."""
    context = PacksContext(shell_for(request, DOOR), indicator_packs(request.user))
    return page(request, "indicators", context)


@require_GET
@signed_in
def of_pack(request: StaffRequest, slug: str) -> HttpResponse:
    """The indicators of a process."""
    found = indicator_list(_published(request, slug))
    return page(request, "indicators_of", ListContext(shell_for(request, DOOR), now(), found))


@require_POST
@signed_in
def measure(request: StaffRequest, slug: str) -> HttpResponse:
    """Measure all indicators of a process now, as far as one answer may take; the worker does the
    rest."""
    published, at = _published(request, slug), now()
    names = definitions.compiled(published).indicators
    row = measure_to_its_end(ask(published, names, at, request.user), at, AT_ONCE)
    if row.done_at is None:
        text = _("There are many cases. They are being measured; look again in a moment.")
        messages.info(request, text)
    elif row.error:
        messages.error(request, _("There are too many cases; nothing was measured."))
    else:
        messages.success(request, _("The indicators were measured."))
    return go_to(request, reverse("desk:indicators-of", args=[slug]))


@require_GET
@signed_in
def detail(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """An indicator, and the cases behind its newest measurement."""
    standing, unit = _standing(request), _unit(request)
    found = indicator_detail(
        request.user,
        _published(request, slug),
        name,
        standing=standing,
        unit=unit,
        page=request.GET.get("page", ""),
    )
    if found is None:
        raise Http404
    here = reverse("desk:indicator", args=[slug, name])
    context = DetailContext(
        shell=shell_for(request, DOOR),
        now=now(),
        detail=found,
        tabs=tuple(_tabs(found, here, unit)),
        standing=standing,
        unit=unit,
        next=_address(here, standing, unit, found.next) if found.next else "",
        export=_address(reverse("desk:indicator-cases", args=[slug, name]), standing, unit),
    )
    return page(request, "indicator", context)


@require_GET
@signed_in
def cases(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """The cases behind the newest measurement, as a table for spreadsheets."""
    published = _published(request, slug)
    if name not in definitions.compiled(published).indicators:
        raise Http404
    rows = indicator_cases(
        request.user, published, name, standing=_standing(request), unit=_unit(request)
    )
    answer = HttpResponse("".join(_csv(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-cases.csv"'
    return answer


def _published(request: StaffRequest, slug: str) -> definitions.Published:
    try:
        return measurable(request.user, slug)
    except Refused as refused:
        raise Http404 from refused


def _standing(request: StaffRequest) -> Standing:
    asked = request.GET.get("which", "all")
    return next((each for each in STANDINGS if each == asked), "all")


def _unit(request: StaffRequest) -> str:
    return plain(request.GET.get("unit", "")).strip()[:LONGEST]


def _tabs(found: IndicatorDetail, here: str, unit: str) -> Iterator[Tab]:
    labels = {"all": _("All"), **_standing_labels(found)}
    for key in STANDINGS:
        if key in labels:
            yield Tab(key, labels[key], _address(here, key, unit))


def _standing_labels(found: IndicatorDetail) -> dict[str, str]:
    """How the cases are told apart, as far as they can be."""
    labels: dict[str, str] = {}
    if found.judged == "condition":
        labels = {"hit": _("It holds"), "miss": _("It does not hold")}
    elif found.judged == "target":
        labels = {"hit": _("Within the target"), "miss": _("Beyond the target")}
    return {**labels, "unknown": _("Cannot be told"), "foreign": _("Other version")}


def _address(here: str, standing: Standing, unit: str, cursor: str = "") -> str:
    query = {"which": "" if standing == "all" else standing, "unit": unit, "page": cursor}
    given = {name: value for name, value in query.items() if value}
    return f"{here}?{urlencode(given)}" if given else here


# -- for spreadsheets -----------------------------------------------------------------------------

_BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that a file is UTF-8."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be calculated by a spreadsheet."""


def _csv(rows: Iterator[MeasuredRow]) -> Iterator[str]:
    language = page_language()
    heads = [_("Case"), _("Title"), _("Unit"), _("Group"), _("Value"), _("How it counts")]
    standings = {
        "hit": _("counted"),
        "miss": _("missed"),
        "unknown": _("cannot be told"),
        "foreign": _("other version"),
    }
    yield _BYTE_ORDER_MARK + _line(heads)
    for row in rows:
        group = row.group.read(language) if row.group is not None else ""
        cells = [row.number, row.title, row.unit.read(language), group]
        yield _line([*cells, row.value.read(language), standings[row.standing]])


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(f"'{each}" if each.startswith(_RISKY) else each for each in cells)
    return out.getvalue()
