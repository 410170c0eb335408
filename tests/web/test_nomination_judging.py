"""Claims get a verdict; a clause is held to be met by one person and a second, never by one alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua.nominations.criteria_keys import keyed
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Claim, Nomination, Override
from thidua_web.nominations.queries.checking import checked
from thidua_web.notices.models import Notice
from web.appraised import a_second, act, in_hand, said
from web.cast import Cast

REASON = "Quyết định số 77/QĐ-SNV công nhận, sổ chưa ghi."


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return in_hand(cast)


def open_clause(row: Nomination) -> str:
    """The key of a test that the facts do not settle."""
    plain = checked(row, timezone.localdate()).plain
    assert plain is not None
    return next(item.key for item in keyed(plain) if not item.result.parts and item.result.outcome == "unknown")


def outcome_of(row: Nomination, key: str) -> str:
    found = checked(row, timezone.localdate()).assessment
    assert found is not None
    number = key.rsplit("-", 1)[0]
    return next(str(item.result.outcome) for item in keyed(found) if item.number == number)


# Claims


def test_a_verdict_is_written_with_who_and_why(client: Client, cast: Cast, nomination: Nomination) -> None:
    claim = Claim.objects.get()
    sent = {f"v{claim.pk}": "took_part", f"n{claim.pk}": "Là thành viên tổ, không chủ trì."}
    assert act(client, cast.users["appraiser"], "verdicts", nomination, **sent).status_code == 302
    claim.refresh_from_db()
    assert (claim.verdict, claim.verdict_by) == ("took_part", cast.users["appraiser"])
    assert nomination.revision == 1
    assert JournalLine.objects.get(act="appraisal.verdict").details["verdicts"] == {str(claim.pk): "took_part"}
    assert act(client, cast.users["appraiser"], "verdicts", nomination, **sent).status_code == 302
    assert JournalLine.objects.filter(act="appraisal.verdict").count() == 1


def test_of_two_who_judge_the_second_is_told_and_loses_nothing(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    claim = Claim.objects.get()
    seen = nomination.revision
    act(client, cast.users["appraiser"], "verdicts", nomination, **{f"v{claim.pk}": "proved"})
    sent = {f"v{claim.pk}": "took_part", f"n{claim.pk}": "Chỉ góp vốn.", "seen": seen}
    answer = act(client, a_second(cast), "verdicts", nomination, **sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert '<option value="took_part" selected>' in shown
    assert "Chỉ góp vốn." in shown
    assert "Đang ghi trong hồ sơ: Đã chứng minh" in shown
    claim.refresh_from_db()
    assert claim.verdict == "proved"


def test_a_verdict_against_a_claim_says_why(client: Client, cast: Cast, nomination: Nomination) -> None:
    claim = Claim.objects.get()
    answer = act(
        client, cast.users["appraiser"], "verdicts", nomination, **{f"v{claim.pk}": "untrue", f"n{claim.pk}": " "}
    )
    assert answer.status_code == 422
    assert "Kết luận này phải ghi vì sao." in said(answer)
    claim.refresh_from_db()
    assert claim.verdict == ""


# Overrides


def ask(client: Client, cast: Cast, row: Nomination) -> Override:
    answer = act(client, cast.users["appraiser"], "override", row, open_clause(row), becomes="met", reason=REASON)
    assert answer.status_code == 302
    return Override.objects.get()


def test_it_waits_for_another_and_counts_when_they_agree(client: Client, cast: Cast, nomination: Nomination) -> None:
    second = a_second(cast)
    row = ask(client, cast, nomination)
    assert outcome_of(nomination, row.key) == "unknown"
    assert {one.user for one in Notice.objects.filter(kind="appraisal.override_waits")} == {second, cast.users["head"]}
    assert act(client, second, "agree_override", nomination, row.pk).status_code == 302
    row.refresh_from_db()
    assert (row.agreed, row.second) == (True, second)
    assert outcome_of(nomination, row.key) == "met"
    client.force_login(cast.users["auditor"])
    words = said(client.get(reverse("nominations:nomination", args=[nomination.pk])))
    for part in (REASON, "Được coi là đạt", "Người second"):
        assert part in words


def test_nobody_agrees_with_themselves(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = ask(client, cast, nomination)
    answer = act(client, cast.users["appraiser"], "agree_override", nomination, row.pk)
    assert answer.status_code == 422
    assert "Phải do một người khác." in said(answer)
    row.refresh_from_db()
    assert row.agreed is None


def test_to_refuse_takes_words_and_then_it_may_be_asked_again(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    row = ask(client, cast, nomination)
    head = cast.users["head"]
    assert act(client, head, "refuse_override", nomination, row.pk, words="").status_code == 422
    assert act(client, head, "refuse_override", nomination, row.pk, words="Chưa đủ căn cứ.").status_code == 302
    row.refresh_from_db()
    assert (row.agreed, row.second_words) == (False, "Chưa đủ căn cứ.")
    assert Notice.objects.get(kind="appraisal.override_refused").user == cast.users["appraiser"]
    key = open_clause(nomination)
    answer = act(client, cast.users["appraiser"], "override", nomination, key, becomes="met", reason="Bổ sung căn cứ.")
    assert answer.status_code == 302
    assert Override.objects.count() == 2


def test_what_was_agreed_to_is_taken_back(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = ask(client, cast, nomination)
    act(client, a_second(cast), "agree_override", nomination, row.pk)
    assert act(client, cast.users["appraiser"], "withdraw_override", nomination, row.pk).status_code == 302
    assert outcome_of(nomination, row.key) == "unknown"


def test_one_clause_waits_once(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = ask(client, cast, nomination)
    answer = act(client, a_second(cast), "override", nomination, row.key, becomes="met", reason="Lý do khác")
    assert answer.status_code == 422
    assert "đã có một đề nghị thay đổi kết quả" in said(answer)
    assert Override.objects.count() == 1


@pytest.mark.parametrize("who", ["clerk", "auditor", "council_secretary"])
def test_only_appraisers_and_the_head_may_be_the_second(
    client: Client, cast: Cast, nomination: Nomination, who: str
) -> None:
    row = ask(client, cast, nomination)
    assert act(client, cast.users[who], "agree_override", nomination, row.pk).status_code == 403
