from django.apps import AppConfig


class NominationsApp(AppConfig):
    name = "thidua_web.nominations"
    label = "nominations"
