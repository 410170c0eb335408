from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua_web.register.models.imports import ImportRun
from thidua_web.register.models.units import Unit


class ReformState(models.TextChoices):
    """A reform is drafted, waits for its day where that lies ahead, and is carried out."""

    DRAFT = "draft", _("Đang soạn")
    WAITING = "waiting", _("Chờ đến ngày")
    DONE = "done", _("Đã thực hiện")
    UNDONE = "undone", _("Đã hoàn lại")


class Reform(models.Model):
    """Acts that change which units there are, from one day, on one document; `acts` are those of thidua.register."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    document = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    acts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ReformState, default=ReformState.DRAFT)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    # Who had it carried out: at once, or on its day.
    ordered_by = models.BigIntegerField(null=True, blank=True)
    ordered_by_name = models.CharField(max_length=120, blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Its day came, and it was found to have faults.
    stopped_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=["state", "on"]),)

    def __str__(self) -> str:
        return self.title


class ReformPart(models.TextChoices):
    """What became of a unit in a reform."""

    BEGUN = "begun", _("Thành lập")
    CHANGED = "changed", _("Thay đổi")
    ENDED = "ended", _("Kết thúc")


class ReformUnit(models.Model):
    """A unit that a reform touched: what it was, what it is, who goes on with its work."""

    reform = models.ForeignKey(Reform, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reforms")
    part = models.CharField(max_length=10, choices=ReformPart)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("reform", "id")
        constraints = (models.UniqueConstraint(fields=["reform", "unit", "part"], name="reform_unit_once"),)

    def __str__(self) -> str:
        return f"{self.reform_id} {self.unit_id} {self.part}"


class Handover(models.Model):
    """What an app above moved when a reform was carried out, in its own shape: so that it can be moved back."""

    reform = models.ForeignKey(Reform, on_delete=models.CASCADE, related_name="handovers")
    app = models.CharField(max_length=80)
    moved = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reform", "app"], name="handover_once"),)

    def __str__(self) -> str:
        return f"{self.reform_id} {self.app}"
