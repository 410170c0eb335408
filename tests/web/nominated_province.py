"""A province in which 120 units have proposed two thousand nominees, 300 of them with a defect planted in 25 ways.

Drawn the same way every time, written as rows: what is tested is what the checks and the desk make of them.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from thidua.nominations.criteria_keys import to_analyse
from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.campaigns.models import Deployment, Offer
from thidua_web.eligibility.models import AwardNote, Completeness, Deed, FactKind, RecordedFact
from thidua_web.eligibility.models.facts import RecordKind
from thidua_web.nominations.models import (
    Attendance,
    Attendee,
    Claim,
    Confirmation,
    DossierFile,
    MeetingAnalysis,
    MeetingVote,
    Nomination,
    Part,
    ReviewMeeting,
    Submission,
)
from thidua_web.nominations.queries.checking import checked_of
from thidua_web.nominations.queries.loading import nominations_of
from thidua_web.register.actions.reforming import place_all
from thidua_web.register.models import Appointment, AwardRecord, Household, Person, Rating, Unit, UnitKind, UnitPeriod
from web import launched
from web.cast import LONG_AGO, Cast
from web.nominated_ways import BY_CAMPAIGN, CAMPAIGN_FAULTS, EACH, FAULTY, FIRST_FAULTY, OF_FIRMS, OF_ONE, UNITS, YEARLY
from web.reported import PDF

YEAR, SEED = 2025, 20260221
TODAY, DUE = datetime.date(2026, 3, 2), datetime.date(2026, 2, 28)
MET, LODGED, AFTER = datetime.date(2026, 2, 10), datetime.date(2026, 2, 20), datetime.date(2026, 2, 23)
AT = timezone.make_aware(datetime.datetime.combine(LODGED, datetime.time(9)))
FIRST, LAST = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31)
LAUNCHED = timezone.make_aware(datetime.datetime.combine(FIRST, datetime.time(8)))
TITLED, FAMILIES, FIRMS, PLAIN = 50, 24, 44, 14
REPORT = "Trong năm đã rút ngắn thời gian giải quyết hồ sơ, không để hồ sơ nào quá hạn, được nơi nhận xác nhận. " * 4
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Hồ", "Thạch", "Sơn", "Lý")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Thảo")
DOSSIER = (
    "Tờ trình", "Biên bản họp xét khen thưởng", "Báo cáo thành tích",
    "Đối với doanh nghiệp: xác nhận của cơ quan thuế, bảo hiểm xã hội",
)  # fmt: skip
ANALYSED = (*DOSSIER[:1], "Biên bản họp xét phân tích từng tiêu chuẩn của mỗi trường hợp", *DOSSIER[2:])
ANSWERS = {
    "individual": ("BANG_KHEN_TINH.exemplary", "BANG_KHEN_TINH.contribution", "GENERAL.no_pending_case"),
    "collective": ("BANG_KHEN_TINH.united", "BANG_KHEN_TINH.contribution", "GENERAL.no_pending_case"),
    "household": ("BANG_KHEN_TINH.exemplary", "BANG_KHEN_TINH.contribution", "GENERAL.no_pending_case"),
}
TITLE, WORK = "CSTDBT", "Quy trình xử lý hồ sơ liên thông"
OTHER_WORK = "Vận động 40 hộ hiến đất, mở rộng đường liên thôn"


@dataclass
class Slot:
    """One nomination to be written, with what goes beside it."""

    home: Unit
    of: Model
    award: str = "BANG_KHEN_TINH"
    way: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    second: bool = False
    """On the unit's second list of the year."""


@dataclass
class Province:
    """What was made: `planted` by nomination, the way of its defect."""

    top: Unit
    appraiser: User
    submissions: list[Submission]
    planted: dict[int, str]


class Making:
    """Rows in the order in which they need one another."""

    def __init__(self, cast: Cast) -> None:
        self.top, self.clerk = cast.province, cast.users["clerk"]
        self.draw = random.Random(SEED)
        self.facts: list[RecordedFact] = []
        self.awards: list[AwardRecord] = []
        self.file = keep_content(PDF, kind="pdf")
        self.people: list[Person] = []
        self.unit, self.n = self.top, 0
        self.slots: list[Slot] = []

    def make(self, appraiser: User) -> Province:
        self._units()
        self._campaign()
        self._plain()
        self._defects()
        self._people()
        planted = self._write()
        return Province(self.top, appraiser, self.submissions, planted)

    # --- Units --------------------------------------------------------------------------------------------------------

    def _units(self) -> None:
        kinds = (UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.WARD, UnitKind.COMMUNE)
        self.units = [self._unit(f"N{n:03}", f"Đơn vị số {n:03}", kinds[n % 4], self.top) for n in range(UNITS)]
        bulk(Unit, self.units)
        firms = FIRMS + len(OF_FIRMS) * EACH
        self.firms = [
            self._unit(f"F{n:03}", f"Công ty số {n:03}", UnitKind.ENTERPRISE, self._home(n)) for n in range(firms)
        ]
        self.offices = [
            self._unit(f"O{n:03}", f"Phòng số {n:03}", UnitKind.OFFICE, self._yearly(n)) for n in range(2 * EACH)
        ]
        for office in self.offices[EACH:]:
            office.valid_to = datetime.date(2025, 12, 31)
        below = [*self.firms, *self.offices]
        bulk(Unit, below)
        bulk(UnitPeriod, [_period(unit) for unit in (*self.units, *below)])
        place_all()
        known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        for rows in (self.units, self.firms, self.offices):
            rows[:] = [known[unit.code] for unit in rows]
        said = {"from_year": 0, "reason": "Đã đối chiếu", "by_name": "x", "at": AT}
        bulk(Completeness, [Completeness(unit=self.top, kind=kind, **said) for kind in RecordKind.values])

    def _unit(self, code: str, name: str, kind: str, parent: Unit) -> Unit:
        unit = Unit(code=code, name=name, kind=kind, parent=parent, valid_from=LONG_AGO)
        unit.fill_keys()
        return unit

    def _home(self, n: int) -> Unit:
        """Of the campaign's units, in turn."""
        return self.units[YEARLY + n % BY_CAMPAIGN]

    def _yearly(self, n: int) -> Unit:
        return self.units[n % YEARLY]

    # --- The campaign -------------------------------------------------------------------------------------------------

    def _campaign(self) -> None:
        self.campaign = launched.make_campaign(
            self.top, self.clerk, title="Phong trào xanh, sạch", at=LAUNCHED, start=FIRST, end=LAST
        )
        over = self.units[FIRST_FAULTY + FAULTY.index("over")].name
        self.offer = self._offer(DOSSIER, _quota("Mỗi đơn vị", 14), _quota(over, 11))
        self.analysed = self._offer(ANALYSED, _quota("Mỗi đơn vị", 14))
        reached = self.units[:-1]
        common = {"campaign": self.campaign, "sent_at": AT, "moved_at": AT}
        bulk(Deployment, [Deployment(unit=unit, launched_on=FIRST, launched_at=AT, **common) for unit in reached])
        Deployment.objects.create(unit=self.units[-1], **common)

    def _offer(self, dossier: Iterable[str], *quotas: dict[str, Any]) -> Offer:
        award, number = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", Offer.objects.count() + 1
        terms = {
            "key": f"award_forms-{number}", "words": _quote(award), "award": award, "for_": "both", "criteria": [],
            "granted_by": "Chủ tịch Ủy ban nhân dân tỉnh", "quotas": quotas,
            "dossier": [{"document": one} | _quote(one) for one in dossier],
        }  # fmt: skip
        part = launched._part(self.campaign, number)
        return Offer.objects.create(**part, award=award, granted_by=str(terms["granted_by"]), terms=terms)

    # --- Who is proposed ----------------------------------------------------------------------------------------------

    def _plain(self) -> None:
        for unit in self.units[:FIRST_FAULTY]:
            self.slots += [Slot(unit, self._person(unit)) for _ in range(PLAIN)]
        for n in range(TITLED):
            self._titled(self._yearly(n), "")
        for n in range(FAMILIES):
            self.slots.append(Slot(self._yearly(n), self._household(self._yearly(n))))
        for n, firm in enumerate(self.firms[:FIRMS]):
            self.slots.append(Slot(self._home(n), firm))

    def _defects(self) -> None:
        for place, planted in enumerate(OF_ONE):
            for n in range(EACH):
                self.unit, self.n = self._yearly(place * EACH + n), n
                getattr(self, f"_{planted.way}")()
        for n, firm in enumerate(self.firms[FIRMS:]):
            way = OF_FIRMS[n // EACH].way
            self.slots.append(Slot(_parent(firm), firm, way=way))
        for unit, way in zip(self.units[FIRST_FAULTY:], FAULTY, strict=True):
            self.slots += [Slot(unit, self._person(unit), way=way) for _ in range(EACH)]
        for slot in self.slots[:EACH]:
            self.slots.append(Slot(slot.home, slot.of, way="again", values={"summary": OTHER_WORK}, second=True))

    def _person(self, unit: Unit) -> Person:
        name = f"{self.draw.choice(FAMILY)} {self.draw.choice(('Văn', 'Thị'))} {self.draw.choice(GIVEN)}"
        sex = "female" if " Thị " in name else "male"
        person = Person(full_name=name, unit=unit, position="Chuyên viên", sex=sex, code=f"N{len(self.people):05}")
        person.fill_keys()
        self.people.append(person)
        return person

    def _household(self, unit: Unit) -> Household:
        number = Household.objects.count() + 1
        return Household.objects.create(
            head_name=f"Nguyễn Văn {number}", head_sex="male", code=f"H{number:04}", address="ấp 1", unit=unit
        )

    def _titled(self, unit: Unit, way: str, years: Sequence[int] = (2023, 2024, 2025)) -> Slot:
        """Fighters of the base for three years, with a work of the province's scope."""
        person = self._person(unit)
        self.awards += [_award(person, "CSTDCS", year) for year in years]
        self._fact(person, FactKind.INITIATIVE, scope="province", title=WORK, year=YEAR, paper="87/QĐ-UBND")
        slot = Slot(unit, person, TITLE, way)
        self.slots.append(slot)
        return slot

    def _fact(self, of: Model, kind: str, **values: Any) -> None:
        whose = {Person: "person", Unit: "unit", Household: "household"}[type(of)]
        self.facts.append(RecordedFact(**{whose: of}, kind=kind, by_name="x", at=AT, **values))

    # --- The ways -----------------------------------------------------------------------------------------------------

    def _one(self, unit: Unit, way: str, **values: Any) -> Slot:
        slot = Slot(unit, self._person(unit), way=way, values=values)
        self.slots.append(slot)
        return slot

    def _no_paper(self) -> None:
        self._titled(self.unit, "no_paper")

    def _no_evidence(self) -> None:
        self._one(self.unit, "no_evidence")

    def _before(self) -> None:
        self._one(self.unit, "before")

    def _empty(self) -> None:
        self._one(self.unit, "empty", sections={})

    def _untrue(self) -> None:
        self._one(self.unit, "untrue")

    def _misnamed(self) -> None:
        self._one(self.unit, "misnamed", name="Nguyễn Không Đúng Tên")

    def _commended(self) -> None:
        self._one(self.unit, "commended")

    def _held(self) -> None:
        slot = self._titled(self.unit, "held")
        self.awards.append(_award(slot.of, TITLE, YEAR))

    def _elsewhere(self) -> None:
        self.slots.append(Slot(self.unit, self._person(self.units[FIRST_FAULTY - 1 - self.n]), way="elsewhere"))

    def _dissolved(self) -> None:
        office = self.offices[EACH + self.n]
        self.slots.append(Slot(_parent(office), office, way="dissolved"))

    def _titles(self) -> None:
        self._titled(self.unit, "titles", years=(2022, 2025) if self.n % 2 else (2025,))

    def _rating(self) -> None:
        self.slots.append(Slot(_parent(self.offices[self.n]), self.offices[self.n], "TTLDXS", "rating"))

    def _discipline(self) -> None:
        slot = self._one(self.unit, "discipline")
        self._fact(slot.of, FactKind.DISCIPLINE, code="warning", since=datetime.date(YEAR, 5, 8), paper="21/QĐ")
        self._fact(slot.of, FactKind.ANSWER, code="GENERAL.merit_after_discipline", year=YEAR, yes=False)

    def _pending(self) -> None:
        slot = self._one(self.unit, "pending")
        self._fact(slot.of, FactKind.INSPECTION, since=datetime.date(2026, 1, 15), paper="4/QĐ-TTRA")

    def _family(self) -> None:
        self.slots.append(Slot(self.unit, self._household(self.unit), TITLE, "family"))

    # --- Rows ---------------------------------------------------------------------------------------------------------

    def _people(self) -> None:
        bulk(Person, self.people)
        bulk(Appointment, [Appointment(person=one, unit=one.unit, valid_from=LONG_AGO) for one in self.people])
        bulk(Rating, [Rating(unit=unit, year=YEAR, level="good", track="state") for unit in self.offices[:EACH]])
        for slot in self.slots:
            if not slot.second:
                self._answer(slot)
        bulk(RecordedFact, self.facts)
        bulk(AwardRecord, self.awards)
        notes = [AwardNote(award=award, merit="yearly", by_name="x", at=AT) for award in self.awards]
        bulk(AwardNote, notes)

    def _answer(self, slot: Slot) -> None:
        kind = {Person: "individual", Unit: "collective", Household: "household"}[type(slot.of)]
        asked = ("CSTDBT.outstanding", "GENERAL.no_pending_case") if slot.award == TITLE else ANSWERS[kind]
        for question in asked:
            self._fact(slot.of, FactKind.ANSWER, code=question, year=YEAR, yes=True)

    def _write(self) -> dict[int, str]:
        made = {(unit.pk, False): self._submission(unit) for unit in self.units}
        second = {slot.home.pk: slot.home for slot in self.slots if slot.second}
        made |= {(pk, True): self._submission(unit, second=True) for pk, unit in second.items()}
        bulk(Submission, made.values())
        self.submissions = list(made.values())
        rows = [
            self._nomination(slot, made[slot.home.pk, slot.second], place) for place, slot in enumerate(self.slots, 1)
        ]
        bulk(Nomination, rows)
        self._dossiers(rows)
        self._meetings(rows)
        self._deeds(rows)
        return {row.pk: slot.way for row, slot in zip(rows, self.slots, strict=True) if slot.way}

    def _submission(self, unit: Unit, *, second: bool = False) -> Submission:
        campaign = self.campaign if self._is_of_campaign(unit) else None
        late = _fault(unit) == "late"
        return Submission(
            unit=unit, to_unit=self.top, kind="campaign" if campaign else "yearly", campaign=campaign, year=YEAR,
            title="Đề nghị khen thưởng", state="submitted", signed_by=self.clerk, signed_at=AT,
            lodged_on=AFTER if second else LODGED,
            prepared_by=self.clerk, prepared_at=AT, number="1/TTr",
            due_on=datetime.date(2026, 2, 10) if late else DUE, due_basis="Trước ngày 28 tháng 02 năm 2026",
        )  # fmt: skip

    def _is_of_campaign(self, unit: Unit) -> bool:
        place = _number(unit)
        return place >= UNITS - CAMPAIGN_FAULTS or YEARLY <= place < FIRST_FAULTY

    def _offer_of(self, home: Submission) -> Offer | None:
        """Two lists of the campaign are for the offer that asks minutes to go through every criterion."""
        if home.campaign_id is None:
            return None
        is_analysed = _number(home.unit) == FIRST_FAULTY - 1 or _fault(home.unit) == "unanalysed"
        return self.analysed if is_analysed else self.offer

    def _nomination(self, slot: Slot, home: Submission, place: int) -> Nomination:
        subject, column = {
            Person: ("individual", "person"), Unit: ("collective", "collective"), Household: ("household", "household"),
        }[type(slot.of)]  # fmt: skip
        name = str(getattr(slot.of, "full_name", None) or getattr(slot.of, "name", None) or f"Hộ {slot.of}")
        said = {
            "name": name, "unit_name": slot.home.name, "sections": {"achieved": REPORT}, "position": "",
            "summary": f"Việc số {place} của {name}", "since": FIRST, "until": LAST,
        }  # fmt: skip
        return Nomination(
            submission=home, unit=slot.home, to_unit=self.top, place=place, subject=subject, **{column: slot.of},
            award=slot.award, offer=self._offer_of(home), year=YEAR,
            merit="campaign" if home.campaign_id else "yearly", state="lodged", lodged_on=home.lodged_on,
            edited_by=self.clerk, edited_at=AT, **(said | slot.values),
        )  # fmt: skip

    def _dossiers(self, rows: Sequence[Nomination]) -> None:
        """Everybody has a claim with its evidence, a titled one the paper on the work, firms what bodies confirmed."""
        pairs = list(zip(rows, self.slots, strict=True))
        claims = [self._claim(row, slot) for row, slot in pairs]
        bulk(Claim, claims)
        common = {"file": self.file, "name": "to.pdf", "uploaded_by": self.clerk, "uploaded_at": AT}
        files = [
            DossierFile(submission=row.submission, nomination=row, claim=claim, **common)
            for (row, slot), claim in zip(pairs, claims, strict=True) if slot.way != "no_evidence"
        ]  # fmt: skip
        files += [
            DossierFile(submission=row.submission, nomination=row, paper="sang_kien", **common)
            for row, slot in pairs if slot.award == TITLE and slot.way != "no_paper"
        ]  # fmt: skip
        bulk(DossierFile, files)
        firms = {firm.pk for firm in self.firms}
        bulk(Confirmation, [
            Confirmation(
                nomination=row, body=body, asked_of="x", asked_on=MET, asked_by=self.clerk, answered_on=MET,
                answered_by=self.clerk, yes=slot.way != "refused" or body == "social_insurance",
            )
            for row, slot in pairs if row.collective_id in firms and slot.way != "unasked"
            for body in ("tax", "social_insurance")
        ])  # fmt: skip

    def _claim(self, row: Nomination, slot: Slot) -> Claim:
        day = datetime.date(2023, 6, 1) if slot.way == "before" else datetime.date(YEAR, 6, 1)
        claim = Claim(nomination=row, place=1, words="Giải quyết 1.200 hồ sơ đúng hạn", since=day, until=day)
        if slot.way == "untrue":
            claim.verdict, claim.verdict_note = "untrue", "Hồ sơ gốc không có"
            claim.verdict_by, claim.verdict_at = self.clerk, AT
        return claim

    def _meetings(self, rows: Sequence[Nomination]) -> None:
        """Every other one held in full, the others with just enough members there, and just enough of them agreeing."""
        held = {one.pk: self._meeting(one) for one in self.submissions if _fault(one.unit) != "unminuted"}
        bulk(ReviewMeeting, [meeting for meeting, _, _ in held.values()])
        bulk(Attendee, [
            Attendee(meeting=meeting, place=n, name=f"Người dự {n}", part=part, attendance=attendance)
            for meeting, present, _ in held.values() for n, part, attendance in _attending(meeting, present)
        ])  # fmt: skip
        votes = []
        for row in rows:
            if row.submission_id in held:
                meeting, _, agreed = held[row.submission_id]
                against = (meeting.members or 0) - agreed
                votes.append(MeetingVote(meeting=meeting, nomination=row, agreed=agreed, against=against, abstained=0))
        bulk(MeetingVote, votes)
        self._analyses([row for row in rows if row.offer_id == self.analysed.pk], held)

    def _meeting(self, of: Submission) -> tuple[ReviewMeeting, int, int]:
        """With how many came to it, and how many agreed."""
        members, present, agreed = (6, 4, 5) if _number(of.unit) % 2 else (3, 3, 3)
        if _fault(of.unit) == "short":
            members, present, agreed = 6, 3, 6
        if _fault(of.unit) == "outvoted":
            members, present, agreed = 6, 6, 4
        said = {"held_on": MET, "members": members, "edited_by": self.clerk, "edited_at": AT}
        return ReviewMeeting(submission=of, **said), present, agreed

    def _analyses(self, rows: Sequence[Nomination], held: Mapping[int, tuple[ReviewMeeting, int, int]]) -> None:
        """Of each of a list every criterion, but where that is the fault."""
        told = [row for row in rows if _fault(row.submission.unit) != "unanalysed"]
        known = checked_of(nominations_of([row.pk for row in told]), LODGED)
        bulk(MeetingAnalysis, [
            MeetingAnalysis(meeting=held[row.submission_id][0], nomination=row, key=item.key, words="Đạt")
            for row in told if (assessment := known[row.pk].assessment) for item in to_analyse(assessment)
        ])  # fmt: skip

    def _deeds(self, rows: Sequence[Nomination]) -> None:
        """What was commended already, as a sudden deed."""
        again = [row for row, slot in zip(rows, self.slots, strict=True) if slot.way == "commended"]
        deeds = [Deed(person=row.person, title=row.summary, until=LAST, by_name="x", at=AT) for row in again]
        bulk(Deed, deeds)
        given = [_award(row.person, "GIAY_KHEN", YEAR) for row in again]
        bulk(AwardRecord, given)
        notes = [
            AwardNote(award=award, deed=deed, merit="sudden", by_name="x", at=AT)
            for award, deed in zip(given, deeds, strict=True)
        ]
        bulk(AwardNote, notes)
        for row, deed in zip(again, deeds, strict=True):
            row.deed = deed
        Nomination.objects.bulk_update(again, ["deed"])


def bulk(model: type[Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(list(rows), batch_size=1000)


def _quote(words: str) -> dict[str, Any]:
    return {"quote": words, "span": [0, len(words)]}


def _quota(unit: str, most: int) -> dict[str, Any]:
    return {"unit": unit, "max": most, "of": "cá nhân"} | _quote(f"{unit}: không quá {most} cá nhân")


def _number(unit: Unit) -> int:
    """Of those that propose."""
    return int(unit.code[1:])


def _fault(unit: Unit) -> str:
    """What is wrong with the whole list of a unit, or with all on it; "" for most."""
    place = _number(unit) - FIRST_FAULTY
    return FAULTY[place] if place >= 0 else ""


def _attending(meeting: ReviewMeeting, present: int) -> Iterator[tuple[int, str, str]]:
    """Who was absent wrote."""
    parts = (Part.CHAIR, Part.SECRETARY)
    for n in range(meeting.members or 0):
        part = parts[n] if n < len(parts) else Part.MEMBER
        yield n + 1, part, Attendance.PRESENT if n < present else Attendance.WRITTEN


def _period(unit: Unit) -> UnitPeriod:
    said = {"name": unit.name, "kind": unit.kind, "parent": unit.parent}
    return UnitPeriod(unit=unit, valid_from=unit.valid_from, valid_to=unit.valid_to, **said)


def _parent(unit: Unit) -> Unit:
    assert unit.parent is not None
    return unit.parent


def _award(of: Any, award: str, year: int) -> AwardRecord:
    return AwardRecord(
        person=of, award=award, title=award, year=year, decision=f"{year}/QĐ", decided_on=datetime.date(year, 12, 1),
        recipient_name=of.full_name, unit_name=of.unit.name,
    )  # fmt: skip
