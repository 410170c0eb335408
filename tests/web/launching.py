"""A plan of our own, reviewed and launched through the product's own acts."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone

from thidua_web.campaigns.actions import launches
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import Campaign, Edition, PlanDocument, ReviewedFact
from thidua_web.campaigns.tasks import read_plan
from thidua_web.register.models import Unit
from web.cast import Cast

PLAN = """UBND TỈNH THỬ
Số: 7/KH-UBND

KẾ HOẠCH
Phát động phong trào thi đua năm 2030

I. THỜI GIAN
Phong trào thi đua được thực hiện từ ngày 01 tháng 02 năm 2030 đến ngày 31 tháng 12 năm 2030.
1. Đợt 1: từ ngày 01 tháng 02 năm 2030 đến ngày 30 tháng 6 năm 2030.

II. CHỈ TIÊU
1. Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99%.

III. HÌNH THỨC KHEN THƯỞNG
a) Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh tặng tập thể, cá nhân có thành tích xuất sắc.

IV. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành gửi kế hoạch về Sở Thử trước ngày 15 tháng 02 năm 2030.
2. Sở Thử báo cáo kết quả với Ủy ban nhân dân tỉnh trước ngày 20 tháng 12 năm 2030.
"""


def reviewed(cast: Cast, text: str = PLAN, *, unit: Unit | None = None, **fields: Any) -> PlanDocument:
    """A plan that was read and of which every fact was accepted."""
    upload = upload_plan(
        source=io.BytesIO(text.encode()),
        name="ke-hoach.txt",
        unit=unit or cast.province,
        by=cast.users["clerk"],
        at=timezone.now(),
        **fields,
    )
    assert upload.document is not None
    read_plan(upload.document.pk)
    ReviewedFact.objects.filter(document=upload.document).update(verdict="accepted")
    return PlanDocument.objects.get(pk=upload.document.pk)


def prepared(plan: PlanDocument, cast: Cast) -> Edition:
    done = launches.prepare(document=plan, by=cast.users["clerk"], at=timezone.now())
    assert done.edition is not None
    return done.edition


def launched(cast: Cast, text: str = PLAN, **fields: Any) -> Campaign:
    edition = prepared(reviewed(cast, text, **fields), cast)
    assert launches.launch(edition=edition, by=cast.users["head"], at=timezone.now())
    return Campaign.objects.get(pk=edition.campaign_id)
