"""XML from strangers: no document type, no entities, no network."""

from __future__ import annotations

from typing import Any

from lxml import etree

from thidua.errors import UnreadableError

DOCTYPE = [
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]


def parse_xml(data: bytes, name: str) -> Any:
    """The root element of `data`, a part of the document `name`.

    Office formats never carry a document type; one that does is an attack (external entities, "billion laughs").
    """
    if any(mark in data for mark in DOCTYPE):
        raise UnreadableError("unreadable_entities", file=name)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _failure(error, name) from error
    if root is None:
        raise UnreadableError("unreadable_damaged", file=name)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("unreadable_entities", file=name)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _failure(error: Exception, name: str) -> Exception:
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    if "depth" in str(error).lower():
        return UnreadableError("unreadable_too_deep", file=name)
    return UnreadableError("unreadable_damaged", file=name)
