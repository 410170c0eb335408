from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from thidua_web.register import trigrams


class NominationsApp(AppConfig):
    name = "thidua_web.nominations"
    label = "nominations"

    def ready(self) -> None:
        from thidua_web.nominations import desk_wiring, submission_wiring  # noqa: PLC0415 - models are ready only now

        desk_wiring.connect()
        submission_wiring.connect()
        post_migrate.connect(lay_search, sender=self)


def lay_search(using: str, **sent: Any) -> None:
    trigrams.lay(connections[using], ["nominations_nomination"])
