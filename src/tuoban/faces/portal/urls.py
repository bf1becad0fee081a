"""Addresses of the portal, all under `/portal/`."""

from django.urls import path

from tuoban.faces.addresses import use_rows
from tuoban.faces.portal.views import case, code, door, request, task

app_name = "portal"

use_rows()

urlpatterns = [
    path("", door.door, name="door"),
    path("link/<str:token>", door.open_link, name="link"),
    path("code", code.code, name="code"),
    path("code/enter", code.enter, name="enter"),
    path("language", door.choose_language, name="language"),
    path("leave", door.leave, name="leave"),
    path("requests/<slug:slug>/<str:name>", request.request, name="request"),
    path("cases/<str:number>", case.case, name="case"),
    path("cases/<str:number>/say", case.say, name="say"),
    path("cases/<str:number>/work/<row:item_id>", task.task, name="task"),
]
