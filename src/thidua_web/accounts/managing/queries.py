"""The accounts within an administrator's reach: found, filtered, a page at a time; as many queries for any number."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.models import Delegation, Membership, User
from thidua_web.register.models import Unit

ON_A_PAGE = 50


class AccountState(models.TextChoices):
    """The order is that of the desk."""

    ACTIVE = "active", _("Đang dùng")
    NEVER = "never", _("Chưa đăng nhập lần nào")
    NO_ROLE = "no_role", _("Hết vai trò")
    LOCKED = "locked", _("Đã khóa")


@dataclass(frozen=True)
class Filter:
    """What the address of the desk says. `factor` asks for a second factor: "co" with one, "chua" without."""

    words: str = ""
    unit: Unit | None = None
    role: str = ""
    state: str = ""
    factor: str = ""
    page: int = 1


@dataclass(frozen=True)
class Desk:
    """One page of accounts, each with `held` (its roles of today and to come); `counts` are by state."""

    people: Sequence[User]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def first(self) -> int:
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.people) - 1


def desk(paths: list[str], asked: Filter, *, on: datetime.date) -> Desk:
    people = _filtered(paths, asked, on)
    counts = dict(people.order_by().values_list("state").annotate(n=Count("pk")))
    chosen = people.filter(state=asked.state) if asked.state else people
    total = counts.get(asked.state, 0) if asked.state else sum(counts.values())
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, asked.page), pages)
    start = (page - 1) * ON_A_PAGE
    shown = chosen.select_related("person").prefetch_related(_held(on)).order_by("sort_text", "id")
    return Desk(list(shown[start : start + ON_A_PAGE]), counts, total, page, pages)


def _filtered(paths: list[str], asked: Filter, on: datetime.date) -> QuerySet[User]:
    ever = Membership.objects.filter(_below(paths), user=OuterRef("pk"))
    people = _described(User.objects.filter(Exists(ever)), on)
    now = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    if asked.unit is not None:
        now = now.filter(unit__path__startswith=asked.unit.path)
    if asked.role:
        now = now.filter(role=asked.role)
    if asked.unit is not None or asked.role:
        people = people.filter(pk__in=now.values("user"))
    if asked.factor:
        people = people.filter(has_second_factor=asked.factor == "co")
    for word in search_key(asked.words).split()[:8]:
        people = people.filter(folded__contains=word)
    return people


def _below(paths: list[str]) -> Q:
    """Along the row's own unit: asked as "one of these units", SQLite walks the whole register for every account."""
    wanted = Q(pk__in=())
    for path in paths:
        wanted |= Q(unit__path__startswith=path)
    return wanted


def _described(people: QuerySet[User], on: datetime.date) -> QuerySet[User]:
    """With their state, and whether they have a second factor."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    current = Membership.objects.filter(user=OuterRef("pk")).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return people.annotate(
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=kinds)),
        state=Case(
            When(is_active=False, then=Value(AccountState.LOCKED.value)),
            When(~Exists(current), then=Value(AccountState.NO_ROLE.value)),
            When(last_login__isnull=True, then=Value(AccountState.NEVER.value)),
            default=Value(AccountState.ACTIVE.value),
            output_field=models.CharField(),
        ),
    )


def _held(on: datetime.date) -> Prefetch:
    current = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return Prefetch("memberships", current.select_related("unit").order_by("valid_from", "pk"), to_attr="held")


def account(user_id: int, *, on: datetime.date) -> User | None:
    """With its state and its roles of today and to come."""
    return _described(User.objects.filter(pk=user_id), on).prefetch_related(_held(on)).select_related("person").first()


def units_ever(user_id: int) -> list[int]:
    """Every unit in which the account has or had a role."""
    return list(Membership.objects.filter(user=user_id).order_by("unit").values_list("unit", flat=True).distinct())


def roles_past(user_id: int, *, on: datetime.date) -> list[Membership]:
    rows = Membership.objects.filter(user=user_id, valid_to__lt=on).select_related("unit")
    return list(rows.order_by("-valid_to", "-pk")[:ON_A_PAGE])


def delegations_of(user_id: int, *, on: datetime.date) -> list[Delegation]:
    """Those that run or are to come, given or held."""
    rows = Delegation.objects.filter(Q(giver=user_id) | Q(to=user_id), valid_to__gte=on, revoked_at__isnull=True)
    return list(rows.select_related("giver", "to", "unit"))


def membership(membership_id: int) -> Membership | None:
    return Membership.objects.filter(pk=membership_id).select_related("unit", "user").first()


def within(paths: list[str], unit: Unit) -> bool:
    return any(unit.path.startswith(path) for path in paths)
