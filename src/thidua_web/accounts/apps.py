from django.apps import AppConfig


class AccountsApp(AppConfig):
    name = "thidua_web.accounts"
    label = "accounts"
