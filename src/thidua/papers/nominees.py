"""Who is proposed, as lists in papers show them: collectives, people, households, each counted on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from thidua.papers.paper import Column, Row, Table
from thidua.papers.wording import counted, joined

Subject = Literal["collective", "individual", "household"]
NAMED: dict[Subject, str] = {"collective": "tập thể", "individual": "cá nhân", "household": "hộ gia đình"}


class Nominee(Struct, frozen=True, kw_only=True):
    """`about`: post and unit of a person, unit above a collective, address of a household; `award` as it is printed;
    `merit` in a few words.
    """

    name: str
    subject: Subject
    about: str = ""
    award: str = ""
    merit: str = ""

    @property
    def named(self) -> str:
        """Name, post and unit in one line."""
        return ", ".join(filter(None, (self.name, self.about)))


def counts(nominees: Iterable[Nominee]) -> str:
    """ "03 tập thể, 05 cá nhân và 01 hộ gia đình"."""
    subjects = [nominee.subject for nominee in nominees]
    return joined(f"{counted(subjects.count(subject))} {NAMED[subject]}" for subject in NAMED if subject in subjects)


def by_award(nominees: Iterable[Nominee]) -> dict[str, list[Nominee]]:
    """In the order in which the awards first come."""
    found: dict[str, list[Nominee]] = {}
    for nominee in nominees:
        found.setdefault(nominee.award, []).append(nominee)
    return found


def listed(subjects: Iterable[Subject]) -> str:
    """The heading of a list: only kinds that are in it. "DANH SÁCH TẬP THỂ, CÁ NHÂN"."""
    present = set(subjects)
    return "Danh sách " + ", ".join(NAMED[subject] for subject in NAMED if subject in present)


def nominee_table(rows: Sequence[tuple[Nominee, tuple[str, ...]]], *more: Column) -> Table:
    """A row each, numbered within the kind; `more` are the columns of the further cells."""
    columns = (Column("STT", 0.5, "center"), Column("Họ và tên; tên tập thể, hộ gia đình", 2.2), Column(_ABOUT, 2.6))
    kinds = [subject for subject in NAMED if any(nominee.subject == subject for nominee, _ in rows)]
    made: list[Row] = []
    for letter, kind in zip("ABC", kinds, strict=False):
        group = [(nominee, cells) for nominee, cells in rows if nominee.subject == kind]
        made.append(Row((f"{letter}. {NAMED[kind].upper()} ({counted(len(group))})",), group=True))
        made += [Row((str(n), one.name, one.about, *cells)) for n, (one, cells) in enumerate(group, 1)]
    return Table((*columns, *more), tuple(made))


_ABOUT = "Chức vụ, đơn vị công tác; địa chỉ"
