"""Who may not act on a nomination, and who should say something first."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from nominations.dossier_files import cases
from thidua.explain import sentence
from thidua.nominations.conflicts import Officer, barred, conflicts
from thidua.nominations.values import Nomination

CASES = dict(cases())
PERSON = structs.replace(
    CASES["bằng khen trong phong trào"].submission.nominations[0],
    prepared_by="lập", signed_by="ký", chaired_by="chủ trì",
)  # fmt: skip
COLLECTIVE = CASES["tập thể lao động tiên tiến"].submission.nominations[0]


@pytest.mark.parametrize(
    ("officer", "codes", "bars"),
    [
        ({"code": "người lạ", "units": ("Sở Nội vụ",)}, [], False),
        ({"code": "Lê Văn An"}, ["conflict_own"], True),
        ({"code": "x", "units": ("Xã Đông",)}, ["conflict_own_unit"], False),
        ({"code": "x", "units": ("Tỉnh",)}, [], False),
        ({"code": "ký"}, ["conflict_signed"], True),
        ({"code": "lập"}, ["conflict_prepared"], True),
        ({"code": "chủ trì"}, ["conflict_chaired"], True),
        ({"code": "x", "kin": {"Lê Văn An": "em ruột"}}, ["conflict_kin"], True),
        ({"code": "x", "declared": {"Lê Văn An": "cùng góp vốn"}}, ["conflict_declared"], False),
        ({"code": "x", "declared": {"1": "từng tố cáo"}}, ["conflict_declared"], False),
        ({"code": "ký", "units": ("Xã Đông",)}, ["conflict_signed", "conflict_own_unit"], True),
        ({"code": ""}, [], False),
    ],
)
def test_what_keeps_somebody_from_acting(officer: dict[str, Any], codes: list[str], bars: bool) -> None:
    found = conflicts(Officer(**officer), PERSON)

    assert [finding.code.removeprefix("nominations.") for finding in found] == codes
    assert barred(found) == bars
    assert all(sentence(finding, language) for finding in found for language in ("vi", "en"))
    assert all(finding.basis is not None and not finding.basis.verified for finding in found)


def test_a_member_of_the_collective_does_not_judge_it() -> None:
    found = conflicts(Officer(code="x", units=(COLLECTIVE.nominee, "Xã Đông")), COLLECTIVE)

    assert [finding.code for finding in found] == ["nominations.conflict_own_collective"]
    assert barred(found)


def test_nobody_is_barred_by_what_is_not_known() -> None:
    unnamed: Nomination = structs.replace(
        PERSON, nominee="", prepared_by="", signed_by="", chaired_by="", unit_codes=()
    )

    assert conflicts(Officer(code="", units=()), unnamed) == ()
