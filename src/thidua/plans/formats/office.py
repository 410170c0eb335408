"""Old Word files (.doc, .rtf): LibreOffice turns them into .docx, which is then read like any other."""

from __future__ import annotations

import tempfile
from pathlib import Path

from thidua.errors import UnreadableError
from thidua.plans.formats.docx import read_docx
from thidua.plans.formats.limits import MEGABYTE, Limits, PlanText
from thidua.plans.formats.programs import find_program, run_program

SECONDS = 90
MEMORY = 4096 * MEGABYTE

SAFETY = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
)
SETTING = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
PROFILE = "".join(
    [
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">',
        *(SETTING.format(*setting) for setting in SAFETY),
        "</oor:items>",
    ]
)


def read_doc(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text of a .doc or .rtf file; needs LibreOffice."""
    soffice = find_program("soffice", "libreoffice")
    if soffice is None:
        raise UnreadableError("unreadable_needs_libreoffice", file=name, packages="libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        converted = _convert(soffice, data, name, limits, Path(folder))
    return PlanText(read_docx(converted, name, limits).raw, "doc")


def _convert(soffice: str, data: bytes, name: str, limits: Limits, folder: Path) -> bytes:
    """The file as .docx. A profile of its own lets several conversions run, without macros and links."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE, encoding="utf-8")
    source = folder / ("plan.rtf" if data.startswith(b"{\\rtf") else "plan.doc")
    source.write_bytes(data)
    options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command = [soffice, *options, "--convert-to", "docx", "--outdir", str(folder), str(source)]
    run_program(
        command,
        name,
        seconds=min(SECONDS, limits.long_seconds),
        memory_bytes=MEMORY,
        HOME=str(folder),
        TMPDIR=str(folder),
    )
    result = folder / "plan.docx"
    if not result.is_file() or result.stat().st_size > limits.file_bytes:
        raise UnreadableError("unreadable_damaged", file=name)
    return result.read_bytes()
