from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tuoban.runtime.people"
    label = "people"
