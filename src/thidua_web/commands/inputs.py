"""Files in, results out: what the verbs that go over documents have in common."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from thidua.errors import ThiduaError
from thidua.explain import say, sentence
from thidua.plans.formats import Limits, PlanText, extract_isolated, find_unread_pages
from thidua.plans.formats.recognise import READABLE
from thidua_web.commands.words import usage_error

files = click.argument("paths", nargs=-1, required=True, metavar="TỆP…")
output = click.option(
    "-o", "--output", "out", metavar="NƠI-GHI", type=click.Path(path_type=Path),
    help="Ghi ra tệp này; nhiều tệp vào thì là thư mục.",
)  # fmt: skip


class Input(Struct, frozen=True):
    """One document. `path` is None for standard input; `place` is where its result stands in an output folder."""

    name: str
    path: Path | None
    place: Path

    def load(self) -> bytes:
        """The bytes, cut off just above the limit that a document may have."""
        limit = Limits().file_bytes + 1
        if self.path is None:
            return sys.stdin.buffer.read(limit)
        with self.path.open("rb") as file:
            return file.read(limit)

    def extract(self, *, tell: bool = True) -> PlanText:
        """The text; with `tell`, what it lacks of the document is said on standard error."""
        text = extract_isolated(self.load(), self.name)
        for finding in find_unread_pages(text) if tell else ():
            click.echo(f"{self.name}: {sentence(finding)}", err=True)
        return text


class Inputs(Struct, frozen=True):
    """`many` where several paths or a folder were named: results then come one a line, or into a folder."""

    documents: list[Input]
    many: bool


def find_inputs(paths: Sequence[str]) -> Inputs:
    """Files as named, folders with everything readable in them, "-" for standard input."""
    if paths.count("-") > 1:
        raise usage_error("command.standard_input_twice")
    documents = [document for path in paths for document in _find(path)]
    return Inputs(documents, many=len(paths) > 1 or any(Path(path).is_dir() for path in paths))


def one_document(_ctx: click.Context, _param: click.Parameter, path: str | None) -> Input | None:
    """For an option that names one document."""
    inputs = find_inputs([path]) if path else None
    if inputs and inputs.many:
        raise usage_error("command.not_a_file", file=path)
    return inputs.documents[0] if inputs else None


def _find(name: str) -> Iterator[Input]:
    path = Path(name)
    if name == "-":
        yield Input("-", None, Path("stdin"))
    elif path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.is_file() and _wanted(file.relative_to(path)))
        if not found:
            raise usage_error("command.empty_folder", file=name)
        yield from (Input(str(file), file, file.relative_to(path)) for file in found)
    elif path.exists():
        yield Input(name, path, Path(path.name))
    else:
        raise usage_error("command.missing_path", file=name)


def _wanted(file: Path) -> bool:
    """Readable, neither hidden nor the lock file that Word leaves beside an open document."""
    hidden = any(part.startswith(".") for part in file.parts)
    return file.suffix.lower() in READABLE and not hidden and not file.name.startswith("~$")


class Output:
    """Where results go: standard output, one file, or a folder with a file for each input."""

    def __init__(self, inputs: Inputs, out: Path | None, suffix: str) -> None:
        self.out, self.suffix = out, suffix
        self.folder = out if out and (inputs.many or out.is_dir()) else None
        self._check(inputs)

    def _check(self, inputs: Inputs) -> None:
        taken: set[Path] = set()
        sources = {document.path.resolve() for document in inputs.documents if document.path}
        for document in inputs.documents if self.out else ():
            target = self._target(document)
            if target.resolve() in sources:
                raise usage_error("command.output_is_input", file=target)
            if target in taken:
                raise usage_error("command.same_output", file=target)
            taken.add(target)

    def _target(self, document: Input) -> Path:
        if self.folder is not None:
            return self.folder / document.place.with_name(document.place.name + self.suffix)
        return self.out or Path("-")

    def write(self, document: Input, data: bytes) -> None:
        if self.out is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        target = self._target(document)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError as error:
            raise usage_error("command.cannot_write", file=target, reason=error.strerror or str(error)) from error


def go_over(
    inputs: Inputs, do: Callable[[Input], int], *, refused: Callable[[Input, dict[str, Any]], None] | None = None
) -> int:
    """Do each document in turn and return the worst exit code. One that cannot be read is told and passed over;
    `refused` gets its code and message too.
    """
    worst = 0
    with _progress(len(inputs.documents)) as (step, tell):
        for document in inputs.documents:
            try:
                worst = max(worst, do(document))
            except (ThiduaError, OSError) as error:
                worst = max(worst, 1)
                problem = problem_of(document, error)
                tell(problem["message"])
                if refused:
                    refused(document, problem)
            step()
    return worst


def problem_of(document: Input, error: ThiduaError | OSError) -> dict[str, Any]:
    """Code, message that names the file, and parameters."""
    if isinstance(error, BrokenPipeError):
        raise error
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        params = {"file": document.name, "reason": reason}
        return {"code": "command.closed_file", "message": say("command.closed_file", params), "params": params}
    message = say(error.code, error.params)
    if document.name not in message:
        message = f"{document.name}: {message}"
    return {"code": error.code, "message": message, "params": error.params}


def json_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode() + b"\n"


@contextmanager
def _progress(total: int) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
    """How to say that one more is done, and how to tell of trouble. There is a bar on standard error where that is a
    terminal and results do not scroll by on one.
    """
    if total < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield (lambda: None), lambda message: click.echo(message, err=True)
        return
    from rich.console import Console  # noqa: PLC0415 - only where a bar is shown
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TextColumn("tệp, còn"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=total)
        yield (
            (lambda: bar.advance(task)),
            lambda message: console.print(message, markup=False, highlight=False, soft_wrap=True),
        )
