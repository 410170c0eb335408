"""The reader: a document's text goes in, the facts come out with the words they stand on."""

from __future__ import annotations

from thidua.plans.facts.anniversaries import read_anniversaries
from thidua.plans.facts.awards import read_awards
from thidua.plans.facts.conditions import read_conditions
from thidua.plans.facts.criteria import read_criteria
from thidua.plans.facts.deadlines import read_deadlines
from thidua.plans.facts.documents import read_documents
from thidua.plans.facts.dossier import read_dossier
from thidua.plans.facts.header import read_header
from thidua.plans.facts.movements import read_movements
from thidua.plans.facts.open_days import read_open_days
from thidua.plans.facts.periods import read_periods
from thidua.plans.facts.programme import read_programme
from thidua.plans.facts.quotas import read_quotas
from thidua.plans.facts.recipients import read_recipients
from thidua.plans.facts.source import Source
from thidua.plans.facts.subjects import read_subjects
from thidua.plans.facts.targets import read_targets
from thidua.plans.facts.tasks import read_tasks
from thidua.plans.facts.works import read_pledges, read_projects
from thidua.plans.reading import Reading
from thidua.vietnamese.folding import search_key


def read_text(raw: str) -> Reading:
    """Read `raw` (never changed; every span points into it)."""
    source = Source(raw)
    header = read_header(source)
    own = tuple(search_key(field.value) for field in (header.title, header.theme, header.slogan) if field)
    legal_basis, cited_documents = read_documents(source)
    periods = read_periods(source)
    return Reading(
        header=header,
        legal_basis=legal_basis,
        cited_documents=cited_documents,
        periods=periods,
        targets=read_targets(source),
        subjects=read_subjects(source),
        projects=read_projects(source),
        pledges=read_pledges(source),
        conditions=read_conditions(source),
        movements=read_movements(source, own=own),
        anniversaries=read_anniversaries(source),
        award_forms=read_awards(source),
        criteria=read_criteria(source),
        quotas=read_quotas(source),
        dossier=read_dossier(source),
        deadlines=read_deadlines(source, periods),
        open_days=read_open_days(source),
        programme=read_programme(source),
        tasks=read_tasks(source, type_=search_key(header.type.value) if header.type else None),
        recipients=read_recipients(source),
    )
