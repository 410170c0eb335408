"""A reading and findings for people's eyes at a terminal: plain lines, Vietnamese dates and numbers."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from thidua.explain import say, sentence
from thidua.findings import Basis, Finding
from thidua.plans.reading import KINDS, Header, HeaderField, Reading

_FOR = {"individual": "cá nhân", "collective": "tập thể", "both": "tập thể, cá nhân", "household": "hộ gia đình"}
_CONDITIONS = {"floor": "mức thấp nhất", "no_duplicate": "không trùng", "gate": "điều kiện xét"}
_OPS = {">=": "từ {} trở lên", "<=": "không quá {}", "=": "{}", "range": "từ {} đến {}"}
_STRICT = {">=": "trên {}", "<=": "dưới {}"}
_SEVERITIES = {"error": "LỖI", "warning": "CẦN XEM", "note": "LƯU Ý"}


def reading_lines(reading: Reading) -> Iterable[str]:
    """Every fact on one line under the name of its kind, its quote below."""
    yield from _header_lines(reading.header)
    for kind in KINDS:
        facts = getattr(reading, kind)
        if facts:
            yield f"\n{say(f'kind.{kind}', {})} ({len(facts)})"
        for fact in facts:
            yield f"  • {_LINES[kind](fact)}"
            yield f"      “{_one_line(fact.quote)}”"


def finding_lines(finding: Finding, raw: str) -> Iterable[str]:
    """What is wrong, where (line of the text), and on which basis."""
    severity = _SEVERITIES.get(finding.params.get("severity", ""), "CẦN XEM")
    yield f"[{severity}] {sentence(finding)}"
    starts = [0, *(index + 1 for index, char in enumerate(raw) if char == "\n")]
    for words in finding.facts_used:
        yield f"    dòng {bisect_right(starts, words.span[0])}: “{_one_line(words.quote)}”"
    if finding.basis:
        yield f"    Căn cứ: {_basis(finding.basis)}"


def _header_lines(header: Header) -> Iterable[str]:
    number = "/".join(field.value for field in (header.number, header.symbol) if field)
    kind = _value(header.type) or "Văn bản"
    yield " ".join(
        filter(None, (kind, f"số {number}" if number else "chưa có số", "(dự thảo)" if header.draft else ""))
    )
    if header.title:
        yield f"  {_one_line(header.title.value)}"
    rows = {
        "Cơ quan": _value(header.issuer),
        "Ngày": _joined(_value(header.place), _day(_value(header.date) or _value(header.date_partial))),
        "Chủ đề": _value(header.theme),
        "Khẩu hiệu": _value(header.slogan),
        "Người ký": _joined(_value(header.signer_position), _value(header.signer)),
    }
    yield from (f"  {name}: {_one_line(value)}" for name, value in rows.items() if value)


def _basis(basis: Basis) -> str:
    if basis.quote and not basis.instrument:
        return f"chính lời của kế hoạch: “{_one_line(basis.quote)}”"
    text = basis.citation
    return text if basis.verified else f"{text} (chưa đối chiếu bản gốc)"


def _value(field: HeaderField | None) -> str:
    return field.value if field else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _joined(*parts: str | None) -> str:
    return ", ".join(_one_line(part) for part in parts if part)


def _day(value: datetime.date | str | None) -> str:
    """25/02/2025; 09/2025 and 1969 where that is all the text gives."""
    return "/".join(reversed(str(value).split("-"))) if value else ""


def _number(value: float | None) -> str:
    text = f"{value:,.10g}" if value is not None else "…"
    return text.translate(str.maketrans(",.", ".,"))


def _amount(target: Any) -> str:
    forms = _STRICT if target.strict and target.op in _STRICT else _OPS
    amount = forms[target.op].format(_number(target.value), _number(target.value_max))
    unit = target.unit or ""
    return f"{amount}{unit}" if unit.startswith("%") else f"{amount} {unit}".rstrip()


def _span(period: Any) -> str:
    return f"{_day(period.start) or '…'} – {_day(period.end) or '…'}"


def _when(deadline: Any) -> str:
    if deadline.date:
        return _joined(f"{deadline.time or ''} ngày {_day(deadline.date)}".strip())
    if deadline.relative and deadline.relative.days is not None:
        unit = "ngày làm việc" if deadline.relative.unit == "working_day" else "ngày"
        return f"{deadline.relative.days} {unit} kể từ {deadline.relative.from_ or 'một sự kiện'}"
    return deadline.recurrence or "chưa rõ ngày"


def _document(document: Any) -> str:
    return _joined(
        " ".join(filter(None, (document.type, document.number and f"số {document.number}"))) or document.issuer,
        document.date and _day(document.date),
        document.issuer if document.type or document.number else None,
    )


_LINES: dict[str, Callable[[Any], str]] = {
    "legal_basis": _document,
    "cited_documents": _document,
    "periods": lambda f: _joined(f"{_span(f)}: {f.label or 'thời gian thực hiện'}", f.level),
    "targets": lambda f: f"{_one_line(f.indicator)}: {_amount(f)}",
    "subjects": lambda f: f"{_FOR[f.kind]}: {_one_line(f.text)}",
    "projects": lambda f: _joined(f.name, {"start": "khởi công", "finish": "hoàn thành"}.get(f.milestone), _day(f.by)),
    "pledges": lambda f: _joined(f.who, f"ít nhất {f.min}" if f.min is not None else None, f.of),
    "conditions": lambda f: (
        _joined(_CONDITIONS[f.kind], f.year and f"năm gốc {f.year}", f.who) + f": {_one_line(f.text)}"
    ),
    "movements": lambda f: _one_line(f.name),
    "anniversaries": lambda f: _joined(f.name, f"{f.years} năm" if f.years is not None else None, _day(f.date)),
    "award_forms": lambda f: _joined(f"{f.name} ({_FOR[f.for_]})", f.granted_by),
    "criteria": lambda f: f"{_one_line(f.applies_to)}: {_one_line(f.text)}" if f.applies_to else _one_line(f.text),
    "quotas": lambda f: f"{_one_line(f.unit)}: {f.max} {_one_line(f.of)}",
    "dossier": lambda f: _one_line(f.document),
    "deadlines": lambda f: _joined(f"{_when(f)}: {f.what}", f.who, f.to and f"gửi {f.to}"),
    "open_days": lambda f: _joined(_one_line(f.what), f.hint or "chưa có ngày"),
    "programme": lambda f: _one_line(f.item),
    "tasks": lambda f: f"{_one_line(f.who)}: {_one_line(f.text)}" if f.who else _one_line(f.text),
    "recipients": lambda f: _one_line(f.name),
}
