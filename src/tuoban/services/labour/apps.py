"""The Django app of labour: makes its activities known when Django starts."""

from django.apps import AppConfig


class LabourConfig(AppConfig):
    name = "tuoban.services.labour"
    label = "labour"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tuoban.runtime.activities import registry  # noqa: PLC0415 - models are loaded by now
        from tuoban.services.labour import activities  # noqa: PLC0415

        registry.register(activities.SERVICES, props=activities.PROPS)
