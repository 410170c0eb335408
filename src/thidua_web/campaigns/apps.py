from django.apps import AppConfig


class CampaignsApp(AppConfig):
    name = "thidua_web.campaigns"
    label = "campaigns"
