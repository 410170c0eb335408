"""Annual quality ratings: the four levels, which scheme ruled whom when, and its cap on the best (ratings.toml).

A cap counts against those *rated* a level, never against all staff. What is not verified says so in its basis.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from thidua.findings import Basis, Finding, met, not_met, unknown

LevelCode = Literal["excellent", "good", "done", "not_done"]
Track = Literal["state", "party"]
Who = Literal["civil_servant", "public_employee", "agency", "public_unit", "party_member", "party_unit"]
# What a register knows of whom it rates, where it does not know more.
_GROUPS: Mapping[tuple[str, str], tuple[Who, ...]] = {
    ("state", "person"): ("civil_servant", "public_employee"),
    ("state", "unit"): ("agency", "public_unit"),
    ("party", "person"): ("party_member",),
    ("party", "unit"): ("party_unit",),
}


class Level(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: LevelCode
    name: str
    short: str


class Cap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many may be rated excellent.

    share: at most `share` percent (`exceptional` percent where merits stand out) of those rated one of `of`, within
    one `group`. as_party: at most the share among Party members. open: not read yet.
    """

    kind: Literal["share", "as_party", "open"]
    source: str
    share: int | None = None
    exceptional: int | None = None
    of: tuple[LevelCode, ...] = ()
    group: str = ""
    verified: bool = False


class RatingScheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In force from `since` to `until`, both included. `points`: the least of each level out of 100."""

    code: str
    track: Track
    who: tuple[Who, ...]
    since: datetime.date
    until: datetime.date | None = None
    instrument: str
    place: str | None = None
    points: dict[LevelCode, int] = {}
    cap: Cap
    source: str
    verified: bool = False

    def in_force(self, on: datetime.date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def basis(self) -> Basis:
        return Basis(instrument=self.instrument, place=self.place, verified=self.verified, source=self.source)

    @property
    def cap_basis(self) -> Basis:
        verified = self.verified and self.cap.verified
        return Basis(instrument=self.instrument, place=self.place, verified=verified, source=self.cap.source)


@cache
def levels() -> tuple[Level, ...]:
    """The best first."""
    return msgspec.convert(_tree()["level"], tuple[Level, ...])


@cache
def rating_schemes() -> tuple[RatingScheme, ...]:
    return msgspec.convert(_tree()["scheme"], tuple[RatingScheme, ...])


@cache
def _tree() -> dict[str, object]:
    return tomllib.loads(files(__package__).joinpath("ratings.toml").read_text("utf-8"))


def scheme_for(track: Track, who: Who | Literal["person", "unit"], on: datetime.date | int) -> RatingScheme | None:
    """The scheme that rules whom on a day; of a year, the one in force at its end, when the year is rated.

    "person" and "unit" say less than the law asks: None where their kinds come under different schemes, or none.
    """
    day = datetime.date(on, 12, 31) if isinstance(on, int) else on
    kinds = _GROUPS.get((track, who), (who,))
    found = {kind: _ruling(track, kind, day) for kind in kinds}
    schemes = {scheme.code: scheme for scheme in found.values() if scheme is not None}
    return next(iter(schemes.values())) if len(schemes) == 1 and all(found.values()) else None


def _ruling(track: Track, kind: str, day: datetime.date) -> RatingScheme | None:
    return next((s for s in rating_schemes() if s.track == track and kind in s.who and s.in_force(day)), None)


def level_of(points: float, scheme: RatingScheme) -> LevelCode | None:
    """The level of so many points out of 100; None where the scheme has no points."""
    if not scheme.points:
        return None
    best_first = sorted(scheme.points.items(), key=lambda item: item[1], reverse=True)
    return next((code for code, least in best_first if points >= least), "not_done")


def check_caps(counts: Mapping[str, int], scheme: RatingScheme, *, exceptional: bool = False) -> tuple[Finding, ...]:
    """Whether one group keeps to the cap. `counts`: how many were rated each level; `exceptional`: merits stand out.

    Raises ValueError for a count below zero or a level that there is not.
    """
    known = {level.code for level in levels()}
    if set(counts) - known or any(count < 0 for count in counts.values()):
        raise ValueError(f"no counts of levels: {dict(counts)}")
    cap, excellent = scheme.cap, counts.get("excellent", 0)
    if not excellent:
        return (met("rating.none_excellent", scheme.cap_basis),)
    if cap.share is None:
        return (unknown(f"rating.cap_{cap.kind}", scheme.cap_basis, excellent=excellent, instrument=scheme.instrument),)
    share = cap.exceptional if exceptional and cap.exceptional else cap.share
    return (_share_kept(excellent, counts, scheme, share, exceptional=exceptional),)


def _share_kept(
    excellent: int, counts: Mapping[str, int], scheme: RatingScheme, share: int, *, exceptional: bool
) -> Finding:
    cap = scheme.cap
    rated = sum(counts.get(code, 0) for code in cap.of)
    params = {
        "excellent": excellent,
        "allowed": rated * share // 100,
        "share": share,
        "rated": rated,
        "of": [level.name for level in levels() if level.code in cap.of],
    }
    if excellent * 100 <= rated * share:
        return met("rating.cap_kept", scheme.cap_basis, **params)
    if not exceptional and cap.exceptional and excellent * 100 <= rated * cap.exceptional:
        return not_met("rating.cap_needs_exception", scheme.cap_basis, **params, exceptional=cap.exceptional)
    return not_met("rating.cap_exceeded", scheme.cap_basis, **params)
