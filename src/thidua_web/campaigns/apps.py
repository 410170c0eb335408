from django.apps import AppConfig


class CampaignsApp(AppConfig):
    name = "thidua_web.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from thidua_web.campaigns.actions import successions  # noqa: PLC0415 - models are ready only now

        successions.connect()
