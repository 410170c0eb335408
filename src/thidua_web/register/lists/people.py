"""Lists of people: who each row is, and what becomes of the person, the post and the sensitive data."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from thidua.findings import Finding, not_met, unknown
from thidua.register.matching import MatchOutcome, PeopleIndex, PersonFacts
from thidua.register.matching.person_names import Name
from thidua.register.sheets import Row
from thidua.vietnamese.folding import search_key
from thidua_web.register.lists.changes import Change, Json, Staged, outcome_of, plain, reference, update
from thidua_web.register.lists.places import not_in_force
from thidua_web.register.lists.planner import Plan, Planner, Said, candidates_of, day, why
from thidua_web.register.models import Appointment, ListKind, Person, RowOutcome
from thidua_web.register.queries import known
from thidua_web.register.queries.known import KnownPerson
from thidua_web.register.sealing import digest

ONE_DAY = datetime.timedelta(days=1)


class _First(NamedTuple):
    """The first row of somebody: a few words of it, since a hundred thousand are kept. `target` None: new, or open."""

    number: int
    faulty: bool
    target: int | None


class PeoplePlanner(Planner):
    """A person's first row of a sheet is the main post; further rows with the same code or ID number add posts.

    A person whom the sheet has once and in another post than the register has moved: the main post of before ends.
    """

    kind = ListKind.PEOPLE
    label_of = ("full_name", "code")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._index: PeopleIndex | None = None
        self._elsewhere: set[int] = set()
        self._first: dict[int, _First] = {}
        self._numbered: dict[int, tuple[str, int]] = {}

    def stage(self, rows: Sequence[Row]) -> list[Staged]:
        said = [(row, *self.split(row)) for row in rows]
        self._look_elsewhere([(values, secret) for _, values, secret in said])
        staged = [self._meet(row, values, secret) for row, values, secret in said]
        about = self._known(one.target for one in staged)
        for one in staged:
            if one.outcome == RowOutcome.SAME:
                one.changes = self._changes(one.number, one.values, one.secret, about.get(one.target or 0))
                one.outcome = outcome_of(one.changes, new=one.target is None)
        return staged

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        about = self._known(row.target for row in rows)
        return [
            not_met("write.changed_since")
            if row.target is not None and row.target not in about
            else self._changes(row.number, row.values, row.secret, about.get(row.target or 0))
            for row in rows
        ]

    def _known(self, ids: Any) -> dict[int, KnownPerson]:
        return known.known_people({pk for pk in ids if pk is not None}, secrets=self.run.sensitive)

    # ------------------------------------------------------------------------------------------------- who it is

    def _look_elsewhere(self, said: Sequence[tuple[Json, dict[str, str]]]) -> None:
        """Codes and ID numbers are looked up in the whole register, names within reach alone."""
        if self._index is None:
            self._index = PeopleIndex(known.people_within(self.run.unit, identities=self.run.sensitive))
        codes = {values["code"] for values, _ in said if "code" in values}
        digests = {digest(secret["id_number"]) for _, secret in said if secret.get("id_number")}
        for facts in known.people_elsewhere(self.run.unit, codes=codes, digests=digests):
            if facts.key not in self._elsewhere:
                self._elsewhere.add(facts.key)
                self._index.add(facts)
        self._numbered = known.people_numbered(numbers(values for values, _ in said))

    def _meet(self, row: Row, values: Json, secret: dict[str, str]) -> Staged:
        """The row with its place and its person. Its outcome is SAME until its changes are known."""
        findings = [*row.findings, *self._place(row.number, values)]
        keys = _keys(values, secret)
        first = next((found for key in keys if (found := self._first.get(hash(key)))), None)
        if first is not None:
            staged = self._follow(row.number, values, secret, findings, first)
        else:
            staged = self._identify(row.number, values, secret, findings)
        if first is None and keys:
            settled = staged.outcome != RowOutcome.DOUBT
            first = _First(row.number, staged.outcome == RowOutcome.FAULT, staged.target if settled else None)
        for key in keys:
            self._first.setdefault(hash(key), first)  # type: ignore[arg-type]
        return staged

    def _place(self, number: int, values: Json) -> Iterator[Finding]:
        key = "unit_code" if "unit_code" in values else "unit_name"
        place, fault = self.places.find(values)
        if place is not None:
            values["unit"] = place.id
            fault = fault or not_in_force(place, *self._days(values))
        if fault is not None:
            yield self.at(number, key, fault)

    def _days(self, values: Json) -> tuple[datetime.date, datetime.date]:
        first = day(values.get("post_from")) or self.today
        last = day(values.get("post_to")) or first
        return (first, last) if "post_to" in values else (max(first, self.today), max(first, self.today))

    def _follow(
        self, number: int, values: Json, secret: dict[str, str], findings: list[Finding], first: _First
    ) -> Staged:
        """One more post of somebody whom the sheet has already."""
        values["first"] = first.number
        if first.faulty:
            findings.append(self.at(number, "full_name", not_met("place.first_row", first=str(first.number))))
        return self.staged(number, values, secret, findings, target=first.target)

    def _identify(self, number: int, values: Json, secret: dict[str, str], findings: list[Finding]) -> Staged:
        exported = numbered(values, self._numbered)
        if exported is not None and self.places.within(self._numbered[exported][1]):
            return self.staged(number, values, secret, findings, target=exported)
        match = self._index.match(self._facts(number, values, secret))  # type: ignore[union-attr]
        inside = [one for one in match.candidates if one.key not in self._elsewhere]
        exact = [one.key for one in match.candidates if one.exact]
        if len(exact) == 1 and match.outcome is MatchOutcome.EXACT:
            if exact[0] in self._elsewhere:
                key = "code" if "code" in values else "full_name"
                findings.append(self.at(number, key, not_met("place.person_elsewhere")))
            return self.staged(number, values, secret, findings, target=exact[0])
        if len(exact) > 1 and "code" in values and secret.get("id_number"):
            findings.append(self.at(number, "code", not_met("place.code_and_identity", code=values["code"])))
        if not inside:
            return self.staged(number, values, secret, findings)
        candidates = candidates_of(match, {one.key for one in inside})
        code = "doubt.several_people" if len(exact) > 1 else "doubt.person"
        findings.insert(0, self.at(number, "full_name", unknown(code)))
        doubt = code if len(exact) > 1 else why(candidates[0]) or code
        return self.staged(number, values, secret, findings, candidates=candidates, doubt=doubt)

    def _facts(self, number: int, values: Json, secret: dict[str, str]) -> PersonFacts:
        return PersonFacts(
            key=number,
            name=values.get("full_name", ""),
            birth=_birth(values),
            code=values.get("code", ""),
            id_digest=digest(secret.get("id_number", "")),
            units=(values["unit"],) if "unit" in values else (),
        )

    # ----------------------------------------------------------------------------------------- what becomes of it

    def _changes(self, number: int, values: Json, secret: dict[str, str], who: KnownPerson | None) -> list[Change]:
        if who is None and "first" in values:
            return [Change(model="appointment", now=self._post(values, reference(values["first"])))]
        if who is None:
            return self._new(number, values, secret)
        post, main = self._posts(values, who)
        person = update("person", who.person, self._person(values, who) | main) if "first" not in values else None
        return [change for change in (person, *post, self._secret(who, secret)) if change is not None]

    def _new(self, number: int, values: Json, secret: dict[str, str]) -> list[Change]:
        born = values.get("birth")
        person = {
            "full_name": values["full_name"],
            "code": values.get("code", ""),
            "sex": values.get("sex", ""),
            "unit_id": values["unit"],
            "position": values.get("position", ""),
            "birth_date": born if isinstance(born, str) else None,
            "birth_year": born if isinstance(born, int) else int(born[:4]) if born else None,
        }
        changes = [
            Change(model="person", now=person),
            Change(model="appointment", now=self._post(values, reference(number))),
        ]
        if secret:
            changes.append(
                Change(model="sensitive", now={"person_id": reference(number)}, secret=tuple(sorted(secret)))
            )
        return changes

    def _post(self, values: Json, person: Any) -> Json:
        return {
            "person_id": person,
            "unit_id": values["unit"],
            "position": values.get("position", ""),
            "is_head": bool(values.get("is_head")),
            "valid_from": values.get("post_from") or self._default_from(values),
            "valid_to": values.get("post_to"),
        }

    def _default_from(self, values: Json) -> str:
        """The day of the list, but not after the last day of the post nor before the unit's first."""
        last = day(values.get("post_to"))
        return plain(min(last, self.today) if last else self.today)

    def _person(self, values: Json, who: KnownPerson) -> Json:
        """What the row says of the person; empty cells say nothing, and a year says less than a day."""
        said = {key: values[key] for key in ("full_name", "code", "sex") if key in values}
        if _says_less(values["full_name"], who.person.full_name):
            del said["full_name"]
        born = values.get("birth")
        if isinstance(born, str):
            said |= {"birth_date": born, "birth_year": int(born[:4])}
        elif isinstance(born, int) and (who.person.birth_year != born):
            said |= {"birth_date": None, "birth_year": born}
        return said

    def _posts(self, values: Json, who: KnownPerson) -> tuple[list[Change | None], Json]:
        """The post's own change, and what it makes of the person's main post."""
        over = day(values.get("post_to")) is not None and day(values["post_to"]) < self.today  # type: ignore[operator]
        main = {"unit_id": values["unit"]} | ({"position": values["position"]} if "position" in values else {})
        same = next((post for post in who.posts if self._is_same(values, post, over=over)), None)
        if same is not None:
            said = {"is_head": values.get("is_head"), "position": values.get("position")}
            said |= {"valid_from": values.get("post_from"), "valid_to": values.get("post_to")}
            change = update("appointment", same, {key: value for key, value in said.items() if value is not None})
            return [change], {} if over or "first" in values else main
        if not who.posts and self._is_held(values, who.person) and "post_from" not in values:
            return [], {}
        new = Change(model="appointment", now=self._post(values, who.person.pk))
        if over or "first" in values:
            return [new], {}
        begins = day(new.now["valid_from"])
        latest = max((post.valid_from for post in who.posts), default=None)
        if latest is not None and begins is not None and begins < latest:
            return [new], {}
        if begins is not None and begins > self.today:
            # Written ahead: the person is listed under it from its day on (actions.appointments.begin_main_posts).
            new.now["becomes_main"] = True
            main = {}
        return [self._ending(values, who, begins), new], main

    def _is_same(self, values: Json, post: Appointment, *, over: bool) -> bool:
        if post.unit_id != values["unit"]:
            return False
        if "position" in values and search_key(post.position) != search_key(values["position"]):
            return False
        if over:
            return "post_from" not in values or plain(post.valid_from) == values["post_from"]
        return post.valid_to is None or post.valid_to >= self.today

    def _is_held(self, values: Json, person: Person) -> bool:
        if person.unit_id != values["unit"]:
            return False
        return "position" not in values or search_key(person.position) == search_key(values["position"])

    def _ending(self, values: Json, who: KnownPerson, begins: datetime.date | None) -> Change | None:
        """The main post of before ends the day before; not where the sheet has several posts of this person."""
        if begins is None or not self.again.isdisjoint(_keys(values, {})):
            return None
        person = who.person
        held = [post for post in who.posts if post.unit_id == person.unit_id and post.position == person.position]
        running = next((post for post in held if post.valid_to is None), None)
        if running is None:
            return None
        return update("appointment", running, {"valid_to": max(running.valid_from, begins - ONE_DAY)})

    def _secret(self, who: KnownPerson, secret: dict[str, str]) -> Change | None:
        differing = tuple(sorted(key for key, value in secret.items() if who.secret.get(key, "") != value))
        if not differing:
            return None
        person = who.person.pk
        return Change(model="sensitive", id=person if who.sealed else None, now={"person_id": person}, secret=differing)

    # ------------------------------------------------------------------------------------------- while it waited

    def twice(self, rows: Sequence[tuple[int, Sequence[Change]]]) -> Collection[int]:
        """A new person whom others have added since: the same code here, or the same name, birth and unit."""
        firsts = [(number, changes[0]) for number, changes in rows if changes]
        new = {number: first.now for number, first in firsts if first.model == "person" and first.makes}
        codes = {now["code"] for now in new.values() if now.get("code")}
        names = {now["full_name"] for now in new.values()}
        there = self.since("person").filter(Q(code__in=codes - {""}) | Q(full_name__in=names), merged_into__isnull=True)
        coded: set[tuple[str, int]] = set()
        named: set[tuple[object, ...]] = set()
        for name, code, unit, date, year in there.values_list(
            "full_name", "code", "unit_id", "birth_date", "birth_year"
        ):
            coded.add((code, unit))
            named.add((name, unit, plain(date), year))
        return {
            number
            for number, now in new.items()
            if (now["code"] and (now["code"], now["unit_id"]) in coded)
            or (now["full_name"], now["unit_id"], now["birth_date"], now["birth_year"]) in named
        }


def _keys(values: Json, secret: dict[str, str]) -> list[str]:
    """By which two rows are one person."""
    keys = [f"{name}:{values[name]}".casefold() for name in ("code", "register_number") if values.get(name)]
    return keys + ([f"identity:{digest(secret['id_number'])}"] if secret.get("id_number") else [])


def _says_less(name: str, known_name: str) -> bool:
    """The same name with its tones elsewhere ("Hoà"), or without its marks: no reason to change it."""
    one, other = Name.of(name), Name.of(known_name)
    return one.exact == other.exact or (one.folded == other.folded and name.isascii())


def _birth(values: Json) -> datetime.date | int | None:
    born = values.get("birth")
    return day(born) if isinstance(born, str) else born


def numbers(rows: Iterable[Json]) -> set[int]:
    """The register's own numbers in rows that come from an export."""
    return {int(said) for values in rows if (said := str(values.get("register_number", ""))).isdecimal()}


def numbered(values: Json, known_names: Mapping[int, tuple[str, int]]) -> int | None:
    """Who a row means by the register's number; the number alone, over another name, proves nothing."""
    said = str(values.get("register_number", ""))
    name, _ = known_names.get(int(said), ("", 0)) if said.isdecimal() else ("", 0)
    return int(said) if name and search_key(name) == search_key(values.get("full_name", "")) else None
