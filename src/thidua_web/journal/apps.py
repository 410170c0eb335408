from django.apps import AppConfig


class JournalApp(AppConfig):
    name = "thidua_web.journal"
    label = "journal"
