"""The benchmarks: `python tests/bench/run.py [PART…]`; without one, all.

Every figure is a ratio to a peer that was measured in the same run. Nothing is written but to a temporary folder,
which is removed. What the figures mean stands in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from builds import measure_builds
from corpus import (
    CASES_VARIABLE,
    PAGES_VARIABLE,
    TEXTS_VARIABLE,
    VARIABLE,
    find_cases,
    find_corpus,
    find_histories,
    find_pages,
    find_texts,
)
from growth import measure_growth
from judging import measure_judging
from notices import measure_notices
from pairing import measure_pairing
from processes import RunError
from redlining import measure_redlines
from report import Goal, print_goals
from tightness import measure_tightness

from importing import measure_importing

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = ("judging", "importing", "redlines", "tightness", "pairing", "builds", "growth", "notices")


def main() -> None:
    """Measure, and print as it goes."""
    options = _options()
    start, busiest = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="smallprint-bench-") as folder:
        scratch = Path(folder)
        corpus = find_corpus(options.histories, scratch)
        print(f"{corpus.size}: {corpus.told}")
        print(f"{_machine()}. Trust ratios, not seconds: other work on the machine changes both sides.")
        parts: dict[str, Callable[[], list[Goal]]] = {
            "judging": lambda: measure_judging(find_cases(options.cases), find_histories(options.histories)),
            "importing": lambda: measure_importing(
                find_texts(options.texts), find_pages(options.pages), find_histories(options.histories), scratch
            ),
            "redlines": lambda: measure_redlines(corpus, options.rounds, options.seconds),
            "tightness": lambda: measure_tightness(corpus),
            "pairing": lambda: measure_pairing(
                find_cases(options.cases), find_histories(options.histories), corpus, is_told=options.misses
            ),
            "builds": lambda: measure_builds(corpus, options.rounds, scratch),
            "growth": lambda: measure_growth(options.rounds, scratch, is_huge=options.huge),
            "notices": measure_notices,
        }
        goals: list[Goal] = []
        for name in PARTS:
            if name in (options.parts or PARTS):
                try:
                    goals += parts[name]()
                except RunError as error:
                    print(f"\n{name} could not be measured: {error}")
                    goals.append(Goal(name, "", "failed, see above", None))
        print_goals(goals)
    print(f"\nTook {time.perf_counter() - start:.0f} s; {_load()}.")
    if max(busiest, os.getloadavg()[0]) > (os.cpu_count() or 1):
        print("Others kept the machine busy: the ratios of processor time are worth more than those of wall time.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure smallprint beside its peers.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)} (all)")
    parser.add_argument("--histories", type=Path, metavar="DIR", help=f"a folder for each policy (or {VARIABLE})")
    parser.add_argument("--cases", type=Path, metavar="DIR", help=f"labelled pairs of versions (or {CASES_VARIABLE})")
    parser.add_argument("--texts", type=Path, metavar="DIR", help=f"raw texts to import (or {TEXTS_VARIABLE})")
    parser.add_argument("--pages", type=Path, metavar="DIR", help=f"saved pages to import (or {PAGES_VARIABLE})")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turns (3)")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="how long PyPI redlines may take for each set of pairs (60)"
    )
    parser.add_argument("--huge", action="store_true", help="also build 10,000 versions")
    parser.add_argument("--misses", action="store_true", help="say which pairs of paragraphs are missed or wrong")
    options = parser.parse_args()
    for part in options.parts:
        if part not in PARTS:
            parser.error(f"there is no part {part!r}; there are {', '.join(PARTS)}")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    return options


def _machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {_load()}"


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
