"""The desk as a Django app, so that its templates and static files are found."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tuoban.faces.desk"
    label = "desk"
