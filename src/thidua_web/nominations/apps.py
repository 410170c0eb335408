from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from thidua_web.register import trigrams


class NominationsApp(AppConfig):
    name = "thidua_web.nominations"
    label = "nominations"

    def ready(self) -> None:
        # Models are ready only now.
        from thidua_web.nominations import (  # noqa: PLC0415
            consulting_wiring,
            desk_wiring,
            merge_wiring,
            submission_wiring,
        )

        desk_wiring.connect()
        submission_wiring.connect()
        consulting_wiring.connect()
        merge_wiring.connect()
        post_migrate.connect(lay_search, sender=self)


def lay_search(using: str, **sent: Any) -> None:
    trigrams.lay(connections[using], ["nominations_nomination"])
