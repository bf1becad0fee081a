from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tuoban.runtime.cases"
    label = "cases"

    def ready(self) -> None:
        from django.conf import settings  # noqa: PLC0415

        from tuoban.runtime.cases import background  # noqa: PLC0415 - models are there only now
        from tuoban.runtime.cases.outbox import carriers  # noqa: PLC0415

        carriers.choose(settings.TUOBAN_CARRIERS)
        background.register()
