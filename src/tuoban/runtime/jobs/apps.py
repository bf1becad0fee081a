from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tuoban.runtime.jobs"
    label = "jobs"

    def ready(self) -> None:
        from tuoban.runtime.jobs import housekeeping  # noqa: PLC0415 - models are there only now

        housekeeping.register()
