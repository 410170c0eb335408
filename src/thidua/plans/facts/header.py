"""The head and the foot of a document, read as Nghị định 30/2020/NĐ-CP, Phụ lục I orders them."""

from __future__ import annotations

from thidua.plans.facts.issuer import read_issuer
from thidua.plans.facts.letterhead import head_cells, read_number, read_place_and_date
from thidua.plans.facts.signature import read_signature
from thidua.plans.facts.slogan import read_slogan, read_theme
from thidua.plans.facts.source import Source
from thidua.plans.facts.title import is_draft, read_type_and_title
from thidua.plans.reading import Header


def read_header(source: Source) -> Header:
    """All header fields that the text gives; sets what `Source` says that the other grammars need."""
    cells = head_cells(source)
    number, symbol = read_number(source, cells)
    place, date, date_partial = read_place_and_date(source, cells)
    type_, title = read_type_and_title(source)
    issuer = read_issuer(source, cells, place)
    signer, signer_position = read_signature(source)
    source.issuer = issuer.value if issuer else None
    source.own_number = f"{number.value}/{symbol.value}".casefold() if number and symbol else None
    return Header(
        number=number,
        symbol=symbol,
        issuer=issuer,
        place=place,
        date=date,
        date_partial=date_partial,
        type=type_,
        title=title,
        theme=read_theme(source),
        slogan=read_slogan(source),
        signer=signer,
        signer_position=signer_position,
        draft=is_draft(source),
    )
