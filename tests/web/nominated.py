"""Submissions and nominations as tests need them: few, small, as rows."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from thidua.nominations.criteria_keys import keyed
from thidua_web.archive.actions import keep_content
from thidua_web.nominations.models import (
    AppraisedList,
    Batch,
    BatchRow,
    Claim,
    Confirmation,
    Consultation,
    ConsultationItem,
    DossierFile,
    EvidenceRequest,
    GateException,
    Nomination,
    Objection,
    Opinion,
    Override,
    Publication,
    PublicationItem,
    Return,
    Round,
    StoredAssessment,
    Submission,
)
from thidua_web.nominations.queries.checking import checked
from thidua_web.register.models import Appointment, Person, Unit
from web.cast import Cast
from web.reported import PDF, PNG

SINCE = datetime.date(2021, 3, 1)


def a_submission(unit: Unit, to_unit: Unit, by: Any, title: str = "Đề nghị khen thưởng", **said: Any) -> Submission:
    """A draft of this year, for the yearly review."""
    now = timezone.now()
    values = {"kind": "yearly", "year": timezone.localdate().year, "prepared_by": by, "prepared_at": now}
    return Submission.objects.create(unit=unit, to_unit=to_unit, title=title, **(values | said))


def a_nomination(submission: Submission, name: str = "Nguyễn Thị Hòa", award: str = "LDTT", **said: Any) -> Nomination:
    """Of somebody new in the proposing unit, in it since 2021."""
    person = said.pop("person", None)
    if person is None:
        person = Person.objects.create(full_name=name, unit=submission.unit, position="Chuyên viên")
        Appointment.objects.create(person=person, unit=submission.unit, valid_from=SINCE)
    values = {
        "subject": "individual", "person": person, "name": name, "position": "Chuyên viên",
        "unit_name": submission.unit.name, "merit": "yearly", "year": submission.year, "summary": "Số hóa 12.000 hồ sơ",
        "place": submission.nominations.count() + 1, "edited_by": submission.prepared_by, "edited_at": timezone.now(),
        "sort_text": person.sort_text if person else "",
    }  # fmt: skip
    return Nomination.objects.create(
        submission=submission, unit=submission.unit, to_unit=submission.to_unit, award=award, **(values | said)
    )


def lodged(nomination: Nomination, state: str = "lodged", on: datetime.date | None = None) -> Nomination:
    """As if its submission had been signed on that day."""
    day = on or timezone.localdate()
    Submission.objects.filter(pk=nomination.submission_id).update(
        state="submitted", lodged_on=day, signed_by=nomination.submission.prepared_by_id, signed_at=timezone.now()
    )
    received = day if state not in ("lodged", "returned") else None
    Nomination.objects.filter(pk=nomination.pk).update(state=state, lodged_on=day, received_on=received)
    nomination.refresh_from_db()
    nomination.submission.refresh_from_db()
    return nomination


def a_clause(nomination: Nomination) -> str:
    """The key of the first clause by which it is judged today."""
    plain = checked(nomination, timezone.localdate()).plain
    return keyed(plain)[0].key if plain else "1-0"


def one_of_each_nominated(cast: Cast) -> dict[str, int]:
    """What every address of nominations leads to, all of the province: it proposes to itself."""
    clerk, now, day = cast.users["clerk"], timezone.now(), timezone.localdate()
    submission = a_submission(cast.province, cast.province, clerk)
    draft = a_nomination(submission)
    sent = lodged(a_nomination(a_submission(cast.province, cast.province, clerk), "Trần Văn Bền"), "in_appraisal")
    claim = Claim.objects.create(nomination=draft, place=1, words="Số hóa 12.000 hồ sơ")
    proved = Claim.objects.create(nomination=sent, place=1, words="Số hóa 12.000 hồ sơ")
    confirmation = Confirmation.objects.create(
        nomination=draft, body="tax", asked_of="Thuế tỉnh", asked_on=day, asked_by=clerk
    )
    request = EvidenceRequest.objects.create(nomination=sent, words="Bổ sung", asked_by=clerk, asked_at=now)
    override = Override.objects.create(
        nomination=sent, key="1-0", clause="x", was="unknown", becomes="met", reason="x", by=clerk, at=now
    )
    batch = Batch.objects.create(to_unit=cast.province, act="accept", by=clerk, at=now)
    BatchRow.objects.create(batch=batch, nomination=sent, before={}, revision=sent.revision)
    consultation = Consultation.objects.create(
        unit=cast.province,
        asked=cast.province,
        asked_name="x",
        question="x",
        asked_on=day,
        due_on=day,
        by=clerk,
        at=now,
    )
    item = ConsultationItem.objects.create(consultation=consultation, nomination=sent)
    publication = Publication.objects.create(unit=cast.province, title="x", since=day, until=day, by=clerk, at=now)
    PublicationItem.objects.create(publication=publication, nomination=sent)
    objection = Objection.objects.create(nomination=sent, words="x", received_on=day, recorded_by=clerk, at=now)
    return {
        "round": Round.objects.create(
            to_unit=cast.province, kind="yearly", year=day.year, title="x", opens_on=day, made_by=clerk, made_at=now
        ).pk,
        "submission": submission.pk,
        "sent_submission": sent.submission_id,
        "exception": GateException.objects.create(
            submission=submission, code="nominations.deadline_past", words="x", reason="x", asked_by=clerk, asked_at=now
        ).pk,
        "nomination": draft.pk,
        "lodged": sent.pk,
        "claim": claim.pk,
        "lodged_claim": proved.pk,
        "confirmation": confirmation.pk,
        "dossier_file": _file(draft, PDF, "pdf").pk,
        "picture": _file(draft, PNG, "png").pk,
        "evidence_request": request.pk,
        "return": Return.objects.create(nomination=sent, codes=[], by=clerk, at=now, on=day).pk,
        "override": override.pk,
        "opinion": Opinion.objects.create(nomination=sent, recommends=False, words="x", by=clerk, at=now).pk,
        "stored_assessment": StoredAssessment.objects.create(
            nomination=sent, moment="lodged", on=day, award=sent.award, outcome="unknown", lines={}, made_at=now
        ).pk,
        "clause": a_clause(sent),
        "batch": batch.pk,
        "consultation": consultation.pk,
        "consultation_item": item.pk,
        "publication": publication.pk,
        "objection": objection.pk,
        "appraised_list": AppraisedList.objects.create(
            to_unit=cast.province, year=day.year, title="x", made_by=clerk, made_at=now
        ).pk,
    }


def _file(nomination: Nomination, content: bytes, kind: str) -> DossierFile:
    stored, by = keep_content(content, kind=kind), nomination.submission.prepared_by
    return DossierFile.objects.create(
        nomination=nomination, submission=nomination.submission, file=stored, name=f"x.{kind}", uploaded_by=by,
        uploaded_at=timezone.now(),
    )  # fmt: skip
