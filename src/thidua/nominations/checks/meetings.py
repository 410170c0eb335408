"""The unit's own review meeting: its minutes, its votes, who presided, what it said of each criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from thidua.findings import Basis, Finding
from thidua.law.law import Rule
from thidua.law.statute import VoteRule
from thidua.nominations.checks.case import Case, Listed, ask, award_name, defect
from thidua.nominations.criteria_keys import to_analyse
from thidua.nominations.values import Meeting, Vote


def minutes(listed: Listed) -> Iterator[Finding]:
    """The meeting told in the system stands for the paper; who has neither has no minutes."""
    if _told(listed) or _on_paper(listed):
        return
    asked = (paper for case in listed.cases for paper in case.needed if paper.code == "bien_ban")
    paper = next(asked, None)
    if paper is not None:
        yield defect("minutes_missing", paper.basis)


def _told(listed: Listed) -> Meeting | None:
    """The meeting, where it was told here."""
    meeting = listed.submission.meeting
    return meeting if meeting is not None and meeting.held_on is not None else None


def _on_paper(listed: Listed) -> bool:
    return any(paper.code == "bien_ban" for paper in listed.submission.papers)


def _of_minutes(listed: Listed) -> Callable[..., Finding] | None:
    """What minutes do not say is a defect; of minutes on paper it is asked; without any, they are what is missing."""
    if _told(listed):
        return defect
    return ask if _on_paper(listed) else None


def held_in_time(listed: Listed) -> Iterator[Finding]:
    """What was signed before the meeting was not proposed by it."""
    meeting = _told(listed)
    if meeting is not None and meeting.held_on is not None and meeting.held_on > listed.signed:
        basis = listed.law_basis("Điều 83, Điều 84")
        yield defect("meeting_after_signing", basis, held=meeting.held_on, signed=listed.signed)


def quorum(listed: Listed) -> Iterator[Finding]:
    """By the rule that sets one. Where none was read, half of the members and more is expected, and asked about."""
    meeting = _told(listed)
    if meeting is None or not meeting.members or meeting.present is None:
        return
    params = {"present": meeting.present, "members": meeting.members}
    needs = [(rule, entry.quorum_of(meeting.members)) for rule, entry in _meeting_rules(listed, meeting)]
    for rule, need in needs:
        if meeting.present < need:
            yield defect("quorum_short", rule.basis(listed.on), **params, need=need)
            return
    if not needs and meeting.present * 2 <= meeting.members:
        yield ask("quorum_short", None, **params, need=meeting.members // 2 + 1)


def _meeting_rules(listed: Listed, meeting: Meeting) -> list[tuple[Rule, VoteRule]]:
    awards = {case.nomination.award for case in listed.cases}
    return [
        (rule, entry)
        for rule in listed.law.rules(VoteRule, listed.on)
        if isinstance(entry := rule.entry, VoteRule) and entry.quorum and entry.council in ("", meeting.council)
        and (not entry.awards or not awards.isdisjoint(entry.awards))
    ]  # fmt: skip


def presiding(listed: Listed) -> Iterator[Finding]:
    """Whoever is nominated lets another preside, keep the minutes and sign; where that is not so, it is asked why."""
    sub = listed.submission
    hands = {"chaired": "", "kept": "", "signed": sub.signed_by}
    if sub.meeting is not None:
        hands |= {"chaired": sub.meeting.chair, "kept": sub.meeting.secretary}
    for one in sub.nominations:
        for code, who in hands.items():
            if who and who == one.nominee:
                yield ask(f"nominee_{code}", None, ref=one.ref, name=one.name)


# --- Votes ------------------------------------------------------------------------------------------------------------


def votes(listed: Listed) -> Iterator[Finding]:
    """Where a rule or the dossier asks for a vote; a vote that was taken is held against the share it needs."""
    meeting = _told(listed) or Meeting()
    for case in listed.cases:
        vote = meeting.votes.get(case.nomination.ref)
        rules = list(_vote_rules(case, meeting))
        if vote is None:
            yield from _without_vote(case, rules, listed)
            continue
        yield from _too_many(case, meeting, vote)
        yield from _below(case, meeting, vote, rules)


def _vote_rules(case: Case, meeting: Meeting) -> Iterator[tuple[Rule, VoteRule]]:
    for rule in case.law.rules(VoteRule, case.lodged):
        entry = rule.entry
        if not isinstance(entry, VoteRule) or entry.council not in ("", meeting.council):
            continue
        if case.nomination.award in entry.awards or (not entry.awards and rule.statute.level == "local"):
            yield rule, entry


def _without_vote(case: Case, rules: list[tuple[Rule, VoteRule]], listed: Listed) -> Iterator[Finding]:
    papers = (*listed.submission.papers, *case.nomination.papers)
    make = _of_minutes(listed)
    if make is None or any(paper.code == "ket_qua_phieu" for paper in papers):
        return
    asked: list[Basis] = [paper.basis for paper in case.needed if paper.code == "ket_qua_phieu"]
    asked += [rule.basis(case.lodged) for rule, entry in rules if entry.required and entry.awards]
    if asked:
        yield make("vote_missing", asked[0], **_of(case))


def _too_many(case: Case, meeting: Meeting, vote: Vote) -> Iterator[Finding]:
    if meeting.present is not None and vote.cast > meeting.present + meeting.written:
        yield defect("vote_too_many", None, **_of(case), cast=vote.cast, voters=meeting.present + meeting.written)


def _below(case: Case, meeting: Meeting, vote: Vote, rules: list[tuple[Rule, VoteRule]]) -> Iterator[Finding]:
    for rule, entry in rules:
        total = _total(entry, meeting, vote)
        basis = rule.basis(case.lodged)
        if total is None:
            yield ask("vote_of_how_many", basis, **_of(case))
            return
        need = entry.votes_of(total)
        if vote.for_ < need:
            yield defect("vote_below", basis, **_of(case), agreed=vote.for_, need=need, total=total)
            return


def _total(entry: VoteRule, meeting: Meeting, vote: Vote) -> int | None:
    """What the share is taken of; of all members where the rule does not say."""
    if entry.of == "present":
        return meeting.present
    return vote.cast if entry.of == "cast" else meeting.members or None


def _of(case: Case) -> dict[str, object]:
    one = case.nomination
    return {"ref": one.ref, "name": one.name, "award": award_name(one.award, case.lodged)}


# --- Analysis ---------------------------------------------------------------------------------------------------------


def analysis(listed: Listed) -> Iterator[Finding]:
    """Where the plan asks the minutes to say how each nominee meets each criterion."""
    asked, make = listed.submission.analysis_asked, _of_minutes(listed)
    if asked is None or make is None:
        return
    analysed = (_told(listed) or Meeting()).analysed
    for case in listed.cases:
        said = analysed.get(case.nomination.ref, frozenset())
        lacking = [number for key, number in _criteria(case) if not _is_said(key, number, said)]
        if lacking:
            yield make("criterion_not_analysed", asked, **_of(case), numbers=lacking)


def _criteria(case: Case) -> list[tuple[str, str]]:
    return [(item.key, item.number) for item in to_analyse(case.assessment)] if case.assessment else []


def _is_said(key: str, number: str, said: frozenset[str]) -> bool:
    """Itself, or a clause beneath it."""
    return key in said or any(one.startswith(f"{number}.") for one in said)
