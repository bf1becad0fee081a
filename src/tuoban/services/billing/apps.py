"""The Django app of billing: makes its activities known when Django starts."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "tuoban.services.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tuoban.runtime.activities import registry  # noqa: PLC0415 - models are loaded by now
        from tuoban.services.billing import account, activities  # noqa: PLC0415

        registry.register(
            activities.SERVICES,
            activities.FACTS,
            activities.PROPS,
            account.ACCOUNTS,
            activities.LEDGERS,
        )
