"""What people fill in to reform units: the reform itself, and one act of it at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.register.acts import Act, Target
from thidua_web.config.days import DayField
from thidua_web.register.forms.fields import UnitField, UnitInput
from thidua_web.register.models import Unit, UnitKind

MOST_PARTS = 6
TOO_LONG = _("Quá dài: tối đa %(limit_value)d ký tự.")


def _text(label: Promise, longest: int, missing: Promise, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, error_messages={"required": missing, "max_length": TOO_LONG}, **options
    )


class ReformForm(forms.Form):
    title = _text(_("Tên gọi"), 300, _("Chưa ghi tên gọi, ví dụ: Sắp xếp đơn vị hành chính cấp xã năm 2025."))
    on = DayField(label=_("Có hiệu lực từ ngày"), help_text=_("Ngày đầu tiên theo cách sắp xếp mới: ngày/tháng/năm."))
    document = _text(
        _("Văn bản"), 120, _("Chưa ghi số, ký hiệu nghị quyết, quyết định."), help_text=_("Số, ký hiệu văn bản.")
    )


class ReformListForm(forms.Form):
    """A workbook with the acts of a reform."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm"}),
        error_messages={"required": _("Chưa chọn tệp nào."), "empty": _("Tệp này rỗng. Hãy chọn lại đúng tệp.")},
    )


class CodeField(UnitField):
    """A unit as people write it, one that the same reform begins too. Cleans to its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.begun: Mapping[str, str] = {}

    def clean(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        for code, name in self.begun.items():
            if text.casefold() in {code.casefold(), name.casefold(), f"{name} ({code})".casefold()}:
                return code
        unit: Unit | None = super().clean(value)
        return unit.code if unit else ""


class CodesInput(forms.Textarea):
    """A line for each unit; a finder below it adds lines."""

    template_name = "register/codes_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        finder = f"{name}_finder"
        context["finder"] = UnitInput().get_context(finder, "", {"id": f"id_{finder}", "data-adds-to": f"id_{name}"})
        return context


class CodesField(CodeField):
    """Several units, one a line (or codes between semicolons). Cleans to their codes, each once."""

    widget = CodesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Mỗi dòng một đơn vị: tên hoặc mã."))
        super().__init__(**options)
        self.widget.attrs["rows"] = 4
        self.max_length = None
        self.validators = []

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for part in str(value or "").splitlines() for line in part.split(";")]
        codes: dict[str, None] = {}
        wrong: list[forms.ValidationError] = []
        for line in filter(None, lines):
            try:
                codes[super().clean(line)] = None
            except forms.ValidationError as error:
                wrong.append(error)
        if wrong:
            raise forms.ValidationError(wrong)
        if not codes and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        return tuple(codes)


KEEP = ("", _("giữ như đơn vị cũ"))


def _kind(*, required: bool = False) -> forms.ChoiceField:
    choices = [*UnitKind.choices] if required else [KEEP, *UnitKind.choices]
    return forms.ChoiceField(label=_("Loại"), required=required, choices=choices)


def _name(*, required: bool = True, hint: Promise | str = "") -> forms.CharField:
    return _text(_("Tên đầy đủ"), 200, _("Chưa ghi tên."), required=required, help_text=hint)


def _code(hint: Promise | str = "") -> forms.CharField:
    return _text(_("Mã"), 40, _("Chưa ghi mã."), help_text=hint)


class ActForm(forms.Form):
    """One act. `among` are the units that may be named, `begun` those that the same reform begins, by code."""

    slug: ClassVar[str]
    title: ClassVar[Promise]

    def __init__(self, *args: Any, among: Any, begun: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, CodeField):
                field.among = among
                field.begun = begun if name in {"parent", "heir"} else {}

    def acts(self) -> list[Act]:
        """Of a valid form."""
        raise NotImplementedError


class RenameForm(ActForm):
    slug, title = "doi-ten", _("Đổi tên")
    unit = CodeField(label=_("Đơn vị"))
    name = _name(hint=_("Tên mới, từ ngày sắp xếp."))

    def acts(self) -> list[Act]:
        said = self.cleaned_data
        return [Act(act="rename", old=(said["unit"],), new=(Target(code=said["unit"], name=said["name"]),))]


class MoveForm(ActForm):
    slug, title = "chuyen-cap-tren", _("Chuyển cấp trên")
    units = CodesField(label=_("Các đơn vị"))
    parent = CodeField(label=_("Cấp trên mới"))

    def acts(self) -> list[Act]:
        said = self.cleaned_data
        return [Act(act="move", old=(code,), new=(Target(code=code, parent=said["parent"]),)) for code in said["units"]]


class KindForm(ActForm):
    slug, title = "doi-loai", _("Đổi loại")
    units = CodesField(label=_("Các đơn vị"))
    kind = _kind(required=True)

    def acts(self) -> list[Act]:
        said = self.cleaned_data
        return [
            Act(act="change_kind", old=(code,), new=(Target(code=code, kind=said["kind"]),)) for code in said["units"]
        ]


class MergeForm(ActForm):
    slug, title = "sap-nhap", _("Sáp nhập")
    units = CodesField(label=_("Các đơn vị cũ"))
    code = _code(_("Mã của đơn vị tiếp nhận: mã mới, hoặc mã của một đơn vị đang có."))
    name = _name(required=False, hint=_("Để trống nếu đơn vị tiếp nhận đang có và giữ tên."))
    kind = _kind()
    parent = CodeField(label=_("Cấp trên"), required=False, help_text=_("Để trống nếu đứng dưới cấp trên cũ."))

    def acts(self) -> list[Act]:
        said = self.cleaned_data
        into = Target(code=said["code"], name=said["name"], kind=said["kind"], parent=said["parent"] or None)
        return [Act(act="merge", old=said["units"], new=(into,))]


class SplitForm(ActForm):
    """Rows of a new unit each, as many as are filled in."""

    slug, title = "chia-tach", _("Chia tách")
    unit = CodeField(label=_("Đơn vị"))
    kind = _kind()
    parent = CodeField(label=_("Cấp trên"), required=False, help_text=_("Để trống nếu đứng dưới cấp trên cũ."))
    main = forms.ChoiceField(
        label=_("Kế thừa chính"),
        widget=forms.RadioSelect,
        choices=[(str(n), str(n)) for n in range(1, MOST_PARTS + 1)],
        error_messages={"required": _("Hãy chọn một đơn vị mới tiếp nhận những việc đang chạy.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, MOST_PARTS + 1):
            self.fields[f"code{n}"] = forms.CharField(label=_("Mã"), max_length=40, required=False)
            self.fields[f"name{n}"] = forms.CharField(label=_("Tên đầy đủ"), max_length=200, required=False)

    @property
    def parts(self) -> list[tuple[Any, ...]]:
        """The fields of every row, with the button that makes it the main one."""
        buttons = list(self["main"])
        return [(n, self[f"code{n}"], self[f"name{n}"], buttons[n - 1]) for n in range(1, MOST_PARTS + 1)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        rows = [n for n in range(1, MOST_PARTS + 1) if said.get(f"code{n}") or said.get(f"name{n}")]
        for n in rows:
            if not said.get(f"code{n}"):
                self.add_error(f"code{n}", _("Chưa ghi mã."))
        if len(rows) < 2:
            self.add_error(None, _("Chia tách thành ít nhất hai đơn vị."))
        if said.get("main") and int(said["main"]) not in rows:
            self.add_error("main", _("Dòng kế thừa chính còn trống."))
        return said

    def acts(self) -> list[Act]:
        said = self.cleaned_data
        new = tuple(
            Target(code=code, name=said[f"name{n}"], kind=said["kind"], parent=said["parent"] or None)
            for n in range(1, MOST_PARTS + 1)
            if (code := said[f"code{n}"])
        )
        return [Act(act="split", old=(said["unit"],), new=new, heirs=(said[f"code{said['main']}"],))]


class DissolveForm(ActForm):
    slug, title = "giai-the", _("Giải thể")
    units = CodesField(label=_("Các đơn vị"))
    heir = CodeField(
        label=_("Đơn vị tiếp nhận công việc"),
        required=False,
        help_text=_("Để trống: đơn vị cấp trên tiếp nhận."),
    )

    def acts(self) -> list[Act]:
        said = self.cleaned_data
        heirs = (said["heir"],) if said["heir"] else ()
        return [Act(act="dissolve", old=(code,), heirs=heirs) for code in said["units"]]


FORMS: Mapping[str, type[ActForm]] = {
    form.slug: form for form in (MergeForm, RenameForm, SplitForm, DissolveForm, MoveForm, KindForm)
}
LABELS: Mapping[str, Promise] = {
    "rename": RenameForm.title,
    "move": MoveForm.title,
    "change_kind": KindForm.title,
    "merge": MergeForm.title,
    "split": SplitForm.title,
    "dissolve": DissolveForm.title,
}
