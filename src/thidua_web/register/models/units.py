from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.collation import sort_text
from thidua.vietnamese.folding import search_key


class KeyField(models.CharField):
    """A key made of another field each time the row is saved, in bulk too: nobody needs to remember to fill it."""

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(*args, **{"blank": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key(str(getattr(model_instance, self.of)))
        setattr(model_instance, self.attname, key)
        return key

    def key(self, text: str) -> str:
        raise NotImplementedError


class FoldedField(KeyField):
    """What a search sees of a text."""

    def key(self, text: str) -> str:
        return search_key(text)


class SortField(KeyField):
    """What a list sorts a text by."""

    def key(self, text: str) -> str:
        return sort_text(text)


class UnitKind(models.TextChoices):
    """What a unit is; codes are stored, labels are for screens."""

    PROVINCE = "province", _("Ủy ban nhân dân tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    PARTY = "party", _("Tổ chức Đảng")
    FRONT = "front", _("Mặt trận, đoàn thể")
    UNION = "union", _("Công đoàn")
    OFFICE = "office", _("Phòng, đơn vị trực thuộc")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Xã")
    WARD = "ward", _("Phường")
    TOWNSHIP = "township", _("Thị trấn")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")
    SCHOOL = "school", _("Trường học")
    HOSPITAL = "hospital", _("Bệnh viện, cơ sở y tế")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã")


class ValidInTime(models.QuerySet):
    def valid(self, *, on: datetime.date) -> ValidInTime:
        return self.filter(Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on))


@models.CharField.register_lookup
class AtOrBelow(models.Lookup):
    """`path__below="/1/5/"`: the paths that begin so, by the index of `path` on every database."""

    lookup_name = "below"
    prepare_rhs = True

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        path, params = self.process_lhs(compiler, connection)
        return f"{path} LIKE %s", [*params, f"{self.rhs}%"]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """SQLite's LIKE uses no index. A path ends with "/", and "0" is the character after it."""
        path, params = self.process_lhs(compiler, connection)
        begin, end = self.rhs, f"{str(self.rhs)[:-1]}0"
        return f"({path} >= %s AND {path} < %s)", [*params, begin, *params, end]


class UnitQuery(ValidInTime):
    def within(self, paths: list[str]) -> UnitQuery:
        """Units at or below those whose `path` is given."""
        wanted = Q(pk__in=())
        for path in paths:
            wanted |= Q(path__below=path)
        return self.filter(wanted)


class Unit(models.Model):
    """A body, from its first day to its last (both included). A dissolved unit stays as evidence.

    `name`, `kind`, `parent` are the latest; `UnitPeriod` holds what they were on every day. `path` names the units
    above and this one by number ("/1/5/77/"). `heir` is who goes on with what ran when the unit ended.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")
    heir = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="inherits_from")
    path = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    sort_text = models.CharField(max_length=900, blank=True, editable=False)
    folded = models.CharField(max_length=300, blank=True, editable=False)

    objects = UnitQuery.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
        )
        indexes = (models.Index(fields=["sort_text", "id"]),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        self.fill_keys()
        super().save(*args, **options)

    def fill_keys(self) -> None:
        """What lists sort and search by; bulk writes call it themselves."""
        self.sort_text = sort_text(self.name)
        self.folded = search_key(f"{self.name} {self.code}")


class UnitPeriod(models.Model):
    """What a unit was called, was, and stood under, from a day to a day; the periods of a unit have no gaps."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    sort_text = SortField(of="name", max_length=900)
    folded = FoldedField(of="name", max_length=200)

    objects = ValidInTime.as_manager()

    class Meta:
        ordering = ("unit", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_period_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_period_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["sort_text", "id"]),)

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class CodeScheme(models.TextChoices):
    """Codes of a unit that others gave it."""

    IDENTIFIER = "identifier", _("Mã định danh điện tử")
    ADMINISTRATIVE = "administrative", _("Mã đơn vị hành chính")
    TAX = "tax", _("Mã số thuế")


class UnitCode(models.Model):
    """A code that was given to a unit, from a day to a day: identifiers were given anew after the mergers of 2025."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=20, choices=CodeScheme)
    code = models.CharField(max_length=40, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    folded = FoldedField(of="code", max_length=40)

    class Meta:
        ordering = ("unit", "scheme", "valid_from")
        constraints = (models.UniqueConstraint(fields=["unit", "scheme", "code"], name="unit_code_once"),)

    def __str__(self) -> str:
        return self.code
