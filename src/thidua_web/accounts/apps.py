from django.apps import AppConfig


class AccountsApp(AppConfig):
    name = "thidua_web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from thidua_web.accounts import receivers, successions  # noqa: PLC0415 - models are ready only now

        receivers.connect()
        successions.connect()
