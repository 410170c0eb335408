from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.models.plans import PlanDocument
from thidua_web.campaigns.stages import EditionState
from thidua_web.register.models import Unit

USER = settings.AUTH_USER_MODEL


class Campaign(models.Model):
    """What a unit launched. Its content is that of its newest launched edition; older editions stay as evidence.

    `unit` is who goes on with it, `launched_as` the name of the unit that launched it, as it was that day.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    title = models.TextField()
    number = models.CharField(max_length=80, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    launched_at = models.DateTimeField(null=True, blank=True)
    launched_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-launched_at", "-id")
        constraints = (models.CheckConstraint(condition=~Q(parent=F("id")), name="campaign_is_not_its_own_parent"),)
        indexes = (models.Index(fields=["unit", "-launched_at"]),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])


class Edition(models.Model):
    """A reviewed plan on its way to launch: the first of a campaign, or an amendment of it.

    While it is prepared and after its launch the review is sealed. `reading` (confirmed) and `plan` (CampaignPlan,
    both JSON of the core) are written at launch and never changed.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField(PlanDocument, on_delete=models.PROTECT, related_name="edition")
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.PREPARED)
    prepared_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    note = models.TextField(blank=True)
    launched_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    launched_at = models.DateTimeField(null=True, blank=True)
    launched_as = models.CharField(max_length=200, blank=True)
    returned_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    reading = models.JSONField(null=True, blank=True)
    plan = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=EditionState.LAUNCHED) | Q(launched_by__isnull=False, plan__isnull=False),
                name="edition_launched_is_frozen",
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.number}"


class InForce(models.QuerySet):
    def in_force(self) -> InForce:
        return self.filter(ended_by__isnull=True)


class Part(models.Model):
    """Something that a launch made out of a fact. `key`, `quote` and `start`..`stop` lead to its words in `document`.

    A later edition may change it (the row stays the same one) or end it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="%(class)s_rows")
    document = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    quote = models.TextField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    begun_by = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    ended_by = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects = InForce.as_manager()

    class Meta:
        abstract = True
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "document", "key"], condition=Q(ended_by__isnull=True), name="%(class)s_once"
            ),
        )

    def __str__(self) -> str:
        return self.quote[:60]


class Phase(Part):
    """A band of the timeline; `level` is empty where the phase is everybody's."""

    label = models.TextField()
    level = models.CharField(max_length=200, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)


class DutyNature(models.TextChoices):
    DEADLINE = "deadline", _("Thời hạn")
    TASK = "task", _("Nhiệm vụ")


class Duty(Part):
    """Who must do what, to whom; its days are rows of their own. `folded` is what a search looks through."""

    nature = models.CharField(max_length=8, choices=DutyNature)
    what = models.TextField()
    who = models.TextField(blank=True)
    to = models.TextField(blank=True)
    time = models.TimeField(null=True, blank=True)
    rule = models.CharField(max_length=200, blank=True)
    within = models.CharField(max_length=60, blank=True)
    folded = models.TextField()


class DutyDay(models.Model):
    """One day of a duty: `day` as the plan gives it, `due` the working day that ends it.

    A duty without a day (a standing task, or one that an open question asks about) has one row without either; a task
    whose words hold deadlines is done by these, and has none.
    """

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    objects = InForce.as_manager()

    class Meta:
        ordering = (F("due").asc(nulls_last=True), "id")
        constraints = (
            models.UniqueConstraint(fields=["duty", "day"], condition=Q(ended_by__isnull=True), name="duty_day_once"),
            models.UniqueConstraint(
                fields=["duty"], condition=Q(ended_by__isnull=True, day__isnull=True), name="duty_without_day_once"
            ),
        )
        indexes = (models.Index(fields=["due"]),)

    def __str__(self) -> str:
        return f"{self.duty_id} {self.due or ''}"


class DutyUnit(models.Model):
    """A unit that a duty is addressed to; `inherited_from` where the plan meant one that has ended since."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="addressed")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    inherited_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["duty", "unit"], name="duty_unit_once"),)
        indexes = (models.Index(fields=["unit", "duty"]),)

    def __str__(self) -> str:
        return f"{self.duty_id} {self.unit_id}"


class DutyDone(models.Model):
    """A unit says that it has done what was due on that day.

    `inherited_from` where the one before it had said so: what is done is not asked for again. The old unit's own row
    stays.
    """

    day = models.ForeignKey(DutyDay, on_delete=models.PROTECT, related_name="done")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    inherited_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["day", "unit"], name="duty_done_once"),)

    def __str__(self) -> str:
        return f"{self.day_id} {self.unit_id}"


class Target(Part):
    """What must be reached; the values are those of the core's `Target`."""

    indicator = models.TextField()
    op = models.CharField(max_length=5)
    value = models.FloatField(null=True, blank=True)
    value_max = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    strict = models.BooleanField(default=False)


class Offer(Part):
    """An award that the campaign offers; `terms` holds the core's `Offer` with criteria, quotas and dossier."""

    award = models.TextField()
    granted_by = models.TextField(blank=True)
    terms = models.JSONField()


class Question(models.Model):
    """A day that a person must set. It stays visible until it is answered; the answer says who set it and on what.

    Of a document, not of its edition: it may be answered before the plan lies with the head. Rows come with the first
    answer, and all of them when the plan is prepared.
    """

    document = models.ForeignKey(PlanDocument, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=60)
    question = models.JSONField()
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["document", "key"], name="question_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="question_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.key
