"""The portal as a Django app, so that its templates are found."""

from django.apps import AppConfig


class PortalPagesConfig(AppConfig):
    name = "tuoban.faces.portal"
    label = "portal_pages"
