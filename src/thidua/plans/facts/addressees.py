"""Whom a sentence tells to act: "Căn cứ Kế hoạch này, đề nghị các sở; UBND các xã gửi báo cáo …".

Patterns run on folded text.
"""

from __future__ import annotations

import re

from thidua.plans.facts.patterns import any_of

_WHO = any_of(
    "cac |moi |tung |thu truong |truong (?!hop)|lanh dao |chu tich |giam doc |hieu truong |bo truong |tong (?!hop|ket)",
    "uy ban |ubnd |so (?!ket)|ban (?!hanh)|phong (?!trao)|van phong |hoi (?!nghi|thi|thao)|hoi dong |lien doan ",
    "doan (?!ket)|cong doan |trung tam |cong an |bo (?!tri|sung)|bao (?!cao|dam)|dai |co quan |don vi ",
    "thanh vien |to (?!chuc)|bi thu |khoi |cum ",
    "gvcn|giao vien|xi nghiep |chi nhanh |tram |benh vien |khoa |mat tran |thuong truc ",
    "doanh nghiep |cong ty |ban giam doc |ban chap hanh |ban thuong vu ",
)
_ACTS = any_of(
    "chu tri|phoi hop|co trach nhiem|chiu trach nhiem|tham muu|tong hop|theo doi|chi dao|xay dung",
    # "các cơ quan, tổ chức, đơn vị", "tổ chức chính trị - xã hội" are bodies.
    r"to chuc(?!(?:,| va) (?:co quan|don vi|dia phuong|doan the|ca nhan|doanh nghiep)| (?:chinh tri|xa hoi))",
    "trien khai|huong dan|tich cuc|bo sung|can cu|dang ky|phat dong|thuc hien|kiem tra|don doc|bao cao",
    "tiep tuc|nghiem tuc|quan triet|day manh|tuyen truyen|so ket|giam sat|van dong|phan cong|lam|ban hanh",
    "lua chon|binh xet|binh chon|pho bien",
    r"(?<!cong )(?<!chuong )trinh (?=ubnd|uy ban|chu tich|hoi dong|thuong truc|bo truong|thu tuong|cap co)",
    "thong tin|bo tri|can doi|tham dinh|gui|lap|nop|cu the hoa|cung|ra soat|ho tro|dua noi dung|mo chuyen",
)
# No verb follows "các", "và" or a dash: "các tổ chức" are bodies, "Phòng Văn hóa và Thông tin" is one, and so is "Trung
# tâm Công nghệ thông tin".
_VERB = rf"(?<!\bcac)(?<!\bva)(?<!\bcong nghe)(?<![-–]),? {_ACTS}\b"
_NAME = rf"{_WHO}[^;:.]{{2,160}}?"
# What the duty rests on, and when it comes, stand before who has it.
_OPENING = any_of(
    r"(?:can cu|tren co so|theo(?! doi)) [^;:.]{3,200}?",
    r"(?:dinh ky|hang (?:thang|quy|nam)|truoc|cham nhat|sau khi|khi|ket thuc) [^;:.]{2,100}?",
)
_ASKED = any_of("giao |de nghi |yeu cau |phan cong |rieng ")
_BEFORE_WHO = rf"(?:{_OPENING}, )?{_ASKED}?"
_TOLD = re.compile(rf"{_BEFORE_WHO}(?P<who>{_NAME}(?:;(?: va)? {_NAME}){{0,8}})(?=\s*:|{_VERB})")
# What no list of bodies holds, beside the verbs that end one.
_DUTY = re.compile(
    r"\d|\b"
    + any_of(
        "duoc|phai|can|se|co(?! (?:quan|so))|de nghi|khong|bao dam|dam bao|chuan bi|tang cuong|quan tam|phat huy",
        "nang cao|phe duyet|hoan thanh|trinh|quyet dinh|de xuat|chap hanh|tham gia|cong bo|cung cap",
        "cap (?:kinh phi|phat)|tang (?:bang|giay|co|ky niem|danh hieu)",
    )
    + r"\b"
)

# "Đối với cấp cơ sở: … hoàn thành trong Quý I" tells a level; "Đối với tập thể: …" is about who is commended.
_FOR = re.compile(
    r"doi voi (?P<who>(?:cac |moi |tung )?"
    + any_of(
        r"cap (?:tren )?co so|cap (?:tinh|huyen|xa|truong|phong)|co quan|don vi|dia phuong|so|ban|nganh|huyen|thi xa",
        r"thanh pho|xa|phuong|uy ban|ubnd|mat tran|doan the|hoi(?! nghi)|doanh nghiep|truong(?! hop)|cum|khoi",
        r"(?:chi|dang) (?:bo|uy)|cong doan|lien doan|cong an|benh vien",
    )
    + r"\b[^;:.]{0,200}?)(?=\s*:|,? (?:phai|hoan thanh|truoc|cham nhat|den het|dinh ky)\b)"
)


def told(folded: str, at: int = 0) -> tuple[int, int] | None:
    """[start, end) of who is told to act by the words from `at` on: a clause's subject, or a run-in heading."""
    match = _TOLD.match(folded, at)
    if match is None or any(_DUTY.search(name) for name in match["who"].split(";")[:-1]):
        return None
    return match.span("who")


def told_for(folded: str, at: int = 0) -> tuple[int, int] | None:
    """The same where words begin with "Đối với": a level or a kind of body."""
    match = _FOR.match(folded, at)
    return match.span("who") if match else None


def goes_on(folded: str, begin: int, mark: int) -> bool:
    """Whether the semicolon at `mark` parts bodies that one sentence, begun at `begin`, tells: not two duties."""
    who = told(folded, begin + len(folded[begin:]) - len(folded[begin:].lstrip(" -–+*•")))
    return who is not None and who[0] < mark < who[1]
