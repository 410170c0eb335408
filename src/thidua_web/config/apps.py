from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "thidua_web.config"
    label = "thidua_config"

    def ready(self) -> None:
        from thidua_web.config import checks  # noqa: F401  (registers the checks)
