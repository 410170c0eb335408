"""Facts of a reading as a page shows them: kind by kind, each with a headline and its particulars in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.plans import reading as plan
from thidua.plans.gates import gate_requirements
from thidua.plans.reading import Reading
from thidua.plans.review import begin
from thidua_web.campaigns.pages.wording import say_day, say_number, say_recurrence, say_span

Detail = tuple[str, str]


@dataclass(frozen=True)
class ShownFact:
    """`id` is the kind and its place there ("targets-3"); the words are at #w-id, the fact at #f-id."""

    id: str
    kind: str
    headline: str
    details: tuple[Detail, ...]
    quote: str
    span: tuple[int, int]
    sureness: float
    has_words: bool = True

    @property
    def unsure(self) -> bool:
        return self.sureness < 0.7


@dataclass(frozen=True)
class Group:
    kind: str
    label: str | Promise
    facts: list[ShownFact] = field(default_factory=list)


Says = Callable[..., tuple[str, list[Detail]]]


def _document(fact: plan.Document) -> tuple[str, list[Detail]]:
    name = " ".join(part for part in (fact.type, fact.number) if part) or fact.quote
    return name, _kept((gettext("Ngày"), fact.date and say_day(fact.date)), (gettext("Cơ quan ban hành"), fact.issuer))


def _period(fact: plan.Period) -> tuple[str, list[Detail]]:
    when = say_span(fact.start, fact.end) or gettext("Chưa có ngày")
    return when, _kept((gettext("Đợt"), fact.label), (gettext("Cấp"), fact.level))


SIGNS = {">=": "≥", "<=": "≤", "=": "", "range": ""}
STRICT = {">=": ">", "<=": "<"}


def _target(fact: plan.Target) -> tuple[str, list[Detail]]:
    if fact.value is None:
        return fact.indicator, []
    sign = STRICT.get(fact.op, "") if fact.strict else SIGNS[fact.op]
    amount = say_number(fact.value)
    if fact.op == "range" and fact.value_max is not None:
        amount = f"{amount} – {say_number(fact.value_max)}"
    gap = "" if fact.unit in (None, "%") else " "
    return fact.indicator, [(gettext("Chỉ tiêu"), f"{sign} {amount}{gap}{fact.unit or ''}".strip())]


WHO = {
    "individual": _("cá nhân"),
    "collective": _("tập thể"),
    "household": _("hộ gia đình"),
    "both": _("tập thể và cá nhân"),
}


def _subject(fact: plan.Subject) -> tuple[str, list[Detail]]:
    return fact.text, [(gettext("Loại"), str(WHO[fact.kind]))]


def _project(fact: plan.Project) -> tuple[str, list[Detail]]:
    milestone = {"start": gettext("Khởi công"), "finish": gettext("Hoàn thành")}.get(
        fact.milestone or "", gettext("Mốc")
    )
    return fact.name, _kept((milestone, fact.by and say_day(fact.by)))


def _pledge(fact: plan.Pledge) -> tuple[str, list[Detail]]:
    least = None if fact.min is None else gettext("ít nhất %(n)s") % {"n": say_number(fact.min)}
    what = " ".join(part for part in (least, fact.of) if part)
    return fact.who, _kept((gettext("Đăng ký"), what))


CONDITIONS = {
    "floor": _("Chỉ tiêu không thấp hơn"),
    "no_duplicate": _("Công trình không trùng"),
    "gate": _("Phải làm rồi mới được xét"),
}
REQUIREMENTS = {
    "registered": _("đăng ký thi đua"),
    "launched": _("phát động"),
    "reported": _("báo cáo"),
    "summarised": _("sơ kết, tổng kết"),
}


def _condition(fact: plan.Condition) -> tuple[str, list[Detail]]:
    asked = gate_requirements(fact)
    required = ", ".join(str(words) for name, words in REQUIREMENTS.items() if name in asked)
    return fact.text, _kept(
        (gettext("Loại"), str(CONDITIONS[fact.kind])),
        (gettext("Áp dụng cho"), fact.who),
        (gettext("Năm gốc"), None if fact.year is None else str(fact.year)),
        (gettext("Phải có"), required),
    )


def _movement(fact: plan.Movement) -> tuple[str, list[Detail]]:
    return fact.name, []


def _anniversary(fact: plan.Anniversary) -> tuple[str, list[Detail]]:
    years = None if fact.years is None else gettext("%(n)s năm") % {"n": fact.years}
    return fact.name, _kept(
        (gettext("Kỷ niệm"), years),
        (gettext("Gốc"), fact.origin and say_day(fact.origin)),
        (gettext("Kỷ niệm ngày"), fact.date and say_day(fact.date)),
    )


def _award(fact: plan.AwardForm) -> tuple[str, list[Detail]]:
    return fact.name, _kept((gettext("Ai tặng"), fact.granted_by), (gettext("Cho"), str(WHO[fact.for_])))


def _criterion(fact: plan.Criterion) -> tuple[str, list[Detail]]:
    years = fact.rating_years and f"{fact.rating_years[0]}–{fact.rating_years[1]}"
    excellent = (
        None if fact.min_excellent_years is None else gettext("ít nhất %(n)s năm") % {"n": fact.min_excellent_years}
    )
    return fact.text, _kept(
        (gettext("Áp dụng cho"), fact.applies_to),
        (gettext("Xếp loại các năm"), years),
        (gettext("Hoàn thành xuất sắc"), excellent),
    )


def _quota(fact: plan.Quota) -> tuple[str, list[Detail]]:
    return fact.unit, [(gettext("Không quá"), f"{say_number(fact.max)} {fact.of}")]


def _dossier(fact: plan.DossierPart) -> tuple[str, list[Detail]]:
    return fact.document, []


def _deadline(fact: plan.Deadline) -> tuple[str, list[Detail]]:
    return fact.what, _kept(
        (gettext("Hạn"), _when(fact)),
        (gettext("Ai làm"), fact.who),
        (gettext("Gửi tới"), fact.to),
    )


def _when(fact: plan.Deadline) -> str:
    parts = []
    if fact.date:
        parts.append(f"{fact.time} {say_day(fact.date)}" if fact.time else say_day(fact.date))
    if fact.recurrence:
        parts.append(say_recurrence(fact.recurrence))
    if fact.relative and not fact.date:
        parts.append(_relative(fact.relative))
    return "; ".join(parts) or gettext("Chưa có ngày")


def _relative(relative: plan.Relative) -> str:
    start = relative.from_ or gettext("một mốc khác")
    if relative.days is None:
        return gettext("tính từ %(start)s") % {"start": start}
    unit = gettext("ngày làm việc") if relative.unit == "working_day" else gettext("ngày")
    return gettext("%(n)s %(unit)s kể từ %(start)s") % {"n": relative.days, "unit": unit, "start": start}


def _open_day(fact: plan.OpenDay) -> tuple[str, list[Detail]]:
    return fact.what, [(gettext("Hạn"), fact.hint or gettext("Chưa có ngày"))]


def _programme(fact: plan.ProgrammeItem) -> tuple[str, list[Detail]]:
    return fact.item, []


def _task(fact: plan.Task) -> tuple[str, list[Detail]]:
    return (fact.who, [(gettext("Việc"), fact.text)]) if fact.who else (fact.text, [])


def _recipient(fact: plan.Recipient) -> tuple[str, list[Detail]]:
    return fact.name, []


# The order of the page: what an official looks for first comes first.
SHOWN: tuple[tuple[str, Promise, Says], ...] = (
    ("periods", _("Thời gian, các đợt"), _period),
    ("deadlines", _("Thời hạn"), _deadline),
    ("open_days", _("Việc chưa có ngày"), _open_day),
    ("targets", _("Chỉ tiêu"), _target),
    ("projects", _("Công trình, phần việc"), _project),
    ("pledges", _("Phải đăng ký"), _pledge),
    ("conditions", _("Điều kiện"), _condition),
    ("award_forms", _("Hình thức khen thưởng"), _award),
    ("criteria", _("Tiêu chuẩn"), _criterion),
    ("quotas", _("Số lượng được đề nghị"), _quota),
    ("dossier", _("Hồ sơ đề nghị"), _dossier),
    ("subjects", _("Đối tượng"), _subject),
    ("movements", _("Phong trào liên quan"), _movement),
    ("anniversaries", _("Ngày kỷ niệm"), _anniversary),
    ("programme", _("Chương trình"), _programme),
    ("tasks", _("Tổ chức thực hiện"), _task),
    ("legal_basis", _("Căn cứ"), _document),
    ("cited_documents", _("Văn bản được nhắc tới"), _document),
    ("recipients", _("Nơi nhận"), _recipient),
)

HEADER_LABELS = {
    "type": _("Loại văn bản"),
    "title": _("Trích yếu"),
    "number": _("Số"),
    "symbol": _("Ký hiệu"),
    "issuer": _("Cơ quan ban hành"),
    "place": _("Nơi ban hành"),
    "date": _("Ngày ban hành"),
    "date_partial": _("Ngày ban hành (chưa đủ)"),
    "theme": _("Chủ đề"),
    "slogan": _("Khẩu hiệu"),
    "signer": _("Người ký"),
    "signer_position": _("Chức vụ"),
}


SAYS: dict[str, Says] = {kind: says for kind, _label, says in SHOWN}
KIND_LABELS: dict[str, str | Promise] = {"header": _("Văn bản"), **{kind: label for kind, label, _says in SHOWN}}


def groups(reading: Reading) -> list[Group]:
    """Every kind that the reading has, the header first."""
    shown: dict[str, list[ShownFact]] = {kind: [] for kind in KIND_LABELS}
    for item in begin(reading):
        shown[item.kind].append(show(item.key, item.kind, item.fact))
    return [Group(kind, KIND_LABELS[kind], facts) for kind, facts in shown.items() if facts]


def show(key: str, kind: str, fact: plan.Fact) -> ShownFact:
    """One fact under the key that it has in its review."""
    headline, details = _header_field(key, fact) if kind == "header" else SAYS[kind](fact)
    return ShownFact(
        id=key,
        kind=kind,
        headline=headline,
        details=tuple(details),
        quote=fact.quote,
        span=fact.span,
        sureness=fact.sureness,
        has_words=fact.span[0] < fact.span[1],
    )


def in_words(shown: ShownFact) -> str:
    """A fact in one line."""
    details = (f"{label}: {value}" for label, value in shown.details if value)
    return "; ".join((shown.headline, *details))


def _header_field(key: str, fact: plan.Fact) -> tuple[str, list[Detail]]:
    """The field's own value, and under it nothing but what the field is called."""
    name = key.removeprefix("header-")
    value = getattr(fact, "value", "")
    words = say_day(value) if name in ("date", "date_partial") else value
    return words, [(str(HEADER_LABELS[name]), "")]


def _kept(*details: tuple[str, str | None]) -> list[Detail]:
    return [(label, value) for label, value in details if value]
