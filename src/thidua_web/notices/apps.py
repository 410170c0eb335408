from django.apps import AppConfig


class NoticesApp(AppConfig):
    name = "thidua_web.notices"
    label = "notices"

    def ready(self) -> None:
        from thidua_web.notices import receivers  # noqa: PLC0415 - models are ready only now

        receivers.connect()
