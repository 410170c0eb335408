from django.apps import AppConfig


class RegisterApp(AppConfig):
    name = "thidua_web.register"
    label = "register"
