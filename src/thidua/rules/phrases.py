"""Each predicate's parameters, with what was counted, as the words of its sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from thidua.explain import catalogue
from thidua.findings import Outcome
from thidua.law.awards import awards
from thidua.rules.assessing import Result
from thidua.rules.facts import LEVELS, AnswerFact, MeasureFact, RatingFact, Record, SpellFact
from thidua.rules.offers import Offer
from thidua.rules.predicates import Predicate, predicate
from thidua.rules.tally import Tally
from thidua.rules.words import Words, capital, short


class Said(Struct, frozen=True):
    """A test that was judged, with what its words need."""

    result: Result
    offer: Offer
    words: Words

    @property
    def params(self) -> Mapping[str, Any]:
        return self.result.finding.params if self.result.finding else {}

    @property
    def tally(self) -> Tally:
        return self.result.tally or Tally(sure=0, possible=0)

    @property
    def asked(self) -> Predicate:
        if self.result.criterion.test is None:
            raise ValueError("only a test has a sentence of its own")
        return predicate(self.result.criterion.test)

    @property
    def lack(self) -> int:
        return max(1, self.asked.need - self.tally.sure)


def text_of(result: Result) -> str:
    """The clause in brief, or a plan's own words."""
    return result.criterion.text or result.criterion.quote


# --- Ratings --------------------------------------------------------------------------------------------------------


def _rated(said: Said) -> dict[str, Any]:
    words, params = said.words, said.params
    level = words.level_bound(params["level"], params["track"])
    also = words.say("or_awards", awards=words.awards(params["or_awards"])) if params["or_awards"] else ""
    fits = [_year(row) for row in counted_rows(said)]
    each = not params["after"] and params["need"] == params["last"] - params["first"] + 1
    span = words.say("since_award", after=words.awards(params["after"])) if params["after"] else ""
    span = span or words.span(params["first"], params["last"])
    parts = {"level": level, "or_awards": also, "span": span}
    need, have = words.number(params["need"]), words.number(_have(said))
    missing = [year for year in said.tally.missing if isinstance(year, int)]
    lacking = sorted({*missing, *(_year(row) for row in said.tally.used if not _fits(row, params))})
    asked = words.say(("every_year" if params["need"] > 1 else "each_year"), **parts)
    wanted = words.say("each_year", **(parts | {"span": words.year(*lacking)})) if lacking else asked
    if not each:
        asked = words.say("years_of", need=need, **parts)
        within = words.span(params["first"], params["last"])
        wanted = words.say("more_years_of", lack=words.number(said.lack), **(parts | {"span": within}))
    shown = words.year(*fits) if each else words.say("years_shown", have=have, years=", ".join(map(str, fits)))
    return {
        "shown": capital(shown), "level": level, "or_awards": also, "asked": asked, "wanted": wanted,
        "failing": _failing(said) if each else _few(said, fits, parts), "missing": words.year(*missing),
    }  # fmt: skip


def counted_rows(said: Said) -> list[Record]:
    """The records that count. With `after` and enough in the sure years only those; else all since the award."""
    rows = [row for row in said.tally.used if _fits(row, said.params)]
    if not said.params.get("after") or said.result.outcome is not Outcome.MET:
        return rows
    return [row for row in rows if _year(row) > said.offer.year - _least_years(said)]


def _have(said: Said) -> int:
    """How many there are. Since an award: with those that are only possible, as long as they are too few."""
    possible = said.params.get("after") and said.result.outcome is not Outcome.MET
    return len(counted_rows(said)) if possible else said.tally.sure


def _least_years(said: Said) -> int:
    return getattr(said.asked, "years", None) or 0


def _year(row: Record) -> int:
    return int(getattr(row, "year", 0))


def _fits(row: Record, params: Mapping[str, Any]) -> bool:
    return not isinstance(row, RatingFact) or LEVELS.index(row.level) >= LEVELS.index(params["level"])


def _failing(said: Said) -> str:
    rows = [row for row in said.tally.used if not _fits(row, said.params)]
    return capital(said.words.facts(rows))


def _few(said: Said, fits: list[int], parts: dict[str, str]) -> str:
    years = f" ({', '.join(map(str, fits))})" if fits else ""
    have = said.words.number(_have(said))
    return said.words.say("few_years", have=have, level=parts["level"], or_awards=parts["or_awards"], years=years)


# --- Honours and works ----------------------------------------------------------------------------------------------


def _counted(said: Said, none: str = "never_so_far", some: str = "so_far") -> dict[str, Any]:
    words, sure = said.words, _have(said)
    have = {"have": words.number(sure)} if some == "works_so_far" else {"times": words.times(sure)}
    so_far = words.say(some, **have) if sure else words.say(none)
    given = [_year(row) for row in counted_rows(said)]
    years = ", ".join(map(str, given))
    return {
        "have": words.number(sure), "need": words.number(said.asked.need), "lack": words.number(said.lack),
        "times": words.times(sure), "needed": words.times(said.asked.need), "lacking": words.times(said.lack),
        "so_far": so_far,
        "years": words.year(*given),
        "years_in_brackets": f" ({years})" if years else "",
    }  # fmt: skip


def _span(said: Said) -> str:
    """With a space before it; nothing where every year up to the offer's counts."""
    words, params = said.words, said.params
    if params["after"]:
        return " " + words.say("since_award", after=words.awards(params["after"]))
    if params["first"] is None:
        return " " + words.say("at_the_latest", last=str(params["last"])) if params["last"] < said.offer.year else ""
    return " " + words.span(params["first"], params["last"])


def _within(said: Said) -> str:
    """As `_span`, but since an award only the years that are sure: what would be enough."""
    if not said.params["after"]:
        return _span(said)
    return " " + said.words.span(said.offer.year - _least_years(said) + 1, said.params["last"])


def honoured(said: Said) -> dict[str, Any]:
    kinds = said.params["merits"]
    merits = said.words.either(said.words.name("merit", kind) for kind in kinds) if kinds else ""
    awards = said.words.awards(said.params["awards"])
    return _counted(said) | {"awards": awards, "span": _span(said), "within": _within(said), "merits": merits}


def _in_a_row(said: Said) -> dict[str, Any]:
    missing = [year for year in said.tally.missing if isinstance(year, int)]
    last = str(said.offer.year)
    awards = said.words.awards(said.params["awards"])
    counted = _counted(said)
    if counted["years_in_brackets"] and not _have(said):
        years = ", ".join(str(_year(row)) for row in counted_rows(said))
        counted["years_in_brackets"] = said.words.say("given_apart", years=years)
    return counted | {"awards": awards, "last": last, "missing": said.words.year(*missing)}


def _not_awarded(said: Said) -> dict[str, Any]:
    return {
        "honours": said.words.facts(said.tally.used),
        "span": said.words.year(said.offer.year),
    }


def _works(said: Said) -> dict[str, Any]:
    words, params = said.words, said.params
    return _counted(said, "no_works_so_far", "works_so_far") | {
        "kinds": words.either(words.name("work_kind", kind) for kind in params["kinds"]),
        "scope": words.name("scope", params["scope"]),
        "span": _span(said),
        "within": _within(said),
        "unused": "" if params["used_too"] else words.say("unused"),
    }


# --- What lasts -----------------------------------------------------------------------------------------------------


def _spells(said: Said) -> str:
    return capital("; ".join(said.words.fact(row) for row in said.tally.used if isinstance(row, SpellFact)))


def _disciplined(said: Said) -> dict[str, Any]:
    form = said.words.form_bound(said.params["form"])
    return {"form": form, "first": str(said.params["first"]), "spells": _spells(said)}


def _review(said: Said) -> dict[str, Any]:
    spells = _spells(said)
    return {"spells": spells[:1].lower() + spells[1:]}


def _lasted(said: Said) -> dict[str, Any]:
    unbroken = said.words.say("unbroken") if said.params.get("unbroken") else ""
    lack = said.words.number(said.lack)
    short = said.words.say("years_short", lack=lack) if said.result.outcome is Outcome.NOT_MET else ""
    return _counted(said) | {"unbroken": unbroken, "short": short}


# --- What people say ------------------------------------------------------------------------------------------------


def judged(said: Said) -> dict[str, Any]:
    """Who must judge: the question's own judge where the catalogue names one, else the one of the award's level."""
    words, question = said.words, said.params["question"]
    award = awards().get(question.partition(".")[0]) or awards().get(said.offer.award)
    code = "plan" if award is None or question.startswith("plan.") else award.level
    who = words.name("judge", question if f"rules.words.judge.{question}" in catalogue() else code)
    text, kind = text_of(said.result), question.rpartition(".")[2]
    kind = kind if f"rules.words.evidence.{kind}" in catalogue() else "minutes"
    return {"who": who, "evidence": words.name("evidence", kind), "text": text}


def _confirmed(said: Said) -> dict[str, Any]:
    words = said.words
    asked = [f"confirmed.{body}" for body in said.params["by"]]
    rows = [row for row in said.tally.used if isinstance(row, AnswerFact)]
    refusing = [row.question for row in rows if not row.yes]
    given = {row.question for row in rows if row.yes and not row.inherited}

    def bodies(questions: list[str]) -> str:
        return ", ".join(words.name("body", question.removeprefix("confirmed.")) for question in questions)

    return {
        "bodies": bodies(asked), "refusing": bodies(refusing), "missing": bodies(list(map(str, said.tally.missing))),
        "wanted": bodies([question for question in asked if question not in given]),
    }  # fmt: skip


# --- Measures -------------------------------------------------------------------------------------------------------


def _value(said: Said) -> Decimal | None:
    return next((row.value for row in said.tally.used if isinstance(row, MeasureFact)), None)


def _measure(said: Said, *, percent: bool) -> dict[str, Any]:
    words, value, bound = said.words, _value(said), said.params["bound"]
    shown: Callable[[Decimal], str | Decimal] = words.percent if percent else words.amount
    return {
        "value": "" if value is None else shown(value),
        "bound": words.percent(bound) if percent and bound == 100 else words.bound(said.params["op"], shown(bound)),
        "span": words.year(said.offer.year),
    }


def _members_honoured(said: Said) -> dict[str, Any]:
    return _measure(said, percent=said.params["share"] is not None) | {"award": said.words.award(said.params["award"])}


def _members_rated(said: Said) -> dict[str, Any]:
    return _measure(said, percent=True) | {"level": said.words.level_bound(said.params["level"])}


def _members_disciplined(said: Said) -> dict[str, Any]:
    return _measure(said, percent=False) | {"form": said.words.form_bound(said.params["form"])}


def _ranked(said: Said) -> dict[str, Any]:
    words, params = said.words, said.params
    run_by = words.name("run_by", params["run_by"])
    if params["among"] == "movement":
        run_by = words.name("launcher", "state" if params["run_by"] == "central" else params["run_by"])
    among = words.say(params["among"], run_by=run_by)
    value = _value(said)
    return _measure(said, percent=False) | {"among": among, "value": "" if value is None else short(value)}


def _targets(said: Said) -> dict[str, Any]:
    beyond = said.words.say("targets_beyond" if said.params["beyond"] else "targets_met")
    return _measure(said, percent=True) | {"beyond": beyond, "beyond_low": beyond[:1].lower() + beyond[1:]}


def _baseline(said: Said) -> dict[str, Any]:
    year = said.params["year"]
    base = said.words.say("base_of", year=str(year)) if year else said.words.say("base_year")
    return _measure(said, percent=True) | {"baseline": base}


def _reported(said: Said) -> dict[str, Any]:
    return _measure(said, percent=True) | {"on_time": said.words.say("on_time") if said.params["on_time"] else ""}


def _measured(said: Said) -> dict[str, Any]:
    text = text_of(said.result)
    of_what = said.words.say("of_what", text=text) if text else ""
    return _measure(said, percent=said.params["key"].endswith((".share", ".percent"))) | {"of_what": of_what}


# --- The offer ------------------------------------------------------------------------------------------------------


def _movement(said: Said) -> dict[str, Any]:
    words, params, movement = said.words, said.params, said.offer.movement
    lasted = words.say("lasted", years=words.number(movement.years)) if movement and movement.years else ""
    years = words.say("lasting", years=words.number(params["years"])) if params["years"] else ""
    return {
        "stage": words.name("stage", movement.stage) if movement else "",
        "launched_by": words.name("launcher", movement.launched_by) if movement else "",
        "lasted": lasted,
        "asked": words.either(words.name("launcher", level) for level in params["launched_by"]),
        "asked_stage": words.either(words.name("stage", stage) for stage in params["at"]),
        "asked_years": years,
    }


def _merit(said: Said) -> dict[str, Any]:
    merit = said.words.name("merit", said.offer.merit) if said.offer.merit else ""
    return {"merit": merit, "asked": said.words.either(said.words.name("merit", kind) for kind in said.params["kinds"])}


def _group(said: Said) -> dict[str, Any]:
    unit = said.offer.subject != "individual"
    codes = [f"{code}_unit" if unit and code == "business" else code for code in said.params["groups"]]
    return {"groups": said.words.either(said.words.name("group", code) for code in codes)}


PHRASES: Mapping[str, Callable[[Said], dict[str, Any]]] = {
    "rated": _rated,
    "honoured": honoured,
    "honoured_in_a_row": _in_a_row,
    "not_already_awarded": _not_awarded,
    "work_recognised": _works,
    "not_disciplined": _disciplined,
    "not_under_review": _review,
    "served": _lasted,
    "in_being": lambda said: {"spells": _spells(said)},
    "existed": _lasted,
    "judged": judged,
    "confirmed": _confirmed,
    "launched_campaign": lambda _: {},
    "summarised_campaign": lambda _: {},
    "members_honoured": _members_honoured,
    "members_rated": _members_rated,
    "members_not_disciplined": _members_disciplined,
    "ranked_first": _ranked,
    "targets_met": _targets,
    "not_below_baseline": _baseline,
    "reported": _reported,
    "measured": _measured,
    "in_movement": _movement,
    "for_merit": _merit,
    "of_group": _group,
}
