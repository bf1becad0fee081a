"""The Django app of quality: makes its activities known when Django starts."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "tuoban.services.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tuoban.runtime.activities import registry  # noqa: PLC0415 - models are loaded by now
        from tuoban.services.quality import activities  # noqa: PLC0415

        registry.register(activities.SERVICES, props=activities.PROPS)
