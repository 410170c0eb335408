"""Carries out the changes of rows, a batch in a transaction, and takes them back. Knows objects, not lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Model
from msgspec import Struct, field

from thidua_web.register.actions.units import place
from thidua_web.register.lists.changes import MODELS, Change, Json, plain, refers_to
from thidua_web.register.models import Household, Person, SensitiveData, Unit
from thidua_web.register.sealing import digest, seal, unseal

DERIVED = {
    "person": ("sort_text", "folded", "birth_year"),
    "unit": ("sort_text", "folded"),
    "household": ("sort_text", "folded"),
}
KEYED = Person | Unit | Household
Objects = dict[tuple[str, int], Model]


class Job(Struct):
    """The changes of one row; `refused` says why nothing of it was done."""

    number: int
    changes: list[Change]
    target: int | None = None
    secret: dict[str, str] = field(default_factory=dict)
    refused: str = ""


# ------------------------------------------------------------------------------------------------- doing


def carry_out(jobs: Sequence[Job], known: Mapping[int, int]) -> None:
    """Do what each row says, or mark it refused. `known`: what earlier rows are about, by number."""
    objects = _load(jobs)
    _refuse_stale(jobs, objects)
    _refuse_lost(jobs, known)
    targets = {**known, **{job.number: job.target for job in jobs if job.target is not None and not job.refused}}
    _make(_in_rounds(jobs, targets), targets)
    done = [job for job in jobs if not job.refused]
    _update(done, objects)
    _seal(done)


def _load(jobs: Iterable[Job]) -> Objects:
    """Everything that is changed, and not made."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for job in jobs:
        for change in job.changes:
            if change.id is not None:
                wanted[change.model].add(change.id)
    return {
        (model, obj.pk): obj
        for model, ids in wanted.items()
        for obj in MODELS[model]._default_manager.filter(pk__in=ids)
    }


def _refuse_stale(jobs: Iterable[Job], objects: Objects) -> None:
    for job in jobs:
        for change in job.changes:
            if change.id is None or job.refused:
                continue
            obj = objects.get((change.model, change.id))
            merged = isinstance(obj, Person) and obj.merged_into_id is not None
            if obj is None or merged or not holds(obj, change.was):
                job.refused = "write.changed_since"


def holds(obj: Model, values: Json) -> bool:
    return all(plain(getattr(obj, name)) == value for name, value in values.items())


def _refuse_lost(jobs: Iterable[Job], known: Mapping[int, int]) -> None:
    """Rows that refer to units or people who are gone, or to a row that was left behind."""
    numbers = {job.number for job in jobs}
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for job in jobs:
        for related, value in _references(job):
            row = refers_to(value)
            if row is None:
                wanted[related].add(value)
            elif row not in numbers and row not in known:
                job.refused = job.refused or "place.first_row"
    there = {related: set(_living(related, ids)) for related, ids in wanted.items()}
    for job in jobs:
        lost = (refers_to(value) is None and value not in there[related] for related, value in _references(job))
        if not job.refused and any(lost):
            job.refused = "write.changed_since"


def _living(related: type[Model], ids: Collection[int]) -> Iterable[int]:
    rows = related._default_manager.filter(pk__in=ids)
    return (rows.filter(merged_into__isnull=True) if related is Person else rows).values_list("pk", flat=True)


def _references(job: Job) -> Iterable[tuple[type[Model], Any]]:
    for change in job.changes:
        for name, value in change.now.items():
            related = _related(change.model, name)
            if related is not None and value is not None:
                yield related, value


_RELATED: dict[tuple[str, str], type[Model] | None] = {}


def _related(model: str, name: str) -> type[Model] | None:
    """What a field refers to; None for plain values."""
    if (model, name) not in _RELATED:
        found = MODELS[model]._meta.get_field(name.removesuffix("_id")) if name.endswith("_id") else None
        _RELATED[model, name] = found.related_model if found is not None and found.is_relation else None
    return _RELATED[model, name]


def _in_rounds(jobs: Iterable[Job], targets: dict[int, int]) -> Iterable[list[Job]]:
    """First what refers to nothing unmade, then what refers to that; what never gets its turn is refused."""
    waiting = [job for job in jobs if not job.refused]
    while waiting:
        ready = [job for job in waiting if all(number in targets for number in _needs(job))]
        if not ready:
            for job in waiting:
                job.refused = "place.first_row"
            return
        yield ready
        begun = {job.number for job in ready}
        waiting = [job for job in waiting if job.number not in begun]


def _needs(job: Job) -> Iterable[int]:
    """Rows whose objects this one's refer to, itself left aside."""
    for _, value in _references(job):
        number = refers_to(value)
        if number is not None and number != job.number:
            yield number


def _make(rounds: Iterable[list[Job]], targets: dict[int, int]) -> None:
    for ready in rounds:
        for model in MODELS:
            if model != "sensitive":
                _make_all(model, ready, targets)
        for job in ready:
            if job.target is not None:
                targets[job.number] = job.target


def _make_all(model: str, jobs: Iterable[Job], targets: dict[int, int]) -> None:
    """Everything of one model, in one statement."""
    making = [(job, change) for job in jobs for change in job.changes if change.makes and change.model == model]
    objects = []
    for _, change in making:
        change.now = {name: _resolved(value, targets) for name, value in change.now.items()}
        objects.append(_object(model, change.now))
    for obj, (job, change) in zip(_create(model, objects), making, strict=True):
        change.id, change.made = obj.pk, True
        if job.target is None and change is job.changes[0]:
            job.target = targets[job.number] = obj.pk


def _resolved(value: Any, targets: Mapping[int, int]) -> Any:
    number = refers_to(value)
    return targets[number] if number is not None else value


def _object(model: str, values: Json) -> Model:
    """Days are read once, here; the rest is as JSON has it."""
    obj = MODELS[model](**{name: _typed(model, name, value) for name, value in values.items()})
    if isinstance(obj, KEYED):
        obj.fill_keys()
    return obj


_DAYS: dict[tuple[str, str], bool] = {}


def _typed(model: str, name: str, value: Any) -> Any:
    if (model, name) not in _DAYS:
        _DAYS[model, name] = isinstance(MODELS[model]._meta.get_field(name), models.DateField)
    return MODELS[model]._meta.get_field(name).to_python(value) if value and _DAYS[model, name] else value


def _create(model: str, objects: list[Model]) -> list[Model]:
    made = MODELS[model]._default_manager.bulk_create(objects, batch_size=1000) if objects else []
    if model == "unit" and made:
        above = dict(Unit.objects.filter(pk__in={unit.parent_id for unit in made}).values_list("pk", "path"))
        for unit in made:
            unit.path = f"{above.get(unit.parent_id, '/')}{unit.pk}/"
        Unit.objects.bulk_update(made, ["path"], batch_size=500)
    return made


def _update(jobs: Sequence[Job], objects: Objects) -> None:
    """Set what changes; objects are saved together by the fields that change."""
    changed: dict[tuple[str, tuple[str, ...]], list[Model]] = defaultdict(list)
    moved = []
    for job in jobs:
        for change in job.changes:
            if change.made or change.model == "sensitive" or change.id is None:
                continue
            obj = objects[change.model, change.id]
            _set(obj, change.model, change.now)
            changed[change.model, tuple(sorted(change.now))].append(obj)
            moved += [obj] if change.model == "unit" and "parent_id" in change.now else []
    _save(changed)
    _place(moved)


def _set(obj: Model, model: str, values: Json) -> None:
    for name, value in values.items():
        setattr(obj, name, _typed(model, name, value))
    if isinstance(obj, KEYED):
        obj.fill_keys()


def _save(changed: Mapping[tuple[str, tuple[str, ...]], list[Model]]) -> None:
    for (model, names), objects in changed.items():
        fields = {name.removesuffix("_id") for name in names} | set(DERIVED.get(model, ()))
        fields |= {"folded", "sort_text"} if model == "period" else {"folded"} if model == "code" else set()
        unique = {obj.pk: obj for obj in objects}
        MODELS[model]._default_manager.bulk_update(unique.values(), sorted(fields), batch_size=500)


def _place(units: Iterable[Model]) -> None:
    """Units that stand elsewhere now take all below them along."""
    for unit in units:
        place(Unit.objects.select_related("parent").get(pk=unit.pk))


def _seal(jobs: Iterable[Job]) -> None:
    """Put the sensitive values of each row over what is there; what was there goes along, still sealed."""
    setting = [(job, change) for job in jobs for change in job.changes if change.model == "sensitive"]
    people = [
        change.now["person_id"] if refers_to(change.now["person_id"]) is None else job.target for job, change in setting
    ]
    there = SensitiveData.objects.in_bulk([pk for pk in people if pk is not None])
    new, changed = [], []
    for (job, change), person in zip(setting, people, strict=True):
        before = there.get(person)
        data = {**(unseal(before.sealed, owner=f"person:{person}") if before else {})}
        data |= {key: job.secret.get(key, "") for key in change.secret}
        row = before or SensitiveData(person_id=person)
        change.was = {"sealed": row.sealed, "id_digest": row.id_digest} if before else {}
        row.sealed, row.id_digest = seal(data, owner=f"person:{person}"), digest(data.get("id_number", ""))
        change.id, change.made = person, before is None
        change.now = {"person_id": person, "sealed": row.sealed, "id_digest": row.id_digest}
        (changed if before else new).append(row)
    SensitiveData.objects.bulk_create(new, batch_size=1000)
    SensitiveData.objects.bulk_update(changed, ["sealed", "id_digest"], batch_size=500)


# --------------------------------------------------------------------------------------------- taking back


def take_back(jobs: Sequence[Job]) -> None:
    """Undo what each row did, or mark it refused where somebody has changed or used it since."""
    objects = _load(jobs)
    for job in jobs:
        if not all(_is_as_made(change, objects) for change in job.changes):
            job.refused = "undo.changed_since"
    _refuse_used(jobs)
    undoing = [job for job in jobs if not job.refused]
    _restore(undoing, objects)
    _delete(undoing)


def _is_as_made(change: Change, objects: Objects) -> bool:
    obj = objects.get((change.model, change.id or 0))
    if obj is None or (isinstance(obj, Person) and obj.merged_into_id is not None):
        return False
    if change.made or change.model == "sensitive":
        return holds(obj, change.now)
    return all(plain(getattr(obj, name)) == value for name, value in change.now.items())


def _refuse_used(jobs: Sequence[Job]) -> None:
    """What others refer to by now stays; repeated, because a row that stays may use what another row made."""
    while True:
        made: dict[str, dict[int, Job]] = defaultdict(dict)
        for job in jobs:
            for change in job.changes if not job.refused else ():
                if change.made and change.id is not None:
                    made[change.model][change.id] = job
        used = [ids[pk] for model, ids in made.items() for pk in _used(model, ids, made)]
        if not used:
            return
        for job in used:
            job.refused = "undo.in_use"


def _used(model: str, ids: Mapping[int, Job], made: Mapping[str, Mapping[int, Job]]) -> set[int]:
    found: set[int] = set()
    for relation in MODELS[model]._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        name = relation.field.attname  # type: ignore[union-attr]
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": list(ids)})  # type: ignore[union-attr]
        own = next((key for key, known in MODELS.items() if known is relation.related_model), "")
        for pk, used in rows.values_list("pk", name):
            if pk not in made.get(own, {}):
                found.add(used)
    return found


def _restore(jobs: Iterable[Job], objects: Objects) -> None:
    changed: dict[tuple[str, tuple[str, ...]], list[Model]] = defaultdict(list)
    moved = []
    for job in jobs:
        for change in reversed(job.changes):
            if change.made or change.id is None:
                continue
            obj = objects[change.model, change.id]
            _set(obj, change.model, change.was)
            changed[change.model, tuple(sorted(change.was))].append(obj)
            moved += [obj] if change.model == "unit" and "parent_id" in change.was else []
    _save(changed)
    _place(moved)


def _delete(jobs: Iterable[Job]) -> None:
    gone: dict[str, list[int]] = defaultdict(list)
    for job in jobs:
        for change in job.changes:
            if change.made and change.id is not None:
                gone[change.model].append(change.id)
    for model in reversed(MODELS):
        if gone[model]:
            _remove(MODELS[model], gone[model])


def _remove(model: type[Model], ids: Sequence[int]) -> None:
    """Of units the lowest first."""
    rows = model._default_manager.filter(pk__in=ids)
    if model is Unit:
        for pk, _ in sorted(rows.values_list("pk", "path"), key=lambda row: -row[1].count("/")):
            Unit.objects.filter(pk=pk).delete()
    else:
        rows.delete()
