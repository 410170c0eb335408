"""Papers that a dossier holds: derived from the law of the day and from the plan, each with where that stands.

The law's own list (Điều 84) is what every dossier holds. Lists below it that name the award come on top; where the law
leaves the dossier to ministries and provinces and one of them has set it, that list stands in place of the decree's.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct, structs

from thidua.findings import Basis, Finding, unknown
from thidua.law.criteria import Subject
from thidua.law.instruments import find_instrument
from thidua.law.law import Law, Rule
from thidua.law.statute import DossierPaper, DossierRule, Provision
from thidua.nominations.plan_papers import Asked, asked_of, bodies_in, paper_code
from thidua.rules.facts import Merit
from thidua.vietnamese.folding import search_key

HeldBy = Literal["submission", "nomination", "confirmation", "consultation"]

_HELD_BY: dict[str, HeldBy] = {
    "to_trinh": "submission", "bien_ban": "submission", "danh_sach": "submission", "tep_dien_tu": "submission",
    "ket_qua_phieu": "submission", "xac_nhan_nghia_vu": "confirmation", "y_kien": "consultation",
}  # fmt: skip
"""Where a paper is held; whatever is not named here belongs to each nomination."""


class NeededPaper(Struct, frozen=True, kw_only=True):
    """A paper that the rules of the day ask for; `words` and `form` are those of the newest rule that names it.

    `held_by`: it is one for the whole submission, of each nomination, a confirmation that is asked for (by `bodies`),
    or an opinion that the appraising body gathers. `or_code`: a paper that does as well. `sure`: a rule that was read
    asks for it, whatever was amended since. `asked`: always, perhaps (of some, and no record says of whom), or only
    where there is one.
    """

    code: str
    words: str
    form: str = ""
    bases: tuple[Basis, ...] = ()
    held_by: HeldBy = "nomination"
    bodies: tuple[str, ...] = ()
    or_code: str = ""
    sure: bool = True
    asked: Asked = "always"

    @property
    def basis(self) -> Basis:
        """The first that was verified, else the first."""
        return next((basis for basis in self.bases if basis.verified), self.bases[0] if self.bases else Basis())

    @property
    def verified(self) -> bool:
        return self.basis.verified


def papers_for(  # noqa: PLR0913 - what a dossier is derived from
    law: Law,
    *,
    award: str,
    subject: Subject,
    merit: Merit,
    on: datetime.date,
    business: bool = False,
    plan_papers: Iterable[str] = (),
) -> tuple[NeededPaper, ...]:
    """What a nomination lodged on a day holds, the law's papers first; each code once, with all its bases.

    `merit` "" is a merit whose kind is not known: papers of one kind alone are not asked for then.
    """
    found: dict[str, NeededPaper] = {}
    for paper in (*_of_law(law, award, merit, on, business), *_of_plan(plan_papers, subject, business)):
        earlier = found.get(paper.code)
        found[paper.code] = _merged(earlier, paper) if earlier else paper
    return tuple(_worded(paper, subject) for paper in found.values())


_STRENGTH: tuple[Asked, ...] = ("always", "perhaps", "if_any")


def _merged(earlier: NeededPaper, later: NeededPaper) -> NeededPaper:
    return structs.replace(
        later,
        form=later.form or earlier.form,
        bases=(*earlier.bases, *later.bases),
        bodies=tuple(dict.fromkeys((*earlier.bodies, *later.bodies))),
        or_code=later.or_code or earlier.or_code,
        sure=earlier.sure or later.sure,
        asked=min(earlier.asked, later.asked, key=_STRENGTH.index),
    )


def _worded(paper: NeededPaper, subject: Subject) -> NeededPaper:
    """The report of a collective is not that of a person: a form that the rule gives to one kind is not another's."""
    if paper.code == "bao_cao" and paper.form and subject == "household":
        return structs.replace(paper, form="")
    return paper


# --- The law ----------------------------------------------------------------------------------------------------------


def _of_law(law: Law, award: str, merit: Merit, on: datetime.date, business: bool) -> Iterator[NeededPaper]:
    for rule, entry in lists_for(law, award=award, merit=merit, on=on):
        for part in entry.parts:
            if _is_asked(part, award, merit, business):
                yield NeededPaper(
                    code=part.code,
                    words=part.text,
                    form=part.form,
                    bases=(rule.basis(on),),
                    held_by=_HELD_BY.get(part.code, "nomination"),
                    bodies=bodies_in(part.text) if part.code == "xac_nhan_nghia_vu" else (),
                    or_code=part.or_code,
                    sure=rule.own_mark == "verified",
                )


def _is_asked(part: DossierPaper, award: str, merit: Merit, business: bool) -> bool:
    of_award = not part.only_for or award in part.only_for
    of_merit = not part.merits or merit in part.merits
    return of_award and of_merit and (business or not part.business)


def lists_for(law: Law, *, award: str, merit: Merit, on: datetime.date) -> tuple[tuple[Rule, DossierRule], ...]:
    """Lists in force on a day for an award, in the order of their authority."""
    found = [
        (rule, entry)
        for rule in law.rules(DossierRule, on)
        if isinstance(entry := rule.entry, DossierRule) and _concerns(entry, award, merit)
    ]
    is_set_locally = any(rule.statute.level == "local" and award in entry.awards for rule, entry in found)
    if not (is_set_locally and left_to_provinces(law, award, on)):
        return tuple(found)
    return tuple((rule, entry) for rule, entry in found if rule.statute.level == "local" or is_statute(rule))


def _concerns(entry: DossierRule, award: str, merit: Merit) -> bool:
    return (not entry.awards or award in entry.awards) and (not entry.merits or merit in entry.merits)


def is_statute(rule: Rule) -> bool:
    """Whether a rule stands in a law of the National Assembly: nothing below it takes its place."""
    known = find_instrument(rule.statute.instrument)
    return known is not None and known.type == "Luật"


def left_to_provinces(law: Law, award: str, on: datetime.date) -> Basis | None:
    """Where the law leaves the award's dossier to ministries and provinces; None where it does not."""
    for rule in law.rules(Provision, on):
        entry = rule.entry
        if (
            isinstance(entry, Provision)
            and entry.topic == "delegation"
            and award in entry.awards
            and _of_dossiers(entry)
        ):
            return rule.basis(on)
    return None


def _of_dossiers(entry: Provision) -> bool:
    return re.search(r"\bho so\b", search_key(entry.text)) is not None


def dossier_note(law: Law, *, award: str, merit: Merit, on: datetime.date) -> Finding | None:
    """What a screen says of a list that is not sure; None where a list below the law was read and names the award.

    The law's own list stands then, and nothing is refused for what the unread one may ask.
    """
    own = [(rule, entry) for rule, entry in lists_for(law, award=award, merit=merit, on=on) if award in entry.awards]
    below = [rule for rule, _ in own if not is_statute(rule)]
    if any(rule.own_mark == "verified" for rule in below):
        return None
    shown = own[-1][0].basis(on) if own else None
    if below:
        return unknown("nominations.dossier_unverified", shown)
    delegated = left_to_provinces(law, award, on)
    if delegated:
        return unknown("nominations.dossier_local_unknown", delegated)
    return unknown("nominations.dossier_unread", shown)


# --- The plan ---------------------------------------------------------------------------------------------------------


def _of_plan(words: Iterable[str], subject: Subject, business: bool) -> Iterator[NeededPaper]:
    for said in words:
        code, asked = paper_code(said), asked_of(said, subject)
        if _is_of_business(said):
            asked = "always" if business else None
        if asked is None:
            continue
        yield NeededPaper(
            code=code,
            words=said.lstrip("-–+*• ").rstrip(" ;,."),
            asked=asked,
            bases=(Basis(quote=said, verified=True),),
            held_by=_HELD_BY.get(code, "nomination"),
            bodies=bodies_in(said) if code == "xac_nhan_nghia_vu" else (),
        )


_BUSINESS = re.compile(
    r"\b(?:doi voi|cua|cho|\() ?(?:cac )?(?:doanh nghiep|doanh nhan|cong ty|hop tac xa)\b|\(doanh nghiep\b"
)


def _is_of_business(words: str) -> bool:
    return _BUSINESS.search(search_key(words)) is not None


def held_by(papers: Sequence[NeededPaper], holder: HeldBy) -> tuple[NeededPaper, ...]:
    """Those of one holder, in order."""
    return tuple(paper for paper in papers if paper.held_by == holder)
