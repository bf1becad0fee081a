"""Addresses of the whole installation: each face brings its own."""

from django.urls import include, path

handler500 = "tuoban.faces.desk.views.faults.fault"

urlpatterns = [
    path("", include("tuoban.faces.api.urls")),
    path("portal/", include("tuoban.faces.portal.urls")),
    path("", include("tuoban.faces.desk.urls")),
]
