from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "tuoban.runtime.calendars"
    label = "calendars"
