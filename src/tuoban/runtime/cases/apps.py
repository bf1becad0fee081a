from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tuoban.runtime.cases"
    label = "cases"

    def ready(self) -> None:
        from django.conf import settings  # noqa: PLC0415

        from tuoban.runtime.cases import (  # noqa: PLC0415 - models are there only now
            jobs,
            outside,
            rechecking,
        )
        from tuoban.runtime.cases.filing import uploading  # noqa: PLC0415
        from tuoban.runtime.cases.outbox import carriers  # noqa: PLC0415

        carriers.choose(settings.TUOBAN_CARRIERS)
        jobs.register(outside.RECHECK, rechecking.recheck_named)
        jobs.register(uploading.SCAN, uploading.scan_file)
        jobs.register(rechecking.AGAIN, rechecking.recheck_one)
