"""Facts are written, taken back and brought back; nothing is edited."""

from __future__ import annotations

import datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from thidua.errors import UnreadableError
from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.archive.evidence import MOST_BYTES, check_evidence, check_room
from thidua_web.archive.models import StoredFile
from thidua_web.archive.names import clean_name
from thidua_web.eligibility.models import FactEvidence, FactKind, RecordedFact
from thidua_web.eligibility.models.facts import SPELLS
from thidua_web.journal.actions import record
from thidua_web.register.nominees import Nominee, kind_of, name_of, unit_id_of, whose_is

# One answer, confirmation or value a year: the newest takes the place of the one before.
SAID_ONCE = (FactKind.ANSWER, FactKind.CONFIRMATION, FactKind.MEASURE)


@transaction.atomic
def record_fact(*, of: Nominee, kind: str, by: User, at: datetime.datetime, **values: Any) -> RecordedFact:
    """`values` are fields of the fact. The same again changes nothing; another answer to a question takes the place of
    the one before, which is kept as taken back.
    """
    whose = whose_is(of)
    said = {"kind": kind, **_whole(values)}
    known = RecordedFact.objects.standing().select_for_update().filter(**whose, **said).first()
    if known is not None:
        return known
    if kind in SAID_ONCE:
        _replace(whose, kind, values, by, at)
    fact = RecordedFact.objects.create(**whose, **said, by_name=_name(by), at=at)
    _journal("fact.recorded", fact, by, at)
    return fact


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """Every field of a fact, so that less said is not taken for the same."""
    empty = {
        "year": None, "since": None, "until": None, "code": "", "scope": "", "title": "", "used_for": "", "yes": None,
        "cleared": False, "value": None, "paper": "", "decided_on": None,
    }  # fmt: skip
    return empty | values


def _replace(whose: dict[str, Any], kind: str, values: dict[str, Any], by: User, at: datetime.datetime) -> None:
    same = RecordedFact.objects.standing().filter(
        **whose, kind=kind, code=values.get("code", ""), year=values.get("year")
    )
    same.update(withdrawn_at=at, withdrawn_by_name=_name(by))


@transaction.atomic
def withdraw_fact(*, fact: RecordedFact, by: User, at: datetime.datetime) -> bool:
    """False where it was taken back before."""
    rows = RecordedFact.objects.standing().filter(pk=fact.pk)
    if not rows.update(withdrawn_at=at, withdrawn_by_name=_name(by)):
        return False
    _journal("fact.withdrawn", fact, by, at)
    return True


@transaction.atomic
def restore_fact(*, fact: RecordedFact, by: User, at: datetime.datetime) -> bool:
    """Undo of taking back. False where it stands; raises ValidationError where another one took its place."""
    row = RecordedFact.objects.select_for_update().get(pk=fact.pk)
    if row.withdrawn_at is None:
        return False
    same = Q(kind=row.kind, code=row.code, year=row.year, **whose_is(row.of))
    if row.kind in SAID_ONCE and RecordedFact.objects.standing().filter(same).exists():
        raise ValidationError(gettext("Đã có dữ kiện mới hơn cho câu hỏi này. Hãy rút dữ kiện mới trước."))
    row.withdrawn_at, row.withdrawn_by_name = None, ""
    row.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
    _journal("fact.restored", row, by, at)
    return True


@transaction.atomic
def end_spell(
    *, fact: RecordedFact, until: datetime.date, cleared: bool, by: User, at: datetime.datetime
) -> RecordedFact:
    """What lasted has ended: it is taken back and written anew with its last day. Raises ValidationError where the day
    stands before its first, or it is no such fact.
    """
    row = RecordedFact.objects.select_for_update().get(pk=fact.pk)
    if row.kind not in SPELLS or row.since is None or row.withdrawn_at is not None:
        raise ValidationError(gettext("Dữ kiện này không còn mở."))
    if until < row.since:
        raise ValidationError({"until": gettext("Ngày kết thúc đứng trước ngày bắt đầu.")})
    if row.until == until and row.cleared == cleared:
        return row
    withdraw_fact(fact=row, by=by, at=at)
    kept = ("since", "code", "title", "paper", "decided_on")
    values = {name: getattr(row, name) for name in kept} | {"until": until, "cleared": cleared}
    ended = record_fact(of=row.of, kind=row.kind, by=by, at=at, **values)
    for one in row.evidence.all():
        fields = {"name": one.name, "uploaded_by": one.uploaded_by, "uploaded_at": one.uploaded_at}
        FactEvidence.objects.get_or_create(fact=ended, file=one.file, defaults=fields)
    return ended


@transaction.atomic
def add_evidence(*, fact: RecordedFact, source: IO[bytes], name: str, by: User, at: datetime.datetime) -> FactEvidence:
    """Raises UnreadableError with the reason why the file is not taken. The same content again changes nothing."""
    name = clean_name(name)
    data = source.read(MOST_BYTES + 1)
    kind = check_evidence(data, name)
    held = StoredFile.objects.filter(pk__in=fact.evidence.values("file_id"))
    check_room(name, len(data), files=held.count(), together=sum(held.values_list("size", flat=True)))
    fields = {"name": name, "uploaded_by": by, "uploaded_at": at}
    made, new = FactEvidence.objects.get_or_create(fact=fact, file=keep_content(data, kind=kind), defaults=fields)
    if new:
        _journal("fact.evidence_added", fact, by, at)
    return made


def readable(source: IO[bytes], name: str) -> UnreadableError | None:
    """Why a file would not be taken, before anything is written; the source is left at its beginning."""
    try:
        check_evidence(source.read(MOST_BYTES + 1), clean_name(name))
    except UnreadableError as error:
        return error
    finally:
        source.seek(0)
    return None


def _name(by: User) -> str:
    return str(by.full_name)[:120]


def _journal(act: str, fact: RecordedFact, by: User, at: datetime.datetime) -> None:
    """What lasted is named by no kind: a discipline reads there like a leave."""
    of = fact.of
    kind = "spell" if fact.kind in SPELLS else fact.kind
    said = {} if kind == "spell" else {"code": fact.code, "year": fact.year}
    record(
        act=act,
        by=by,
        at=at,
        unit_id=unit_id_of(of),
        subject=(kind_of(of), of.pk),
        label=name_of(of),
        details={"fact": fact.pk, "kind": kind, **said},
    )
