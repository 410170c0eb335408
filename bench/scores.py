"""Scores of the reader against labelled plans, by kind of fact and by document, clean and noisy.

usage: python bench/scores.py [--only SET] [--noise NAME ...] [--misses DOCUMENT]

SET is "gold" (the shared plans, folder from THIDUA_SHARED) or the name of a folder of tests/plans/corpus. NAME is a
noise of tests/noise.py, "all" for each of them. DOCUMENT is a part of a document's name; its missed and wrong items
are listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from labelled import Labelled, corpora, gold
from noise import NOISES, make_noisy
from scoring import KINDS, Misses, Score, add, score
from thidua.plans.exchange import to_json
from thidua.plans.read import read_text


def measure(document: Labelled) -> Score:
    return score(json.loads(to_json(read_text(document.text))), document.labels, document.text)


def measure_all(documents: Iterable[Labelled]) -> dict[str, Score]:
    return {document.name: measure(document) for document in documents}


def kind_table(columns: dict[str, Score]) -> list[str]:
    """One row a kind with its F1 in every column; precision, recall and counts where there is one column."""
    single = next(iter(columns.values())) if len(columns) == 1 else None
    heads = [f"{'F1':>7}{'prec':>7}{'recall':>7}{'found':>7}{'labels':>7}"] if single else [f"{n:>10}" for n in columns]
    lines = [f"{'kind':16}" + "".join(heads)]
    for kind in KINDS:
        row = [columns[name].kinds.get(kind) for name in columns]
        if not any(tally and (tally.found or tally.labelled) for tally in row):
            continue
        line = f"{kind:16}" + "".join(f"{tally.f1 if tally else 0:{7 if single else 10}.3f}" for tally in row)
        if single and row[0]:
            line += f"{row[0].precision:7.3f}{row[0].recall:7.3f}{row[0].found:7}{row[0].labelled:7}"
        lines.append(line)
    for label, attribute in (
        ("MICRO F1", "micro_f1"),
        ("header", "header_accuracy"),
        ("literal quotes", "literal_quotes"),
    ):
        cells = (f"{getattr(result, attribute):{7 if single else 10}.3f}" for result in columns.values())
        lines.append(f"{label:16}" + "".join(cells))
    return lines


def document_table(results: dict[str, Score]) -> list[str]:
    lines = [f"{'document':38}{'F1':>7}{'header':>8}{'quotes':>8}{'found':>7}{'labels':>7}"]
    for name, result in results.items():
        total = result.total
        lines.append(
            f"{name[:37]:38}{total.f1:7.3f}{result.header_accuracy:8.3f}{result.literal_quotes:8.3f}"
            f"{total.found:7}{total.labelled:7}"
        )
    return lines


def miss_list(misses: Iterable[Misses]) -> list[str]:
    lines = []
    for miss in misses:
        lines += [f"- {miss.kind} missed: {_brief(item)}" for item in miss.missed]
        lines += [f"+ {miss.kind} wrong:  {_brief(item)}" for item in miss.wrong]
    return lines


def _brief(item: dict) -> str:
    shown = {key: value for key, value in item.items() if value is not None and key not in ("span", "sureness")}
    return json.dumps(shown, ensure_ascii=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="SET")
    parser.add_argument("--noise", nargs="*", default=[], metavar="NAME", choices=[*NOISES, "all"])
    parser.add_argument("--misses", metavar="DOCUMENT")
    options = parser.parse_args()
    sets = {"gold": gold(), **corpora()}
    sets = {name: documents for name, documents in sets.items() if documents and options.only in (None, name)}
    noises = list(NOISES) if "all" in options.noise else options.noise
    if options.misses:
        for document in (d for documents in sets.values() for d in documents if options.misses in d.name):
            for variant in [document, *(make_noisy(document, noise) for noise in noises)]:
                print(f"== {variant.name}", *document_table({variant.name: (result := measure(variant))}), sep="\n")
                print(*miss_list(result.misses), sep="\n")
        return 0
    for name, documents in sets.items():
        results = measure_all(documents)
        columns = {"clean": add(results.values())}
        for noise in noises:
            columns[noise] = add(measure_all(make_noisy(document, noise) for document in documents).values())
        print(f"\n== {name} ({len(documents)} documents)", *kind_table(columns), "", *document_table(results), sep="\n")
    return 0 if sets else "no labelled documents found: set THIDUA_SHARED, or write tests/plans/corpus"


if __name__ == "__main__":
    sys.exit(main())
