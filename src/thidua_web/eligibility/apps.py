from django.apps import AppConfig


class EligibilityApp(AppConfig):
    name = "thidua_web.eligibility"
    label = "eligibility"

    def ready(self) -> None:
        from thidua_web.eligibility import wiring  # noqa: PLC0415 - models are ready only now

        wiring.connect()
