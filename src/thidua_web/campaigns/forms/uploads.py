from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

ACCEPTED = ".docx,.doc,.odt,.rtf,.pdf,.txt,.md,.png,.jpg,.jpeg,.tif,.tiff"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(files)


class UploadForm(forms.Form):
    """One or several plans. What each file holds is judged by the archive, file by file."""

    files = ManyFilesField(
        label=_("Tệp kế hoạch"),
        widget=ManyFilesInput(attrs={"accept": ACCEPTED, "aria-describedby": "files-hint"}),
        error_messages={"required": _("Chưa chọn tệp nào. Hãy chọn hoặc kéo thả ít nhất một tệp.")},
    )

    def clean_files(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        if len(files) > settings.MAX_FILES_AT_ONCE:
            raise forms.ValidationError(_("Mỗi lần gửi tối đa %d tệp.") % settings.MAX_FILES_AT_ONCE)
        return files
