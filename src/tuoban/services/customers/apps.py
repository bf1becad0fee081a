from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "tuoban.services.customers"
    label = "customers"

    def ready(self) -> None:
        from tuoban.runtime.cases import outside  # noqa: PLC0415 - models are there only now
        from tuoban.services.customers.files import CustomerFiles  # noqa: PLC0415

        outside.use(CustomerFiles())
