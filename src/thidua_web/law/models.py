from __future__ import annotations

from django.db import models


class LawText(models.Model):
    """The exact wording of an instrument, loaded by whoever runs this installation. `digest`: SHA-256 of `body`."""

    instrument = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=255)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    articles = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ("instrument",)

    def __str__(self) -> str:
        return self.instrument
