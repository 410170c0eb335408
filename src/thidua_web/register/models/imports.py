from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua_web.archive.models import StoredFile
from thidua_web.register.models.people import Person
from thidua_web.register.models.units import Unit


class ListKind(models.TextChoices):
    """What a workbook lists (thidua.register.sheets has the columns of each)."""

    UNITS = "units", _("Đơn vị")
    PEOPLE = "people", _("Người")
    HOUSEHOLDS = "households", _("Hộ gia đình")
    RATINGS = "ratings", _("Xếp loại hằng năm")
    AWARDS = "awards", _("Khen thưởng đã có")
    REFORMS = "reforms", _("Sắp xếp lại đơn vị")


class ImportState(models.TextChoices):
    """Where a list stands; reading and writing go on after a killed worker (the lease)."""

    RECEIVED = "received", _("Đã nhận")
    READING = "reading", _("Đang đọc")
    CHECKED = "checked", _("Chờ xem lại")
    WRITING = "writing", _("Đang ghi")
    DONE = "done", _("Đã ghi")
    UNDOING = "undoing", _("Đang hoàn lại")
    UNDONE = "undone", _("Đã hoàn lại")
    STOPPED = "stopped", _("Đã dừng")
    UNREADABLE = "unreadable", _("Không đọc được")


class RowOutcome(models.TextChoices):
    """What a row of a list will do."""

    NEW = "new", _("Thêm mới")
    CHANGED = "changed", _("Thay đổi")
    SAME = "same", _("Đã có, bỏ qua")
    DOUBT = "doubt", _("Có thể trùng")
    FAULT = "fault", _("Có lỗi")


# Somebody, or the worker, is at it.
UNDER_WAY = (ImportState.RECEIVED, ImportState.READING, ImportState.WRITING, ImportState.UNDOING)


class ImportRun(models.Model):
    """One workbook that came in for a unit: read, looked at, written, or taken back.

    `file` is kept sealed; `digest` tells whether the same content came in already. `sensitive`: sensitive columns come
    along, and who sent it may write them. `acted_by` is who began what runs now or ran last. `findings` concern the
    sheet as a whole.
    """

    kind = models.CharField(max_length=20, choices=ListKind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.RECEIVED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    lease = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    sensitive = models.BooleanField(default=False)
    acted_by = models.BigIntegerField(null=True, blank=True)
    acted_by_name = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["unit", "at"]), models.Index(fields=["state", "lease"]))

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("lists:run", args=[self.pk])

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def left(self) -> int:
        """Rows that were not written: faults, undecided doubts, and what had changed meanwhile."""
        return sum(self.counts.get(name, 0) for name in ("fault", "undecided"))


class ImportRow(models.Model):
    """A row of a list: what it says, what it will do (`changes`), and, once written, what came of it.

    `values` are the cells without sensitive ones, which stand in `sealed`. `changes` are those of
    thidua_web.register.lists.changes, in order; `target` is the object they are about. A doubt is of a kind (`doubt`,
    the code of its finding) and settled by `choice`: "new", "same:17", "accept" or "skip".
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    label = models.CharField(max_length=250, blank=True)
    values = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    target = models.BigIntegerField(null=True, blank=True)
    doubt = models.CharField(max_length=60, blank=True)
    choice = models.CharField(max_length=30, blank=True)
    changes = models.JSONField(default=list)
    written = models.BooleanField(default=False)
    folded = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ("run", "id")
        constraints = (models.UniqueConstraint(fields=["run", "sheet", "number"], name="import_row_once"),)
        indexes = (models.Index(fields=["run", "outcome", "id"]), models.Index(fields=["run", "written", "id"]))

    def __str__(self) -> str:
        return f"{self.sheet}:{self.number}"


class MergeLog(models.Model):
    """Two rows that were one person: what was moved from the dropped to the kept, so that it can be parted again."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    dropped = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    undone_by_name = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.dropped_id} > {self.kept_id}"
