from django.apps import AppConfig


class RehearsalsConfig(AppConfig):
    name = "tuoban.runtime.rehearsals"
    label = "rehearsals"

    def ready(self) -> None:
        from tuoban.runtime.rehearsals import playing  # noqa: PLC0415 - models are there only now

        playing.register()
