from django.apps import AppConfig


class ProgressApp(AppConfig):
    name = "thidua_web.progress"
    label = "progress"
