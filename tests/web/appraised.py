"""Nominations in the hands of the province's appraisers, for tests of what they do with them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.archive.actions import keep_content
from thidua_web.nominations.models import Claim, DossierFile, Nomination
from web import nominated
from web.cast import LONG_AGO, Cast, make_user
from web.nominated import a_nomination, a_submission


def prepared(cast: Cast, **values: Any) -> Nomination:
    """A draft of the office: one claim, proved by one file; nothing said of who is who."""
    clerk = cast.users["neighbour"]
    said = {"summary": "Số hóa sổ tiếp dân của Sở", "sections": {"achieved": "Đã số hóa toàn bộ sổ tiếp dân."}}
    row = a_nomination(a_submission(cast.office, cast.province, clerk), award="CSTDCS", **(said | values))
    claim = Claim.objects.create(nomination=row, place=1, words="Số hóa 12.000 hồ sơ", value="12.000")
    a_file(row, claim=claim, name="quyet-dinh.pdf")
    return row


def a_file(row: Nomination, **values: Any) -> DossierFile:
    """A PDF of the dossier, its content like no other's."""
    number = str(DossierFile.objects.count() + 1).encode()
    content = keep_content(b"%PDF-1.4\n1 0 obj<</N " + number + b">>endobj\ntrailer<<>>\n%%EOF\n", kind="pdf")
    said = {"name": "to.pdf", "file": content, "uploaded_by": row.edited_by, "uploaded_at": row.edited_at}
    return DossierFile.objects.create(nomination=row, submission=row.submission, **(said | values))


def lodged(cast: Cast, **values: Any) -> Nomination:
    """Sent to the province, waiting to be taken in."""
    return nominated.lodged(prepared(cast, **values))


def in_hand(cast: Cast, **values: Any) -> Nomination:
    """Taken in, being appraised."""
    row = nominated.lodged(prepared(cast, **values), "in_appraisal")
    Nomination.objects.filter(pk=row.pk).update(appraiser=cast.users["appraiser"])
    row.refresh_from_db()
    return row


def a_second(cast: Cast, name: str = "second", role: Role = Role.APPRAISER) -> User:
    """Another person of the province."""
    user = make_user(name)
    Membership.objects.create(user=user, unit=cast.province, role=role, valid_from=LONG_AGO)
    return user


def a_head(cast: Cast) -> User:
    """The head of the office that proposes."""
    user = make_user("office_head")
    Membership.objects.create(user=user, unit=cast.office, role=Role.HEAD, valid_from=LONG_AGO)
    return user


def act(client: Client, user: User, name: str, row: Nomination, *keys: Any, **data: Any) -> Any:
    """Pressed on the page as it is now, unless `seen` says otherwise."""
    client.force_login(user)
    now = Nomination.objects.get(pk=row.pk)
    answer = client.post(reverse(f"nominations:{name}", args=[row.pk, *keys]), {"seen": now.revision} | data)
    row.refresh_from_db()
    return answer


def said(answer: Any) -> str:
    return str(answer.content.decode())
