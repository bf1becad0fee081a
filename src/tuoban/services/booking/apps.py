"""The Django app of booking: makes its activities known when Django starts."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "tuoban.services.booking"
    label = "booking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tuoban.runtime.activities import registry  # noqa: PLC0415 - models are loaded by now
        from tuoban.services.booking import activities  # noqa: PLC0415

        registry.register(activities.SERVICES, props=activities.PROPS)
