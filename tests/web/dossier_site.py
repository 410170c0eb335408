"""A submission of the demo's province with dossiers, laid in by `site.run` for browsers to write in."""

from __future__ import annotations

import io
import json

import pypdfium2
from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.nominations.actions.report_prints import keep_prints
from thidua_web.nominations.models import Claim, Confirmation, DossierFile, Nomination
from thidua_web.register.models import Unit
from web.nominated import a_nomination, a_submission

COPIED = (
    "Bản thân chủ động đề xuất giải pháp rút ngắn thời gian giải quyết hồ sơ từ mười lăm ngày xuống còn năm ngày, giúp "
    "người dân không phải đi lại nhiều lần, được lãnh đạo Sở đánh giá cao và nhân rộng ra toàn ngành trong quý ba."
)
OWN = "Trong năm đã trực tiếp hướng dẫn 30 xã cập nhật dữ liệu đất đai lên hệ thống dùng chung của tỉnh."


@transaction.atomic
def lay(title: str) -> str:
    """Answers with the numbers of an empty dossier, of one with all in it, and of their submission, as JSON."""
    province, own = Unit.objects.get(code="UBND"), Unit.objects.get(code="SNNMT")
    clerk = User.objects.get(username="vanthu.so")
    submission = a_submission(own, province, clerk, title)
    empty = a_nomination(submission, "Đặng Thị Mỹ Lệ", "CSTDCS", summary="", sections={})
    full = a_nomination(
        submission, "Trần Văn Bền", "CSTDCS", since="2026-01-01", until="2026-10-31",
        summary="Đi đầu số hóa kho lưu trữ đất đai của tỉnh, rút ngắn thời gian giải quyết hồ sơ.",
        sections={"duties": "Phụ trách kho lưu trữ; tổ trưởng tổ số hóa.", "achieved": f"{OWN}\n\n{COPIED}"},
    )  # fmt: skip
    keep_prints(full)
    copy = a_nomination(submission, "Lê Văn Sáu", "LDTT", sections={"achieved": COPIED})
    keep_prints(copy)
    _fill(full, clerk)
    return json.dumps({"empty": empty.pk, "full": full.pk, "submission": submission.pk})


def _fill(nomination: Nomination, clerk: User) -> None:
    day = timezone.localdate()
    claim = Claim.objects.create(
        nomination=nomination, place=1, words="Số hóa 12.000 hồ sơ đất đai", value="120% chỉ tiêu"
    )
    Claim.objects.create(nomination=nomination, place=2, words="Hướng dẫn 30 xã cập nhật dữ liệu")
    Confirmation.objects.create(
        nomination=nomination, body="tax", asked_of="Thuế tỉnh", asked_on=day.replace(month=1, day=5), asked_by=clerk,
        due_on=day.replace(month=1, day=20),
    )  # fmt: skip
    for name, about in (
        ("Quyết định 15 công nhận sáng kiến.pdf", {"paper": "sang_kien"}),
        ("Ảnh.pdf", {"claim": claim}),
    ):
        file = keep_content(_pages(2), kind="pdf")
        DossierFile.objects.create(
            nomination=nomination, submission=nomination.submission, file=file, name=name, uploaded_by=clerk,
            uploaded_at=timezone.now(), **about,
        )  # fmt: skip


def _pages(count: int) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(count):
        document.new_page(595, 842)
    document.save(out)
    return out.getvalue()
