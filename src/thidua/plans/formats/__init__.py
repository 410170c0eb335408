"""Text of documents as people send them in: .docx, .odt, .pdf, .txt, .md, and through other programs .doc and scans."""

from thidua.plans.formats.isolation import Extractor, extract_isolated
from thidua.plans.formats.limits import Format, Limits, PlanText
from thidua.plans.formats.reading import extract
from thidua.plans.formats.unread import find_unread_pages

__all__ = ["Extractor", "Format", "Limits", "PlanText", "extract", "extract_isolated", "find_unread_pages"]
