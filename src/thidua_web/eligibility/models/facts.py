from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua_web.archive.models import StoredFile
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.models.records import ONE_SUBJECT
from thidua_web.register.nominees import Nominee, nominee_of

USER = settings.AUTH_USER_MODEL


class FactKind(models.TextChoices):
    """What a recorded fact is; the codes are those of the core's facts (thidua.rules.facts)."""

    # Works
    INITIATIVE = "initiative", _("Sáng kiến")
    SCIENCE = "science", _("Đề tài, đề án, công trình khoa học")
    INVENTION = "invention", _("Sáng chế")
    COMBAT = "combat", _("Mưu trí, sáng tạo trong chiến đấu")
    # What lasts
    DISCIPLINE = "discipline", _("Kỷ luật")
    INSPECTION = "inspection", _("Thanh tra, kiểm tra, kiểm toán")
    INVESTIGATION = "investigation", _("Điều tra, truy tố, xét xử")
    COMPLAINT = "complaint", _("Khiếu nại, tố cáo")
    MATERNITY = "maternity", _("Nghỉ thai sản")
    LEAVE = "leave", _("Nghỉ dài ngày")
    SERVICE = "service", _("Thời gian công tác")
    # What is said
    GROUP = "group", _("Nhóm đối tượng")
    MEMBERS_GROUP = "members_group", _("Nhóm của người trong đơn vị")
    AREA = "area", _("Địa bàn")
    ANSWER = "answer", _("Kết luận")
    CONFIRMATION = "confirmation", _("Xác nhận của cơ quan có thẩm quyền")
    MEASURE = "measure", _("Số liệu")


WORKS = (FactKind.INITIATIVE, FactKind.SCIENCE, FactKind.INVENTION, FactKind.COMBAT)
SPELLS = (
    FactKind.DISCIPLINE,
    FactKind.INSPECTION,
    FactKind.INVESTIGATION,
    FactKind.COMPLAINT,
    FactKind.MATERNITY,
    FactKind.LEAVE,
    FactKind.SERVICE,
)
# Shown only to roles that need them, and named in no journal.
SENSITIVE = (FactKind.DISCIPLINE, FactKind.INSPECTION, FactKind.INVESTIGATION, FactKind.COMPLAINT)


class Scope(models.TextChoices):
    BASE = "base", _("cơ sở")
    PROVINCE = "province", _("bộ, ban, ngành, tỉnh")
    NATION = "nation", _("toàn quốc")


class Form(models.TextChoices):
    """Discipline, the mildest first."""

    REPRIMAND = "reprimand", _("Khiển trách")
    WARNING = "warning", _("Cảnh cáo")
    DEMOTION = "demotion", _("Hạ bậc lương, giáng chức")
    REMOVAL = "removal", _("Cách chức, bãi nhiệm")
    DISMISSAL = "dismissal", _("Buộc thôi việc")


class Group(models.TextChoices):
    """Kinds of nominees that the law tells apart."""

    STAFF = "staff", _("Cán bộ, công chức, viên chức, người lao động")
    WORKER = "worker", _("Công nhân")
    FARMER = "farmer", _("Nông dân")
    LABOURER = "labourer", _("Người lao động khác")
    BUSINESS = "business", _("Doanh nhân, doanh nghiệp, hợp tác xã")
    SCIENTIST = "scientist", _("Trí thức, nhà khoa học")
    ARMED = "armed", _("Lực lượng vũ trang")
    LEADER = "leader", _("Lãnh đạo, quản lý")
    DIRECT = "direct", _("Trực tiếp lao động, công tác")
    VILLAGE = "village", _("Thôn, tổ dân phố")
    WARD = "ward", _("Xã, phường, đặc khu")


class Area(models.TextChoices):
    """Where a unit is, with all below it that say nothing else; the law wants border and hardship areas looked at
    (điểm d khoản 2 Điều 5 Luật 06/2022/QH15).
    """

    BORDER = "border", _("Biên giới, trên biển, hải đảo, vùng đặc biệt khó khăn")
    ELSEWHERE = "elsewhere", _("Địa bàn khác")


class Confirmer(models.TextChoices):
    """Who confirms that duties are fulfilled."""

    TAX = "tax", _("Cơ quan thuế")
    SOCIAL_INSURANCE = "social_insurance", _("Bảo hiểm xã hội")
    HEALTH_INSURANCE = "health_insurance", _("Bảo hiểm y tế")
    POLICE = "police", _("Công an")
    ENVIRONMENT = "environment", _("Cơ quan quản lý môi trường")
    LABOUR = "labour", _("Cơ quan quản lý lao động")
    FOOD_SAFETY = "food_safety", _("Cơ quan quản lý an toàn thực phẩm")


IN_ORDER = Q(until__isnull=True) | Q(until__gte=F("since"))


class FactQuery(models.QuerySet):
    def standing(self) -> FactQuery:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class RecordedFact(models.Model):
    """One thing known of a person, a unit or a household, as a core's fact. It is never edited: it is taken back, and
    written anew.

    `code` is the group, the question, the confirming body, the measure's key, or the form of a discipline; `title`
    names a work or says in words what lasted; `used_for` is the award that a work already counted for.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="recorded_facts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="recorded_facts")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="recorded_facts"
    )
    kind = models.CharField(max_length=20, choices=FactKind)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=10, choices=Scope, blank=True)
    title = models.CharField(max_length=300, blank=True)
    used_for = models.CharField(max_length=40, blank=True)
    yes = models.BooleanField(null=True, blank=True)
    cleared = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    paper = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FactQuery.as_manager()

    class Meta:
        ordering = ("-year", "-since", "-id")
        constraints = (
            models.CheckConstraint(condition=ONE_SUBJECT, name="fact_of_one"),
            models.CheckConstraint(condition=IN_ORDER, name="fact_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_is_known"),
        )
        indexes = (
            models.Index(fields=["kind", "person"], name="fact_by_kind"),
            models.Index(fields=["withdrawn_at"], name="fact_withdrawn"),
        )

    def __str__(self) -> str:
        return f"{self.person_id or ''} {self.unit_id or ''} {self.household_id or ''} {self.kind} {self.code}"

    @property
    def of(self) -> Nominee:
        return nominee_of(self)

    @property
    def sensitive(self) -> bool:
        return self.kind in SENSITIVE

    def open_on(self, on: datetime.date) -> bool:
        return self.since is not None and self.since <= on and (self.until is None or self.until >= on)


class FactEvidence(models.Model):
    """A file that proves a fact."""

    fact = models.ForeignKey(RecordedFact, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("fact", "id")
        constraints = (models.UniqueConstraint(fields=["fact", "file"], name="evidence_of_fact_once"),)

    def __str__(self) -> str:
        return self.name


class RecordKind(models.TextChoices):
    """What may be complete from a year on."""

    HONOURS = "honours", _("Khen thưởng")
    WORKS = "works", _("Sáng kiến, công trình")
    DISCIPLINE = "discipline", _("Kỷ luật")
    INSPECTION = "inspection", _("Thanh tra, kiểm tra, kiểm toán")
    INVESTIGATION = "investigation", _("Điều tra, truy tố, xét xử")
    COMPLAINT = "complaint", _("Khiếu nại, tố cáo")


class Completeness(models.Model):
    """A unit says that its records of a kind are complete from a year on; 0: from the beginning.

    It speaks for the unit, those below it, and their people; what a unit below says of itself comes before it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="completeness")
    kind = models.CharField(max_length=20, choices=RecordKind)
    from_year = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FactQuery.as_manager()

    class Meta:
        ordering = ("kind", "-at")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(withdrawn_at__isnull=True), name="completeness_said_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=RecordKind.values), name="completeness_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.from_year}"
