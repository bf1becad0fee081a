from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tuoban.runtime.cases"
    label = "cases"

    def ready(self) -> None:
        from tuoban.runtime.cases import (  # noqa: PLC0415 - models are there only now
            jobs,
            outside,
            rechecking,
        )

        jobs.register(outside.RECHECK, rechecking.recheck_named)
