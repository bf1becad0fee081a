from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tuoban.runtime.cases"
    label = "cases"
