"""Addresses of the whole installation: each face brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tuoban.faces.desk.urls")),
]
