"""Of which bodies words speak: of kinds, or of one by its name. A Party organisation is told by the body it is of.

"Chi, Đảng bộ sở, ban, ngành" are those of departments, "Đảng bộ các xã" those of communes; "Đảng bộ Quân sự tỉnh" is
one by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from thidua.plans.parties import bare_noun, noun_group, parties
from thidua.vietnamese.folding import fold, search_key

_BOTH = re.compile(r"^Chi(?: bộ)?(?:,| và|, ) *(?=Đảng bộ)", re.IGNORECASE)
_OF = re.compile(r"(?:cac |moi |tung )?(?:dang bo|chi bo|dang uy|to chuc dang)(?: cua)?(?: cac| moi| tung)? ")
# Without its marks it reads like "quận".
_ARMY = re.compile(r"quân\b", re.IGNORECASE)
_NO_KIND = (None, "all", "blocs", "party")


class Bodies(Struct, frozen=True, kw_only=True):
    """`groups` as `thidua.plans.parties` names kinds; `names`: search keys of Party organisations with a name of their
    own. `is_open`: other words are there too, of which nobody can tell whom they mean.
    """

    groups: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    is_open: bool = False


@lru_cache(maxsize=4096)
def bodies_in(whom: str) -> Bodies:
    groups: set[str] = set()
    names: set[str] = set()
    is_open = False
    for party in parties(_BOTH.sub("", unicodedata.normalize("NFC", whom).strip())):
        kinds = _kinds(party.name)
        if kinds:
            groups |= kinds
        elif kinds is not None:
            names.add(search_key(party.name))
        else:
            # "Doanh nghiệp" at the head of a clause means every enterprise, as "các doanh nghiệp" does elsewhere.
            group = party.group or next((each.group for each in parties(f"Các {party.name}")), None)
            is_open = is_open or group in (None, "all", "blocs")
            groups |= {group} if group else set()
    return Bodies(groups=frozenset(groups), names=frozenset(names), is_open=is_open)


def party_kinds(words: str) -> frozenset[str]:
    """Kinds of bodies whose Party organisations words mean ("Chi, Đảng bộ sở, ban, ngành, doanh nghiệp"); none where
    they speak of others, or of one by its name.
    """
    said = _BOTH.sub("", unicodedata.normalize("NFC", words).strip())
    return (_kinds(said) or frozenset()) if _OF.match(fold(said)) else frozenset()


def _kinds(name: str) -> frozenset[str] | None:
    """Kinds of bodies whose Party organisations are named; empty for one by its own name, None for no such words."""
    head = _OF.match(fold(name))
    if head is None:
        return None
    rest = name[head.end() :]
    if not (rest[:1].islower() and bare_noun(rest)):
        return frozenset()
    pieces = re.split(r"\s*(?:[,;]|\bvà\b)\s*", rest)
    found = {noun_group(piece) for piece in pieces if bare_noun(piece)}
    return frozenset(group for group in found if group is not None and group not in _NO_KIND)


def own_groups(group: str | None, names: Sequence[str] = ()) -> frozenset[str]:
    """Kinds that a unit is of, `names` being its own and those of the units above it; none where that is not known.

    A Party organisation is also of the kind of its body, where its name says which: "Đảng bộ Sở Y tế".
    """
    if group != "party" or not names:
        return frozenset([group] if group else [])
    name = unicodedata.normalize("NFC", names[0])
    head = _OF.match(fold(name))
    rest = name[head.end() :] if head else ""
    body = None if _ARMY.match(rest) else noun_group(rest)
    return frozenset([group, body]) if body is not None and body not in _NO_KIND else frozenset([group])
