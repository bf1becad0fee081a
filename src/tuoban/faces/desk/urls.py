"""Addresses of the desk."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter
from django.views.generic import RedirectView

from tuoban.faces.desk.views import (
    calendar,
    calendars,
    case,
    case_acts,
    case_calls,
    case_time,
    cases,
    correcting,
    documents,
    files,
    items,
    messages,
    new_case,
    notices,
    papers,
    personal_hours,
    reactions,
    session,
    settings,
    versions,
    work,
)

app_name = "desk"


class RowConverter(IntConverter):
    """The number of a row, which has no more digits than a database can count."""

    regex = "[0-9]{1,18}"


register_converter(RowConverter, "row")

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:work")),
    path("desk/login", session.log_in, name="login"),
    path("desk/logout", session.log_out, name="logout"),
    path("desk/language", session.choose_language, name="language"),
    path("desk/session", session.session, name="session"),
    path("desk/back", session.back, name="back"),
    path("desk/", work.my_work_page, name="work"),
    path("desk/next", work.take_next, name="next"),
    path("desk/new", new_case.choose, name="new"),
    path("desk/new/<slug:slug>/<str:name>", new_case.start, name="start"),
    path("desk/new/<slug:slug>/<str:name>/entries", new_case.entries, name="entries"),
    path("desk/new/<slug:slug>/<str:name>/rows", new_case.rows, name="start-rows"),
    path("desk/cases", cases.cases, name="cases"),
    path("desk/cases/<str:number>", case.case, name="case"),
    path("desk/calendars", calendars.calendars, name="calendars"),
    path("desk/calendars/new", calendars.new, name="calendar-new"),
    path("desk/calendars/units", calendars.units, name="calendar-units"),
    path("desk/calendars/people", personal_hours.people, name="hours-people"),
    path("desk/calendars/people/<str:username>", personal_hours.person_hours, name="person-hours"),
    path("desk/calendars/<slug:key>", calendar.calendar, name="calendar"),
    path("desk/calendars/<slug:key>/name", calendar.rename, name="calendar-name"),
    path("desk/settings", settings.packs, name="settings"),
    path("desk/settings/<slug:slug>", settings.pack, name="settings-of"),
    path("desk/versions", versions.processes, name="versions"),
    path("desk/versions/<slug:slug>", versions.process, name="versions-of"),
    path("desk/cases/<str:number>/clocks", case_time.clocks, name="clocks"),
    path("desk/cases/<str:number>/clocks/<row:clock>/extend", case_time.extend, name="extend"),
    path("desk/cases/<str:number>/suspend", case_time.suspend, name="suspend"),
    path("desk/cases/<str:number>/resume", case_time.resume, name="resume"),
    path(
        "desk/cases/<str:number>/reactions/<str:node>/<row:activation>",
        reactions.react,
        name="react",
    ),
    path(
        "desk/cases/<str:number>/reactions/<str:node>/<row:activation>/entries",
        reactions.entries,
        name="react-entries",
    ),
    path(
        "desk/cases/<str:number>/reactions/<str:node>/<row:activation>/rows",
        reactions.rows,
        name="react-rows",
    ),
    path("desk/items/<row:item_id>/claim", items.claim, name="claim"),
    path("desk/items/<row:item_id>/release", items.release, name="release"),
    path("desk/items/<row:item_id>/transfer", items.transfer, name="transfer"),
    path("desk/items/<row:item_id>/sign", items.sign, name="sign"),
    path("desk/items/<row:item_id>/refuse", items.refuse_to_sign, name="refuse"),
    path("desk/items/<row:item_id>/return", items.return_to, name="return"),
    path("desk/cases/<str:number>/copy", case_acts.copy_to, name="copy"),
    path("desk/items/<row:item_id>/delegate", items.delegate, name="delegate"),
    path("desk/items/<row:item_id>/get-back", items.get_back, name="get-back"),
    path("desk/items/<row:item_id>/try-again", items.try_again, name="try-again"),
    path("desk/cases/<str:number>/add", case_acts.add, name="add"),
    path(
        "desk/cases/<str:number>/calls/<row:clock>/give-up",
        case_calls.give_up,
        name="give-up-call",
    ),
    path("desk/cases/<str:number>/calls/<row:clock>/retry", case_calls.retry, name="retry-call"),
    path("desk/cases/<str:number>/cancel", case_acts.cancel, name="cancel"),
    path(
        "desk/cases/<str:number>/correct/<row:activation>/<str:name>",
        correcting.correct,
        name="correct",
    ),
    path(
        "desk/cases/<str:number>/documents/<str:step>/<str:name>",
        documents.document,
        name="document",
    ),
    path("desk/cases/<str:number>/papers/<str:name>/<row:row>", papers.paper, name="paper"),
    path("desk/items/<row:item_id>/signers", items.add_signer, name="add-signer"),
    path("desk/items/<row:item_id>/signers/drop", items.drop_signer, name="drop-signer"),
    path("desk/items/<row:item_id>/opinion", items.give_opinion, name="opinion"),
    path("desk/items/<row:item_id>/jump", items.jump, name="jump"),
    path("desk/items/<row:item_id>/urge", items.urge, name="urge"),
    path("desk/items/<row:item_id>/withdraw", items.withdraw, name="withdraw"),
    path("desk/items/<row:item_id>/complete", items.complete, name="complete"),
    path("desk/items/<row:item_id>/draft", items.draft, name="draft"),
    path("desk/items/<row:item_id>/rows", items.rows, name="rows"),
    path("desk/files", files.files, name="files"),
    path("desk/files/new/<str:kind>", files.new, name="file-new"),
    path("desk/files/<str:ref>", files.file, name="file"),
    path("desk/messages", messages.listed, name="messages"),
    path("desk/messages/new", messages.choose, name="message-choose"),
    path("desk/messages/new/<str:name>", messages.enter, name="message-enter"),
    path("desk/messages/new/<str:name>/rows", messages.rows, name="message-rows"),
    path("desk/notices", notices.notices_page, name="notices"),
    path("desk/notices/read", notices.read_all, name="notices-read"),
    path("desk/notices/<row:notice_id>/read", notices.read_one, name="notice-read"),
]
