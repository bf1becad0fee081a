"""The Django app of channels: lets the simulated gateway carry SMS where that is chosen."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "tuoban.services.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings  # noqa: PLC0415

        from tuoban.kernel.text import Text  # noqa: PLC0415
        from tuoban.runtime.cases import forgetting  # noqa: PLC0415
        from tuoban.runtime.jobs import registry  # noqa: PLC0415 - models are loaded by now
        from tuoban.services.channels import simulated  # noqa: PLC0415

        registry.register(
            simulated.ARRIVE,
            simulated.arrive,
            Text("模拟短信送达手机", "A simulated text message reaches its telephone"),
        )
        forgetting.use(simulated.forget)
        if settings.TUOBAN_SIMULATES_SMS:
            simulated.choose()
