"""Criteria read out of plans as the trees that the engine judges; what words leave open is a person's, with evidence.

A clause is cut into demands (`plan_words.cutting`). Each demand that the grammar accounts for to the last word becomes
a test (`plan_words.grammar`), every other one a question to a person. Preferences and shares of a list ask nothing of
one nominee: they stand in `parts` for `thidua.rules.preferring` and `thidua.rules.limits`. No word is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from thidua.law.criteria import Criterion, Subject, Test
from thidua.plans.campaign import Offer
from thidua.plans.gates import find_gate, gate_requirements
from thidua.plans.reading import Condition
from thidua.plans.reading import Criterion as PlanCriterion
from thidua.rules.facts import Track
from thidua.rules.plan_words.cutting import EXCLUDES, Clause, Piece, cut
from thidua.rules.plan_words.frame import Frame, Rank
from thidua.rules.plan_words.grammar import READERS
from thidua.rules.plan_words.names import all_asked, asks, flattened, slug
from thidua.rules.plan_words.standing import is_under_review
from thidua.rules.plan_words.whom import bodies_in, own_groups
from thidua.rules.plan_words.years import Years
from thidua.vietnamese.folding import search_key

How = Literal["whom", "tested", "both", "judged", "preferred", "counted"]
_LONGEST_KEY = 60
_BRIEF = 200


class Source(Struct, frozen=True, kw_only=True):
    """The plan: `key` sets its questions apart from those of other plans, `rank` says who runs its blocs."""

    key: str = ""
    rank: Rank | None = None


UNNAMED = Source()


class Part(Struct, frozen=True, kw_only=True):
    """Words at `span` of the clause (composed, NFC) and what was made of them.

    whom: says of whom the clause speaks. tested: accounted for word by word. judged: a person's. both: a test, and a
    person's judgement of what it leaves open. preferred, counted: of the order or the make-up of a list.
    """

    words: str
    span: tuple[int, int]
    how: How


class Asked(Struct, frozen=True, kw_only=True):
    """A clause as the engine asks it; `tree` is None where it asks nothing of one nominee."""

    clause: PlanCriterion | Condition
    tree: Criterion | None
    parts: tuple[Part, ...]

    @property
    def whom(self) -> str:
        """For whom the plan says it: the reading's `applies_to` or `who`, and the words at the clause's head."""
        said = self.clause.applies_to if isinstance(self.clause, PlanCriterion) else self.clause.who
        heads = (part.words.strip(" :-") for part in self.parts if part.how == "whom")
        return "; ".join(words for words in (said, *heads) if words)


def read_criterion(clause: PlanCriterion, source: Source = UNNAMED) -> Asked:
    """What a criterion of a plan asks. Years that were confirmed in the review stand before those in the words."""
    taken = cut(clause.text)
    if find_gate(taken.folded) and not EXCLUDES.match(taken.folded[taken.head :]):
        gate = Condition(quote=clause.quote, span=clause.span, kind="gate", text=clause.text)
        return structs.replace(read_condition(gate, source), clause=clause)
    nodes, parts = _Reading(clause, taken, source).nodes()
    head = taken.text[: taken.head].strip()
    whom = [Part(words=head, span=(0, taken.head), how="whom")] if head else []
    return Asked(clause=clause, tree=_root(clause.quote, clause.text, nodes), parts=(*whom, *parts))


def _root(quote: str, text: str, nodes: Sequence[Criterion]) -> Criterion | None:
    if not nodes:
        return None
    if len(nodes) == 1:
        return structs.replace(nodes[0], quote=quote)
    return Criterion(text=_brief(text), quote=quote, all=tuple(nodes))


def _brief(text: str) -> str:
    words = " ".join(text.split()).strip(" ;.,-*+•")
    words = words[:1].upper() + words[1:]
    return words if len(words) <= _BRIEF else f"{words[:_BRIEF].rsplit(' ', 1)[0]}…"


# --- One clause -------------------------------------------------------------------------------------------------------

_PREFERS = re.compile(r"(?:uu tien|quan tam|chu trong)\b")
_COUNTS = re.compile(
    r"(?:so luong|co cau|ty le (?:ca nhan|tap the|nay|khen|cong chuc|nguoi))\b[^;]*\b(?:khong qua|toi da|khong duoi"
    r"|dat tu)\b"
    r"|ty le\b[^;]*% (?:tong )?(?:so )?(?:ca nhan|tap the|lao dong tien tien|cong chuc|nguoi)\b"
    r"|(?:dai bieu|ca nhan la)\b[^;]*\b(?:khong duoi|dat|tren|tu) [^;]*%"
)
_PARTY = re.compile(r"\b(?:to chuc (?:co so )?dang|dang bo|chi bo|chi, dang bo|dang vien)\b")
_RATES = re.compile(r"hoan thanh (?:tot |xuat sac )?nhiem vu")


class _Reading:
    """One clause on its way to a tree."""

    def __init__(self, clause: PlanCriterion, taken: Clause, source: Source) -> None:
        self.taken = taken
        self.source = source
        spoken = search_key(f"{clause.applies_to or ''} {taken.text}")
        track: Track = "party" if _PARTY.search(spoken) else "state"
        rated = [
            piece for piece in taken.pieces if re.search(r"hoan thanh (?:tot |xuat sac )?nhiem vu", taken.key(piece))
        ]
        years = clause.rating_years if len([p for p in rated if p.joint != "of_which"]) == 1 else None
        self.frame = Frame(
            judge=self.judge, track=track, rank=source.rank, confirmed=years,
            excellent=clause.min_excellent_years if years else None,
        )  # fmt: skip

    def judge(self, words: str) -> Criterion:
        return asks("judged", question=question(words, self.source))

    def _absent_case(self, case: str) -> Criterion:
        """A case that must not be the nominee's, in the plan's own words where they stand together."""
        at = self.taken.folded.find(case)
        words = self.taken.text[at : at + len(case)] if at >= 0 else case
        judged = self.judge(f"khong thuoc truong hop {case}")
        return structs.replace(judged, text=f"Không thuộc trường hợp: {words}")

    def nodes(self) -> tuple[list[Criterion], list[Part]]:
        runs: list[tuple[int, list[Criterion]]] = []
        parts: list[Part] = []
        for piece in self._together():
            node, how = self._read(piece)
            parts.append(Part(words=self.taken.words(piece), span=(piece.start, piece.end), how=how))
            if node is not None:
                self._join(runs, piece, _told(node, self.taken.words(piece)))
        if self.taken.one_of and len(runs) > 1:
            ways = tuple(_all_told(nodes) for _, nodes in runs)
            return [Criterion(text=_brief(" hoặc ".join(way.text for way in ways)), any=ways)], parts
        return [part for _, nodes in runs for node in nodes for part in flattened(node)], parts

    def _join(self, runs: list[tuple[int, list[Criterion]]], piece: Piece, told: Criterion) -> None:
        """ "A, B hoặc C" leaves A; "A, B; hoặc C" is either A and B, or C."""
        if not runs or (piece.joint != "or" and runs[-1][0] != piece.run):
            runs.append((piece.run, [told]))
        elif piece.joint != "or":
            runs[-1][1].append(told)
        else:
            run, nodes = runs.pop()
            kept, before = (nodes[:-1], nodes[-1:]) if run == piece.run else ([], nodes)
            first = (
                before[0] if len(before) == 1 else Criterion(text="; ".join(n.text for n in before), all=tuple(before))
            )
            either = (*first.any, told) if first.any else (first, told)
            runs.append((piece.run, [*kept, Criterion(text=_brief(" hoặc ".join(n.text for n in either)), any=either)]))

    def _together(self) -> list[Piece]:
        """Demands that only a person can judge stay one question where they stand side by side in a sentence."""
        kept: list[Piece] = []
        for piece in self.taken.pieces:
            last = kept[-1] if kept else None
            if last and self._goes_on(last, piece):
                kept[-1] = structs.replace(last, end=piece.end)
            else:
                kept.append(piece)
        return kept

    def _goes_on(self, last: Piece, piece: Piece) -> bool:
        if last.run != piece.run or piece.joint == "or":
            return False
        return self._read(last)[1] == "judged" == self._read(piece)[1] and not self._excludes(last)

    def _excludes(self, piece: Piece) -> bool:
        return EXCLUDES.match(self.taken.folded[piece.start : piece.end].lstrip()) is not None

    def _read(self, piece: Piece) -> tuple[Criterion | None, How]:
        words = self.taken.key(piece)
        if _PREFERS.match(words):
            return None, "preferred"
        if _COUNTS.match(words):
            return None, "counted"
        excluded = EXCLUDES.match(f"{words} ")
        if excluded:
            return _excluded(words[excluded.end() :], self._absent_case)
        read = next((found for reader in READERS if (found := reader(words, self.frame)) is not None), None)
        if read is None:
            return self.judge(words), "judged"
        self._remember(read)
        return read, "both" if "judged" in _predicates(read) and len(_predicates(read)) > 1 else "tested"

    def _remember(self, read: Criterion) -> None:
        """ "Trong đó …" speaks of the ratings before it."""
        for test in read.tests():
            params = dict(test.params)
            if test.predicate == "rated" and "at_least" not in params:
                named = tuple(range(params["first"], params["last"] + 1)) if "first" in params else ()
                self.frame = structs.replace(self.frame, rated=Years(named, params.get("years", 1)))


_CASES = re.compile(
    r"(?:; |, | )?\bhoac (?=dang |co |khong |chua |da |bi |moi )|; |, (?=dang |co don|khong |chua |da |bi |moi )"
)
_WHO = re.compile(r"(?:cac |nhung )?(?:tap the|ca nhan|don vi|can bo|nguoi|ho gia dinh)(?:, (?:tap the|ca nhan))* ")
_NOT_REGISTERED = re.compile(r"(?:khong|chua) dang ky(?: tham gia)?(?: thi dua)?(?: tu dau nam| dau nam)?")
_COMMENDED = re.compile(r"da (?:duoc )?khen(?: thuong)?(?: (?:ve|cho))? (?:cung )?(?:mot )?thanh tich(?: nay| do)?")
_PUNISHED = re.compile(r"(?:dang )?bi (?:xu ly )?ky luat")


def _excluded(words: str, judge: Callable[[str], Criterion]) -> tuple[Criterion, How]:
    """Those of whom a clause says that they are not considered: each case must be absent."""
    tested: list[Criterion] = []
    judged: list[Criterion] = []
    for case in (_WHO.sub("", one.strip(), count=1) for one in _CASES.split(words)):
        test = _absent(case)
        if test is None:
            judged.append(judge(case))
        elif test not in tested:
            tested.append(test)
    return all_asked(*tested, *judged), "tested" if not judged else "both" if tested else "judged"


def _absent(case: str) -> Criterion | None:
    if is_under_review(case):
        return asks("not_under_review")
    if _NOT_REGISTERED.fullmatch(case):
        return asks("judged", question="campaign.registered")
    if _COMMENDED.fullmatch(case):
        return asks("not_already_awarded")
    return asks("not_disciplined") if _PUNISHED.fullmatch(case) else None


def _all_told(nodes: Sequence[Criterion]) -> Criterion:
    return nodes[0] if len(nodes) == 1 else Criterion(text="; ".join(node.text for node in nodes), all=tuple(nodes))


def _told(node: Criterion, words: str) -> Criterion:
    """The words on a node and on every node beneath; a text of its own that ends in a colon stands before them."""
    text = f"{node.text} {words}" if node.text.endswith(":") else node.text or words
    kept = structs.replace(node, text=_brief(text), quote=node.quote or words)
    if kept.all:
        return structs.replace(kept, all=tuple(_told(part, words) for part in kept.all))
    if kept.any:
        return structs.replace(kept, any=tuple(_told(part, words) for part in kept.any))
    return kept


def _predicates(tree: Criterion) -> set[str]:
    return {test.predicate for test in tree.tests()} | ({"meets"} if tree.meets else set())


def question(words: str, source: Source = UNNAMED) -> str:
    """The key under which a person's answer to these words is kept: "plan.<plan>.<words>"."""
    key = slug(search_key(words))
    if len(key) > _LONGEST_KEY:
        mark = hashlib.sha256(key.encode()).hexdigest()[:6]
        key = f"{key[:_LONGEST_KEY].rpartition('_')[0]}_{mark}"
    return ".".join(part for part in ("plan", source.key, key) if part)


# --- Conditions -------------------------------------------------------------------------------------------------------

_STEP_TESTS = {
    "launched": Test("launched_campaign"),
    "summarised": Test("summarised_campaign"),
    "registered": Test("judged", {"question": "campaign.registered"}),
    "reported": Test("reported"),
}
_ACCOUNTED = re.compile(
    r"\b(?:khong|chua|to chuc|phat dong|tong ket|so ket|trien khai|dang ky|giao uoc|bao cao|thi dua|phong trao|dot"
    r"|thi|neu"
    r"|va|hoac|cac|nhung|duoc|xet|xem|de|nghi|khen|thuong|cap|tinh|tren|doi|voi|tap|the|ca|nhan|don|vi|co|quan|dia"
    r"|phuong"
    r"|binh|cham|dung|han|gui|nop|day|du|theo|quy|dinh|tham|gia|thuc|hien|hang|nam|ky|trong|dau|tu|ve|ket|qua)\b"
)


def read_condition(condition: Condition, source: Source = UNNAMED) -> Asked:
    """A gate, a floor or a ban on repeating as what a nominee's unit must have done."""
    words = " ".join(condition.text.split())
    steps = [asks(_STEP_TESTS[step].predicate, **dict(_STEP_TESTS[step].params)) for step in _ordered(condition)]
    judged = asks("judged", question=question(words, source))
    nodes: list[Criterion] = []
    if condition.kind == "gate":
        rest = re.sub(r"[\W_]+", " ", _ACCOUNTED.sub(" ", search_key(words))).split()
        nodes = [*steps, *([judged] if rest or not steps else [])]
    elif condition.kind == "floor":
        nodes = [asks("not_below_baseline", **({"year": condition.year} if condition.year else {}))]
    else:
        nodes = [asks("judged", question="pledges.not_repeated")]
    how: How = (
        "judged" if nodes == [judged] or condition.kind == "no_duplicate" else "both" if judged in nodes else "tested"
    )
    told = [_told(node, words) for node in nodes]
    part = Part(words=words, span=(0, len(words)), how=how)
    return Asked(clause=condition, tree=_root(condition.quote, words, told), parts=(part,))


def _ordered(condition: Condition) -> list[str]:
    asked = gate_requirements(condition)
    return [step for step in _STEP_TESTS if step in asked]


# --- Whom a clause concerns -------------------------------------------------------------------------------------------

_SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    ("household", re.compile(r"\bho gia dinh\b|\bgia dinh\b|^ho\b|\bho (?:nong dan|hoi vien|duoc|dat)\b")),
    (
        "individual",
        re.compile(
            r"\bca nhan\b|\bdang vien\b|\b(?:can bo|cong chuc|vien chuc|nguoi|cong nhan|giang vien|sinh vien|hoc"
            r" sinh|giao vien"
            r"|doan vien|hoi vien|thanh vien|nhan vien|doanh nhan|quan chung|chien si)\b"
        ),
    ),
    (
        "collective",
        re.compile(
            r"\btap the\b|\b(?:don vi|co quan|to chuc|dia phuong|xa|phuong|thon|to dan pho|doanh nghiep|so|ban|nganh"
            r"|phong|khoa"
            r"|truong|chi hoi|dang bo|cong doan|lop|phan xuong|bo|tinh|uy ban|ap)\b"
        ),
    ),
)
_INCLUDES = {
    "departments": {"departments", "offices"}, "offices": {"offices", "departments"}, "all": set(),
}  # fmt: skip


def subjects_of(whom: str) -> frozenset[Subject]:
    """The kinds of nominee that words name; none where they name an award or nobody."""
    said = search_key(whom)
    found = [(kind, match.start()) for kind, pattern in _SUBJECTS for match in [pattern.search(said)] if match]
    if re.match(r"(?:bang khen|giay khen|co thi dua|huan chuong|danh hieu|ky niem chuong)", said):
        found = [(kind, at) for kind, at in found if kind in ("individual", "household") or "tap the" in said]
    kinds = {kind for kind, _ in found}
    if "tap the" not in said and kinds & {"individual", "household"}:
        # "Cán bộ công đoàn", "hộ gia đình của xã": the first noun says who, the rest where.
        kinds = {min(found, key=lambda item: item[1])[0], *(kinds & {"individual", "household"})}
    return frozenset(kinds)


_OF_MEMBERS = re.compile(r"(?:danh gia|xep loai|cong nhan)[^,;.]*\bdang vien\b")


class Own(NamedTuple):
    """What a nominee's unit is to a plan: kinds that it is of, none where not known; `named` in one of its clauses."""

    groups: frozenset[str]
    named: frozenset[str] = frozenset()


def named_in(clauses: Iterable[Asked]) -> frozenset[str]:
    """Search keys of the Party organisations that clauses name."""
    return frozenset(name for one in clauses for name in bodies_in(one.whom).names)


def own_of(named: frozenset[str], group: str | None, names: Sequence[str]) -> Own:
    """`named` are those that the clauses name; `group` is the unit's kind, `names` its own name and those of the units
    above it.

    A Party organisation whose body is not known is asked what all are; one that a clause names is asked that clause,
    and none for others.
    """
    found = named.intersection(map(search_key, names)) if named else named
    groups = own_groups(group, names)
    return Own(groups if found or groups != {"party"} else frozenset(), found)


def concerns(
    asked: Asked, subject: Subject, group: str | None = None, *, own: Own | None = None, told_apart: bool = False
) -> bool:
    """Whether a clause may be asked of a nominee of this kind, in a unit of this group (see `thidua.plans.parties`).

    Where it cannot be told, it is asked. `own` says more of the unit. `told_apart`: other clauses of the award name
    this kind of nominee, so that one which names only units does not mean it.
    """
    kinds = _subjects(asked)
    if kinds and subject not in kinds and (told_apart or kinds != {"collective"}):
        return False
    unit = own or Own(frozenset([group] if group else []))
    bodies = bodies_in(asked.whom)
    if bodies.is_open or not (bodies.groups or bodies.names) or bodies.names & unit.named:
        return True
    return not unit.groups or any(bodies.groups & (_INCLUDES.get(one) or {one}) for one in unit.groups)


def _subjects(asked: Asked) -> frozenset[Subject]:
    """Where nobody is named, who is rated as a member of the Party is a person."""
    kinds = subjects_of(asked.whom)
    of_members = not kinds and _OF_MEMBERS.search(search_key(asked.clause.text)) is not None
    return frozenset({"individual"}) if of_members else kinds


def read_offer(offer: Offer, conditions: Iterable[Condition] = (), source: Source = UNNAMED) -> tuple[Asked, ...]:
    """All clauses that decide about an award, then the plan's conditions."""
    clauses = [read_criterion(clause, source) for clause in offer.criteria]
    return (*clauses, *(read_condition(condition, source) for condition in conditions))


def criteria_for(
    offer: Offer,
    subject: Subject,
    group: str | None = None,
    *,
    conditions: Iterable[Condition] = (),
    source: Source = UNNAMED,
) -> tuple[Criterion, ...]:
    """What an award of a plan asks of one nominee: for `thidua.rules.offers.Offer.criteria`.

    `group` is the kind of the nominee's unit as `thidua.plans.parties` names it ("communes", "enterprises", ...).
    """
    return asked_of(read_offer(offer, conditions, source), subject, Own(frozenset([group] if group else [])))


def asked_of(clauses: Sequence[Asked], subject: Subject, own: Own | None = None) -> tuple[Criterion, ...]:
    """Of clauses that were read, those that one nominee is asked; `own` is its unit, None for nobody in particular."""
    told_apart = any(subject in _subjects(asked) for asked in clauses)
    kept = [asked for asked in clauses if concerns(asked, subject, own=own, told_apart=told_apart)]
    return tuple(dict.fromkeys(asked.tree for asked in kept if asked.tree is not None))
