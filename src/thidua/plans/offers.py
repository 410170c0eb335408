"""Which clauses of a plan decide about which of its awards.

A clause belongs to the awards whose words hold it, else to those it names, else to all; among these to the ones for
the people it speaks of. A clause that cannot be told apart belongs to every offer it may concern: none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from thidua.plans.campaign import Offer, Words
from thidua.plans.reading import AwardForm, Criterion, DossierPart, Fact, Quota
from thidua.vietnamese.folding import search_key

_PAPER = re.compile(r"bang khen|giay khen|co thi dua|huan chuong|ky niem chuong")
_TITLE = re.compile(r"(?:danh hieu )?(?P<name>.+?)(?: cua .*)?")
_ENTITLED = re.compile(r"[\"“”]")
_OPENING = 100

F_co = TypeVar("F_co", bound=Fact, covariant=True)
C = TypeVar("C", bound=Fact)


class Keyed(NamedTuple, Generic[F_co]):
    """A fact under its key in the review."""

    key: str
    fact: F_co


Award = Keyed[AwardForm]


def offers_of(
    awards: Sequence[Award],
    criteria: Sequence[Keyed[Criterion]],
    quotas: Sequence[Keyed[Quota]],
    dossier: Sequence[Keyed[DossierPart]],
) -> tuple[Offer, ...]:
    """One offer an award form; where a plan has clauses and names no award, one offer without a name holds them."""
    if not awards:
        return _without_award(criteria, quotas, dossier)
    met = _allot(criteria, awards, {item.key: _opening(item.fact) for item in criteria})
    counted = _allot(quotas, awards, {item.key: _counted(item.fact) for item in quotas})
    enclosed = _allot(dossier, awards, {item.key: item.fact.document for item in dossier})
    return tuple(
        Offer(
            key=award.key,
            words=Words.under(award.fact),
            award=award.fact.name,
            granted_by=award.fact.granted_by,
            for_=award.fact.for_,
            criteria=met[award.key],
            quotas=counted[award.key],
            dossier=enclosed[award.key],
        )
        for award in awards
    )


def _without_award(
    criteria: Sequence[Keyed[Criterion]], quotas: Sequence[Keyed[Quota]], dossier: Sequence[Keyed[DossierPart]]
) -> tuple[Offer, ...]:
    clauses: list[Keyed[Fact]] = [*criteria, *quotas, *dossier]
    if not clauses:
        return ()
    first = min(clauses, key=lambda item: item.fact.span)
    return (
        Offer(
            key=first.key,
            words=Words.under(first.fact),
            award="",
            criteria=tuple(item.fact for item in criteria),
            quotas=tuple(item.fact for item in quotas),
            dossier=tuple(item.fact for item in dossier),
        ),
    )


def _opening(criterion: Criterion) -> str:
    """Where a criterion says for what it is asked; an award further in is one that was held before."""
    return f"{criterion.applies_to or ''} {criterion.text[:_OPENING]}"


def _counted(quota: Quota) -> str:
    return f"{quota.unit} {quota.quote} {quota.of}"


def _allot(clauses: Sequence[Keyed[C]], awards: Sequence[Award], words: Mapping[str, str]) -> dict[str, tuple[C, ...]]:
    """The clauses of every award, by the award's key; `words` are where a clause names awards and people, by key."""
    allotted: dict[str, list[C]] = {award.key: [] for award in awards}
    for clause in clauses:
        said = search_key(words[clause.key])
        people = search_key(clause.fact.of) if isinstance(clause.fact, Quota) else said
        for award in _concerned(clause.fact, said, people, awards):
            allotted[award.key].append(clause.fact)
    return {key: tuple(facts) for key, facts in allotted.items()}


def _concerned(clause: Fact, said: str, people: str, awards: Sequence[Award]) -> list[Award]:
    held = [award for award in awards if _holds(award.fact, clause)]
    candidates = held or _named(said, awards) or list(awards)
    return [award for award in candidates if _is_for(award.fact, people)] or candidates


def _holds(award: AwardForm, clause: Fact) -> bool:
    return award.span[0] <= clause.span[0] < clause.span[1] <= award.span[1]


def _named(said: str, awards: Sequence[Award]) -> list[Award]:
    """The awards that the words name, only those with their granter where one is named with it."""
    ranks = {award.key: _likeness(said, award.fact) for award in awards}
    best = max(ranks.values())
    return [award for award in awards if best and ranks[award.key] == best]


def _likeness(said: str, award: AwardForm) -> int:
    """2 where the words name the award and its granter, 1 for the award alone, 0 where they do not name it."""
    if not re.search(rf"\b{re.escape(_kind(award.name))}\b", _ENTITLED.sub("", said)):
        return 0
    return 2 if award.granted_by and _short(search_key(award.granted_by)) in _short(said) else 1


def _kind(name: str) -> str:
    """ "Bằng khen của Thủ tướng" is a "bang khen"; a title is its own kind."""
    words = " ".join(_ENTITLED.sub(" ", search_key(name)).split())
    paper = _PAPER.match(words)
    title = _TITLE.fullmatch(words)
    return paper.group() if paper else title["name"] if title else words


def _short(words: str) -> str:
    return words.replace("uy ban nhan dan", "ubnd")


def _is_for(award: AwardForm, people: str) -> bool:
    """Words that name both collectives and individuals, or neither, speak of every award."""
    collective, individual = "tap the" in people, "ca nhan" in people
    if award.for_ == "both" or collective == individual:
        return True
    return award.for_ == ("collective" if collective else "individual")
