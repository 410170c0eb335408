from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from thidua_web.progress import word_index


class ProgressApp(AppConfig):
    name = "thidua_web.progress"
    label = "progress"

    def ready(self) -> None:
        from thidua_web.progress import pledge_wiring, report_wiring, score_wiring  # noqa: PLC0415 - models are ready only now
        from thidua_web.progress.actions import successions  # noqa: PLC0415

        pledge_wiring.connect()
        report_wiring.connect()
        score_wiring.connect()
        successions.connect()
        post_migrate.connect(lay_words, sender=self)


def lay_words(using: str, **sent: Any) -> None:
    word_index.lay(connections[using])
