"""Measures speed, memory, pages and scores, and writes them as small tables into docs/reference/measurements.md.

usage: python bench/measure.py        (`make bench`)
"""

from __future__ import annotations

import io
import itertools
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import docx
import pages
import pypdfium2
from documents import MAKERS, without_controls
from odf import teletype
from odf.opendocument import load as load_odt
from odf.text import P
from scores import measure_all

from labelled import Labelled, corpora, gold
from noise import NOISES, make_noisy
from scoring import KINDS, Score, add
from thidua.plans.formats import extract
from thidua.plans.read import read_text

PAGE = Path(__file__).parent.parent / "docs/reference/measurements.md"
ROUNDS = 3


def text_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    rows = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *rows])


def text_of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def text_of_odt(data: bytes) -> str:
    return "\n".join(teletype.extractText(part) for part in load_odt(io.BytesIO(data)).getElementsByType(P))


LIBRARIES: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "docx": ("python-docx", text_of_docx),
    "pdf": ("pypdfium2", text_of_pdf),
    "odt": ("odfpy", text_of_odt),
    "txt": ("bytes.decode", bytes.decode),
}


def milliseconds(do: Callable[[], object]) -> float:
    """The best of a few rounds: what the work itself takes."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        do()
        spent.append(time.perf_counter() - begun)
    return min(spent) * 1000


def speed_table(documents: list[Labelled]) -> list[str]:
    lines = [
        "| Định dạng | Thư viện | Thư viện lấy chữ (ms) | Thidua lấy chữ (ms) | Thidua lấy chữ và đọc (ms) | Tỷ lệ |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for suffix, make in MAKERS.items():
        library, plain = LIBRARIES[suffix]
        rows = [_speed(make(without_controls(document.text)), f"plan.{suffix}", plain) for document in documents]
        alone, ours, whole = (statistics.median(column) for column in zip(*rows, strict=True))
        ratio = f"{whole / alone:.1f}".replace(".", ",") if alone > 0.1 else "không so được"
        lines.append(f"| {suffix} | {library} | {_number(alone)} | {_number(ours)} | {_number(whole)} | {ratio} |")
    return lines


def _speed(data: bytes, name: str, plain: Callable[[bytes], str]) -> tuple[float, float, float]:
    return (
        milliseconds(lambda: plain(data)),
        milliseconds(lambda: extract(data, name)),
        milliseconds(lambda: read_text(extract(data, name).raw)),
    )


def memory_table(documents: list[Labelled], counts: Iterable[int] = (100, 1000)) -> list[str]:
    lines = [
        "| Số kế hoạch | Thời gian (giây) | Một kế hoạch (ms) | Bộ nhớ của tiến trình lớn nhất (MB) |",
        "|---:|---:|---:|---:|",
    ]
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            _write_plans(Path(folder), documents, count)
            seconds, peak = _run_over(Path(folder))
        lines.append(f"| {count} | {_number(seconds)} | {_number(seconds * 1000 / count)} | {peak / 1024:.0f} |")
    return lines


def _write_plans(folder: Path, documents: list[Labelled], count: int) -> None:
    """No two alike, so that nothing remembered of one plan serves another."""
    formats = itertools.cycle(MAKERS.items())
    for index, document in enumerate(itertools.islice(itertools.cycle(documents), count)):
        suffix, make = next(formats)
        text = f"{without_controls(document.text)}\n\nBản in số {index} dùng để đo."
        (folder / f"{index:05}.{suffix}").write_bytes(make(text))


def _run_over(folder: Path) -> tuple[float, int]:
    """Seconds, and the highest resident set of the command or of one of its children in KiB."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "thidua_web", "read", str(folder), "--json"]
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max([peak, *map(_high_water, _family(process.pid))])
            time.sleep(0.05)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - begun, peak


def _family(pid: int) -> list[int]:
    """The process and its children, from Linux's /proc; a process that has just ended is passed over."""
    with suppress(OSError):
        return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return []


def _high_water(pid: int) -> int:
    """VmHWM in KiB. Not ru_maxrss: that one starts from the size of the process that forked."""
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) if found else 0
    return 0


def score_tables(name: str, documents: list[Labelled]) -> list[str]:
    clean = add(measure_all(documents).values())
    noisy = {noise: add(measure_all(make_noisy(d, noise) for d in documents).values()) for noise in NOISES}
    kinds = ["| Loại dữ kiện | Nhãn | F1 sạch | F1 nhiễu (mọi kiểu cùng lúc) |", "|---|---:|---:|---:|"]
    for kind in KINDS:
        if kind in clean.kinds and clean.kinds[kind].labelled:
            both = clean.kinds[kind].f1, noisy["together"].kinds[kind].f1
            kinds.append(f"| {kind} | {clean.kinds[kind].labelled} | " + " | ".join(map(_share, both)) + " |")
    noises = ["| Nhiễu | F1 chung | Phần đầu, phần ký đúng | Lời trích có nguyên văn |", "|---|---:|---:|---:|"]
    noises += [_noise_row(noise, result) for noise, result in {"không": clean, **noisy}.items()]
    return [f"### {name} ({len(documents)} văn bản)", "", *kinds, "", *noises]


def _noise_row(noise: str, result: Score) -> str:
    shares = (result.micro_f1, result.header_accuracy, result.literal_quotes)
    return f"| {noise} | " + " | ".join(map(_share, shares)) + " |"


def _share(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",") if value < 10 else f"{value:.0f}"


def main() -> int:
    own = [document for group in corpora().values() for document in group]
    shared = gold()
    speed_of = shared or own[:10]
    lines = [
        "# Số đo",
        "",
        "Ghi bởi `make bench` (`python bench/measure.py`). "
        f"Máy đo: {os.cpu_count()} lõi, Python {platform.python_version()}, {platform.system()}.",
        "",
        "## Tốc độ theo định dạng",
        "",
        f"Trung vị của {len(speed_of)} kế hoạch, mỗi kế hoạch lấy lần nhanh nhất trong {ROUNDS} lần. "
        "Tỷ lệ = (lấy chữ và đọc) / (chỉ lấy chữ bằng thư viện); mục tiêu không quá 3.",
        "",
        *speed_table(speed_of),
        "",
        "## Nhiều kế hoạch một lượt",
        "",
        "`thidua read THƯ-MỤC --json`, các định dạng trên xen kẽ. Bộ nhớ phải phẳng: 1.000 tệp không cần hơn 100 tệp.",
        "",
        *memory_table(speed_of),
        "",
        *pages.section(),
        "## Độ đúng",
        "",
        "Cách đo: tests/scoring.py; các kiểu nhiễu: tests/noise.py. Xem chỗ sai của một văn bản: "
        "`python bench/scores.py --misses TÊN`.",
        "",
    ]
    if shared:
        lines += [*score_tables("Kế hoạch có nhãn dùng chung", shared), ""]
    lines += score_tables("Văn bản có nhãn của dự án", own)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
