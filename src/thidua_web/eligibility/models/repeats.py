from __future__ import annotations

from django.db import models

from thidua_web.eligibility.models.deeds import Deed


class DeedPrint(models.Model):
    """A kept hash of a deed's report (thidua.rules.repeats.fingerprints), by which others that repeat it are found."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="prints")
    value = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["value", "deed"], name="deed_print_by_value"),)

    def __str__(self) -> str:
        return f"{self.deed_id} {self.value}"


class DeedRepeat(models.Model):
    """A report that repeats another's text: `share` percent of its words. Found when it was written."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="repeats")
    other = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="repeated_by")
    share = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-share", "-id")
        constraints = (models.UniqueConstraint(fields=["deed", "other"], name="deed_repeat_once"),)

    def __str__(self) -> str:
        return f"{self.deed_id} {self.other_id} {self.share}"
