from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from thidua.vietnamese.collation import person_sort_text
from thidua.vietnamese.folding import search_key
from thidua_web.accounts.access import Role
from thidua_web.register.models import Person, Unit, ValidInTime


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Someone who may sign in. Rights come from memberships alone; there is no superuser."""

    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sort_text = models.CharField(max_length=600, blank=True, editable=False)
    folded = models.CharField(max_length=450, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = (models.UniqueConstraint(models.functions.Lower("username"), name="username_whatever_the_case"),)
        indexes = (models.Index(fields=["sort_text", "id"]),)

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **options: Any) -> None:
        self.fill_keys()
        if (only := options.get("update_fields")) is not None:
            options["update_fields"] = {*only, "sort_text", "folded"}
        super().save(*args, **options)

    def fill_keys(self) -> None:
        """What lists sort and search by; bulk writes call it themselves."""
        self.sort_text = person_sort_text(self.full_name)
        self.folded = search_key(f"{self.full_name} {self.username} {self.email}")

    def get_full_name(self) -> str:
        return self.full_name


class Membership(models.Model):
    """A role in a unit, from its first day to its last (both included)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidInTime.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "unit", "role", "valid_from"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_role_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"


class DelegationQuery(ValidInTime):
    def in_force(self, *, on: datetime.date) -> DelegationQuery:
        """Running, not taken back, and of a role that the giver still holds and is still there to hold."""
        held = Membership.objects.valid(on=on).filter(
            user=OuterRef("giver"), unit=OuterRef("unit"), role=OuterRef("role")
        )
        return self.valid(on=on).filter(Exists(held), revoked_at__isnull=True, giver__is_active=True)


class Delegation(models.Model):
    """Someone lends a role of theirs to another for a time (both days included). Never lent on."""

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_held")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    reason = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuery.as_manager()

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="delegation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(giver=F("to")), name="delegation_is_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} > {self.to_id} {self.role} {self.unit_id}"


class Invitation(models.Model):
    """An address that may open an account with a role. The link holds a token; here is only its digest.

    `refusal` is what the mail server said when it would not take the letter.
    """

    email = models.EmailField()
    full_name = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=400, blank=True, editable=False)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"

    def save(self, *args: Any, **options: Any) -> None:
        self.folded = search_key(f"{self.full_name} {self.email}")
        super().save(*args, **options)
