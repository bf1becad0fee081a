"""Addresses of the whole installation: each face brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("tuoban.faces.desk.urls"):  # TEMPORARY
    urlpatterns = [path("", include("tuoban.faces.desk.urls"))]
