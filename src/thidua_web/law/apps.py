from django.apps import AppConfig


class LawApp(AppConfig):
    name = "thidua_web.law"
    label = "law"
