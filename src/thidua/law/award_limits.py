"""What the law says of an award that a plan offers: who grants it, to whom, after how long (award_limits.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct


class GrantorLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Patterns over folded text; `wrong` is matched from the grantor's first word."""

    award: str
    wrong: str
    place: str
    right: str
    unless: str = r"(?!)"

    def forbids(self, award: str, grantor: str) -> bool:
        """Whether this grantor has no right to this award (both folded)."""
        return bool(
            re.search(self.award, award)
            and re.match(self.wrong.replace("\n", ""), grantor)
            and not re.search(self.unless.replace("\n", ""), grantor)
        )


class SubjectLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    award: str
    kind: Literal["collective", "individual"]
    place: str


class MovementLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """`years` is the least length of a movement that no higher authority launched.

    `launched_by`: the award is for a movement of the Prime Minister alone, and that one must be so long. `for_`: whom
    the limit binds; an award that is for others only has none.
    """

    award: str
    years: int
    place: str
    launched_by: Literal["anyone", "prime_minister"] = "anyone"
    for_: Literal["collective", "individual", "both"] = "both"

    def binds(self, award: str, for_: str) -> bool:
        """Whether it is about this award (folded), given to these."""
        return re.search(self.award, award) is not None and ("both" in (self.for_, for_) or self.for_ == for_)


class AwardLimits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    grantor: tuple[GrantorLimit, ...]
    subject: tuple[SubjectLimit, ...]
    movement: tuple[MovementLimit, ...]


@cache
def award_limits() -> AwardLimits:
    tree = tomllib.loads(files(__package__).joinpath("award_limits.toml").read_text("utf-8"))
    return msgspec.convert(tree, AwardLimits)
