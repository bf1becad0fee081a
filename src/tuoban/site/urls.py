"""Addresses of the whole installation: each face brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("tuoban.faces.desk.urls")),
]
