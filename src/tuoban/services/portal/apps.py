"""The Django app of the portal's rows."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tuoban.services.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
