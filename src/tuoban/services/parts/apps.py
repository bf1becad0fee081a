"""The Django app of parts: makes its activities known when Django starts."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "tuoban.services.parts"
    label = "parts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tuoban.runtime.activities import registry  # noqa: PLC0415 - models are loaded by now
        from tuoban.services.parts import account, activities  # noqa: PLC0415

        registry.register(
            activities.SERVICES,
            props=activities.PROPS,
            accounts=account.ACCOUNTS,
            ledgers=activities.LEDGERS,
        )
