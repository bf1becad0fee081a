"""Every page gets exactly what its templates use."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment, meta, nodes

from tuoban.faces.desk import contexts
from tuoban.faces.desk.hours import contexts as hours
from tuoban.faces.desk.views import process, versions

FOLDER = Path(contexts.__file__).parent / "templates"
PAGES = {
    "login": contexts.LoginContext,
    "resume": contexts.ResumeContext,
    "busy": contexts.BusyContext,
    "answer": contexts.AnswerContext,
    "work": contexts.WorkContext,
    "_work_answer": contexts.WorkContext,
    "cases": contexts.CasesContext,
    "case": contexts.CaseContext,
    "_draft_answer": contexts.DraftContext,
    "_reaction_entries": contexts.ReactionContext,
    "new": contexts.NewContext,
    "_new_entries": contexts.EntriesContext,
    "correct": contexts.CorrectContext,
    "_correct_entries": contexts.CorrectEntriesContext,
    "notices": contexts.NoticesContext,
    "_refusal": contexts.RefusalContext,
    "calendars": hours.CalendarsContext,
    "calendar_new": hours.NewCalendarContext,
    "calendar": hours.CalendarContext,
    "calendar_units": hours.UnitsContext,
    "hours_people": hours.PeopleHoursContext,
    "hours_person": hours.PersonHoursContext,
    "process": process.PictureContext,
    "process_clauses": process.ClausesContext,
    "process_forms": process.FormsContext,
    "process_text": process.TextContext,
    "versions_of": versions.VersionsContext,
}
GIVEN_BY_DJANGO = {"csrf_input", "csrf_token", "request"}
SET_BY_AN_ANSWER = {"swapped"}


@pytest.fixture(scope="module")
def pages() -> Environment:
    (engine,) = engines.all()
    assert isinstance(engine, Jinja2)
    return engine.env


def _used(pages: Environment, template: str) -> set[str]:
    """The names that a template and everything it includes or extends take from the context."""
    tree = pages.parse((FOLDER / template).read_text(encoding="utf-8"))
    set_here = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"}
    set_here |= {each.name for each in tree.find_all(nodes.Macro)}
    for imported in tree.find_all(nodes.FromImport):
        set_here |= {each if isinstance(each, str) else each[1] for each in imported.names}
    used = set(meta.find_undeclared_variables(tree))
    for part in _parts(tree):
        used |= _used(pages, part)
    return used - set_here - pages.globals.keys()


def _parts(tree: nodes.Template) -> Iterator[str]:
    included = [part.template for part in tree.find_all(nodes.Include)]
    extended = [part.template for part in tree.find_all(nodes.Extends)]
    for named in (*included, *extended):
        if isinstance(named, nodes.Const):
            yield named.value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_uses_what_its_context_holds_and_nothing_else(pages: Environment, page: str) -> None:
    used = _used(pages, f"desk/{page}.html") - GIVEN_BY_DJANGO - SET_BY_AN_ANSWER
    held = {each.name for each in fields(PAGES[page])}
    assert used <= held
    if page != "_work_answer":  # a part of the page it belongs to
        assert held <= used


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_style_or_script_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for forbidden in (" style=", "<style", " onclick=", " onchange=", "hx-on", "javascript:"):
        assert forbidden not in source
    assert source.count("<script") == source.count('<script type="module" src=')
