from django.apps import AppConfig


class ArchiveApp(AppConfig):
    name = "thidua_web.archive"
    label = "archive"
