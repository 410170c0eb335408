"""A report is compared with others while it is written, within what whoever asks may read."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.eligibility.actions.deeds import record_deed
from thidua_web.nominations.actions.report_prints import keep_prints
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import UnitKind
from web.cast import LONG_AGO, Cast
from web.dossier_rows import a_nomination, a_person, a_submission
from web.nominated import a_submission as sent_by

OWN = "Trong năm qua tôi đã trực tiếp hướng dẫn ba mươi xã cập nhật dữ liệu đất đai lên hệ thống dùng chung của tỉnh. "
COPIED = (
    "Bản thân chủ động đề xuất giải pháp rút ngắn thời gian giải quyết hồ sơ từ mười lăm ngày xuống còn năm ngày, giúp "
    "người dân không phải đi lại nhiều lần, được lãnh đạo Sở đánh giá cao và nhân rộng ra toàn ngành trong quý ba. "
)


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return a_submission(cast)


@pytest.fixture
def nomination(cast: Cast, submission: Submission) -> Nomination:
    return written(a_nomination(submission, a_person(cast)), OWN + COPIED)


def written(nomination: Nomination, text: str) -> Nomination:
    nomination.sections = {"achieved": text}
    nomination.save()
    keep_prints(nomination)
    return nomination


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def part(client: Client, nomination: Nomination) -> str:
    return client.get(f"/ho-so/{nomination.pk}/soan/giong/", HTTP_HX_REQUEST="true").content.decode()


def test_a_passage_of_another_dossier_is_found_and_laid_beside(
    unit: Client, cast: Cast, submission: Submission, nomination: Nomination
) -> None:
    other = written(a_nomination(submission, a_person(cast, "Lê Văn Sáu")), "Là cán bộ thống kê. " + COPIED)
    page = part(unit, nomination)
    assert ("Lê Văn Sáu" in page, "rút ngắn thời gian giải quyết" in page) == (True, True)
    address = f"/ho-so/{nomination.pk}/soan/giong/dossier/{other.pk}/"
    assert address in page
    beside = unit.get(address).content.decode()
    assert ("1 đoạn giống nhau" in beside, beside.count("<mark")) == (True, 2)
    assert OWN.strip()[:40] in beside


def test_a_report_of_the_register_is_found_too(unit: Client, cast: Cast, nomination: Nomination) -> None:
    by, at = cast.users["neighbour"], timezone.now()
    deed = record_deed(of=a_person(cast, "Trần Thị Bảy"), title="Rút ngắn thời gian", text=COPIED * 2, by=by, at=at)
    client = Client()
    client.force_login(cast.users["clerk"])
    assert "Trần Thị Bảy" in part(client, nomination)
    assert client.get(f"/ho-so/{nomination.pk}/soan/giong/deed/{deed.pk}/").status_code == 200


def test_what_one_may_not_read_is_not_told_of(unit: Client, cast: Cast, nomination: Nomination) -> None:
    away = create_unit(code="T-9", name="Sở Xa", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    theirs = sent_by(away, cast.province, cast.users["clerk"])
    from web.nominated import a_nomination as nominate

    hidden = written(nominate(theirs, "Người Sở Xa"), COPIED)
    assert "Người Sở Xa" not in part(unit, nomination)
    assert unit.get(f"/ho-so/{nomination.pk}/soan/giong/dossier/{hidden.pk}/").status_code == 404
    above = Client()
    above.force_login(cast.users["clerk"])
    assert "Người Sở Xa" in part(above, nomination)


def test_the_same_nominee_s_other_award_in_the_submission_is_no_copy(
    unit: Client, submission: Submission, nomination: Nomination
) -> None:
    written(a_nomination(submission, nomination.person, award="GIAY_KHEN_SO"), OWN + COPIED)
    assert "Không thấy đoạn nào giống" in part(unit, nomination)


def test_official_language_that_many_share_is_no_copy(
    unit: Client, cast: Cast, submission: Submission, nomination: Nomination
) -> None:
    for n in range(10):
        written(a_nomination(submission, a_person(cast, f"Lê Văn {n}")), f"Việc của riêng người số {n}. " + COPIED)
    assert "Không thấy đoạn nào giống" in part(unit, nomination)


def test_what_is_typed_is_compared_once_it_is_saved(
    unit: Client, cast: Cast, submission: Submission, nomination: Nomination
) -> None:
    written(a_nomination(submission, a_person(cast, "Lê Văn Sáu")), COPIED)
    assert "Lê Văn Sáu" in part(unit, nomination)
    sent = {"revision": nomination.revision, "token": str(uuid.uuid4()), "s_achieved": OWN}
    unit.post(f"/ho-so/{nomination.pk}/soan/luu/", sent, HTTP_X_THIDUA="draft")
    assert "Không thấy đoạn nào giống" in part(unit, nomination)


def test_it_asks_as_much_whatever_it_finds(
    unit: Client, cast: Cast, submission: Submission, nomination: Nomination
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            part(unit, nomination)
        return len(queries)

    written(a_nomination(submission, a_person(cast, "Lê Văn Sáu")), COPIED)
    asked()
    before = asked()
    for n in range(3):
        written(a_nomination(submission, a_person(cast, f"Lê Văn {n}")), f"Riêng {n}. " + COPIED)
    assert asked() == before


def test_without_the_script_it_is_a_page(unit: Client, nomination: Nomination) -> None:
    page = unit.get(f"/ho-so/{nomination.pk}/soan/giong/").content.decode()
    assert ("<html" in page, "Không thấy đoạn nào giống" in page) == (True, True)
    assert unit.get(f"/ho-so/{nomination.pk}/soan/giong/other/1/").status_code == 404
