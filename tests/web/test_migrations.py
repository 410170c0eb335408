"""Migrations that move data keep it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE, AFTER = "0003_repeals", "0005_questions_without_editions"


def migrate(to: str):
    """The models as they were at that migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([("campaigns", to)])
    return executor.loader.project_state([("campaigns", to)]).apps.get_model


@pytest.mark.django_db(transaction=True)
def test_questions_follow_their_edition_to_its_document() -> None:
    model, now = migrate(BEFORE), timezone.now()
    user = model("accounts", "User").objects.create(username="a", full_name="A")
    unit = model("register", "Unit").objects.create(code="T", name="T", kind="province", valid_from="2020-01-01")
    campaign = model("campaigns", "Campaign").objects.create(unit=unit, title="Phong trào")
    for n in (1, 2):
        file = model("archive", "StoredFile").objects.create(sha256=f"{n:064x}", size=1, kind="txt")
        document = model("campaigns", "PlanDocument").objects.create(
            pk=10 * n, unit=unit, file=file, name="a.txt", uploaded_by=user, uploaded_at=now, queued_at=now
        )
        edition = model("campaigns", "Edition").objects.create(
            pk=n, campaign=campaign, number=n, document=document, prepared_by=user, prepared_at=now
        )
        model("campaigns", "Question").objects.create(
            edition=edition, key="deadlines-4", question={"n": n}, start="2030-03-15", basis="Công văn 9",
            answered_by=user, answered_at=now,
        )  # fmt: skip
    rows = migrate(AFTER)("campaigns", "Question").objects.order_by("document")
    said = rows.values_list("document", "key", "question__n", "basis", "answered_by__username")
    assert list(said) == [(10, "deadlines-4", 1, "Công văn 9", "a"), (20, "deadlines-4", 2, "Công văn 9", "a")]
