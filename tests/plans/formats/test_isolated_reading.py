"""Reading in a child process: same answers, bounded, replaceable, leaving nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from format_samples import docx_of, plan_docx, plan_odt, plan_pdf, zip_of

from thidua.errors import UnreadableError
from thidua.plans.formats import Extractor, Limits, extract, extract_isolated, isolation
from thidua.plans.formats.programs import run_program

FILES = {"plan.docx": plan_docx(), "plan.odt": plan_odt(), "plan.pdf": plan_pdf(), "plan.md": "# Kế hoạch".encode()}
LONG = docx_of("<w:p><w:r><w:t>Thi đua</w:t></w:r></w:p>" * 300_000)


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return sorted(int(child) for task in tasks for child in _read(task).split())


def _read(task: Path) -> str:
    """A thread may have ended since it was listed; its children then belong to another."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return task.read_text()
    return ""


@pytest.fixture
def extractor():
    with Extractor(children=1) as extractor:
        yield extractor


def idle_child(extractor: Extractor) -> isolation.Child:
    """The extractor's child, between two files."""
    child = extractor._slots.get()
    extractor._slots.put(child)
    assert child is not None
    return child


@pytest.mark.parametrize("name", FILES)
def test_answers_are_those_of_direct_reading(name):
    assert extract_isolated(FILES[name], name) == extract(FILES[name], name)


def test_refusals_arrive_as_the_same_error():
    damaged = zip_of({"[Content_Types].xml": "", "word/document.xml": "<a"})
    errors = []
    for read in (extract, extract_isolated):
        with pytest.raises(UnreadableError) as refused:
            read(damaged, "Kế hoạch.docx")
        errors.append((refused.value.code, refused.value.params))
    assert errors == [("unreadable_damaged", {"file": "Kế hoạch.docx"})] * 2


def test_one_child_reads_file_after_file(extractor):
    extractor.extract(FILES["plan.docx"], "plan.docx")
    first = idle_child(extractor).process.pid
    extractor.extract(FILES["plan.pdf"], "plan.pdf")
    assert idle_child(extractor).process.pid == first


def test_too_long_is_refused_and_the_next_file_is_read(extractor):
    with pytest.raises(UnreadableError) as refused:
        extractor.extract(LONG, "plan.docx", limits=Limits(seconds=0.2))
    assert (refused.value.code, refused.value.params) == ("unreadable_timeout", {"file": "plan.docx", "seconds": 0})
    assert extractor.extract(FILES["plan.odt"], "plan.odt").format == "odt"


def test_too_much_memory_is_refused_and_the_next_file_is_read(extractor):
    with pytest.raises(UnreadableError) as refused:
        extractor.extract(LONG, "plan.docx", limits=Limits(memory_bytes=200 << 20))
    expected = ("unreadable_memory", {"file": "plan.docx", "limit_mb": 200})
    assert (refused.value.code, refused.value.params) == expected
    assert extractor.extract(LONG, "plan.docx").raw.count("Thi đua") == 300_000


def test_a_child_that_dies_between_files_is_replaced(extractor):
    extractor.extract(FILES["plan.docx"], "plan.docx")
    child = idle_child(extractor)
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert extractor.extract(FILES["plan.docx"], "plan.docx").format == "docx"


def test_a_child_that_dies_over_a_file_says_so(extractor):
    extractor.extract(FILES["plan.docx"], "plan.docx")
    child = idle_child(extractor)
    os.kill(child.process.pid, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (child.process.pid, signal.SIGKILL)).start()
    with pytest.raises(UnreadableError) as refused:
        extractor.extract(FILES["plan.docx"], "plan.docx")
    assert (refused.value.code, refused.value.params) == ("unreadable_crashed", {"file": "plan.docx"})
    assert extractor.extract(FILES["plan.docx"], "plan.docx").format == "docx"


def test_threads_share_an_extractor():
    expected = {name: extract(data, name) for name, data in FILES.items()}
    before = set(children_of(os.getpid()))
    with Extractor(children=2) as extractor, ThreadPoolExecutor(8) as threads:
        names = list(FILES) * 25
        answers = list(threads.map(lambda name: extractor.extract(FILES[name], name), names))
        assert len(set(children_of(os.getpid())) - before) <= 2
    assert answers == [expected[name] for name in names]


def test_closing_ends_the_children():
    before = set(children_of(os.getpid()))
    extractor = Extractor(children=1)
    extractor.extract(FILES["plan.docx"], "plan.docx")
    (child,) = set(children_of(os.getpid())) - before
    extractor.close()
    assert child not in children_of(os.getpid())
    with pytest.raises(RuntimeError):
        extractor.extract(FILES["plan.docx"], "plan.docx")


def test_no_child_outlives_its_process(tmp_path):
    (tmp_path / "plan.pdf").write_bytes(FILES["plan.pdf"])
    script = """
import pathlib, sys
from thidua.plans.formats import extract_isolated
extract_isolated(pathlib.Path(sys.argv[1]).read_bytes(), "plan.pdf")
tasks = pathlib.Path("/proc/self/task").glob("*/children")
print(*(task.read_text() for task in tasks))
"""
    result = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "plan.pdf")],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert (len(result.stdout.split()), result.stderr) == (1, "")
    assert not Path(f"/proc/{result.stdout.split()[0]}").exists()


def test_a_forked_process_starts_children_of_its_own():
    extract_isolated(FILES["plan.pdf"], "plan.pdf")
    child = os.fork()
    if child == 0:
        sound = extract_isolated(FILES["plan.pdf"], "plan.pdf").format == "pdf"
        isolation.shared_extractor().close()
        os._exit(0 if sound else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert extract_isolated(FILES["plan.pdf"], "plan.pdf").format == "pdf"


def test_the_children_know_no_secrets(extractor, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    extractor.extract(FILES["plan.docx"], "plan.docx")
    environment = Path(f"/proc/{idle_child(extractor).process.pid}/environ").read_bytes()
    assert b"DATABASE_URL" not in environment


def test_programs_end_with_all_their_children_on_time():
    start = time.monotonic()
    with pytest.raises(UnreadableError) as refused:
        run_program(["sh", "-c", "sleep 60 & sleep 61"], "plan.doc", seconds=0.3, memory_bytes=1 << 30)
    assert (refused.value.code, time.monotonic() - start < 5) == ("unreadable_timeout", True)


def test_memory_stays_flat_over_a_thousand_files(extractor):
    def resident() -> int:
        pages = int(Path(f"/proc/{idle_child(extractor).process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    names = ["plan.docx", "plan.odt", "plan.pdf"]
    for name in names * 20:
        extractor.extract(FILES[name], name)
    before = resident()
    for name in names * 334:
        extractor.extract(FILES[name], name)
    assert resident() - before < 4 << 20
