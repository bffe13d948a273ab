"""Part 1: redlines of real pairs, against `git diff --word-diff` and the PyPI package `redlines`."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from corpus import SEED, named
from processes import RunError, ask_worker, children_cpu, run_piped
from report import Goal, milliseconds, percentile, print_table, ratio_goal, ratio_of, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Corpus, Pair

GIT = ("git", "diff", "--no-index", "--no-color", "--no-ext-diff", "--word-diff")
TEXT, PARSED = "smallprint, text in", "smallprint, parsed in"
GIT_NAME, REDLINES = "git diff --word-diff", "redlines, Markdown out"

_LIMITS = {"consecutive": 0.5, "first against last": 1.0}
_REDLINES_LIMIT = 0.01
_COLD_PAIRS = 3
_NOTES = (
    "smallprint: one fresh process for the set, its start not counted; output is HTML of the whole text.",
    "git: one process for each pair, its start counted; output is the changed lines and three lines round them.",
)


@dataclass
class _Rounds:
    """What one program took for all pairs of a set, round by round."""

    walls: list[list[float]] = field(default_factory=list)
    """For each round, each pair's wall time."""
    cpu: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def totals(self) -> list[float]:
        """The wall time of each round."""
        return [sum(walls) for walls in self.walls]

    @property
    def by_pair(self) -> list[float]:
        """For each pair the median of its rounds."""
        return [median(walls) for walls in zip(*self.walls, strict=True)]


def measure_redlines(corpus: Corpus, rounds: int, bound: float) -> list[Goal]:
    """Measure both sets, print what they took, and return the goals; `bound` limits the package `redlines`, a set."""
    goals: list[Goal] = []
    for name, pairs in (("consecutive", corpus.consecutive), ("first against last", corpus.first_last)):
        measured = _alternate(pairs, rounds)
        _print_table(f"Redlines, {name}: {len(pairs)} pairs", pairs, measured, GIT_NAME, _NOTES)
        for program in (TEXT, PARSED):
            wall, cpu = _ratios(measured[program], measured[GIT_NAME])
            said = f"{times(wall)} (processor time {times(cpu)})"
            goals.append(ratio_goal(f"{program}: {name} / git", wall, _LIMITS[name], measured=said))
        goals += _against_redlines(name, pairs, rounds, bound)
    _print_cold(corpus)
    return goals


def _alternate(pairs: Sequence[Pair], rounds: int) -> dict[str, _Rounds]:
    measured = {TEXT: _Rounds(), GIT_NAME: _Rounds(), PARSED: _Rounds()}
    for _ in range(rounds):
        _ask(measured[TEXT], "text", pairs)
        _git(measured[GIT_NAME], pairs)
        _ask(measured[PARSED], "parsed", pairs)
    return measured


def _ask(measured: _Rounds, task: str, pairs: Sequence[Pair], bound: float = 0.0) -> None:
    answer = ask_worker(task, pairs=[tuple(map(str, pair)) for pair in pairs], seconds=bound)
    measured.walls.append(answer["walls"])
    measured.cpu.append(answer["cpu"])
    measured.size = answer["size"]


def _git(measured: _Rounds, pairs: Sequence[Pair]) -> None:
    before = children_cpu()
    runs = [run_piped((*GIT, str(old), str(new)), Path("/"), fine=(0, 1)) for old, new in pairs]
    measured.walls.append([seconds for seconds, _ in runs])
    measured.cpu.append(children_cpu() - before)
    measured.size = sum(size for _, size in runs)


def _print_table(
    title: str, pairs: Sequence[Pair], measured: dict[str, _Rounds], peer: str, notes: Sequence[str] = ()
) -> None:
    rows = []
    for program, taken in measured.items():
        by_pair = taken.by_pair
        wall, cpu = _ratios(taken, measured[peer])
        rows.append((
            program,
            f"{median(taken.totals):.2f} s",
            times(wall),
            times(cpu),
            milliseconds(percentile(by_pair, 0.5)),
            milliseconds(percentile(by_pair, 0.99)),
            milliseconds(max(by_pair)),
            named(pairs[by_pair.index(max(by_pair))]),
            f"{taken.size / 1e6:.1f} M",
        ))  # fmt: skip
    head = ("program", "all pairs", "ratio", "ratio, cpu", "p50", "p99", "slowest", "which", "output")
    print_table(title, head, rows, notes)


def _against_redlines(name: str, pairs: Sequence[Pair], rounds: int, bound: float) -> list[Goal]:
    """Measure the package once, as far as it comes within the bound, and ourselves on the same pairs."""
    goal = f"<= 1/{1 / _REDLINES_LIMIT:.0f}"
    if find_spec("redlines.redlines") is None:
        return [Goal(f"{name} / PyPI redlines", goal, "the package is not installed", None)]
    shuffled = list(pairs)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - nothing here is secret
    measured = {TEXT: _Rounds(), PARSED: _Rounds(), REDLINES: _Rounds()}
    _ask(measured[REDLINES], "redlines", shuffled, bound)
    covered = shuffled[: len(measured[REDLINES].walls[0])]
    for _ in range(rounds):
        _ask(measured[TEXT], "text", covered)
        _ask(measured[PARSED], "parsed", covered)
    title = (
        f"Against PyPI redlines, {name}: {len(covered)} of {len(pairs)} pairs, drawn at random, at most {bound:.0f} s"
    )
    _print_table(title, covered, measured, REDLINES)
    goals = []
    for program in (TEXT, PARSED):
        wall, cpu = _ratios(measured[program], measured[REDLINES])
        said = f"1/{1 / wall:.0f} (processor time 1/{1 / cpu:.0f})"
        goals.append(ratio_goal(f"{program}: {name} / PyPI redlines", wall, _REDLINES_LIMIT, goal=goal, measured=said))
    return goals


def _ratios(ours: _Rounds, peer: _Rounds) -> tuple[float, float]:
    """Return the ratios of wall and of processor time; of a peer measured once, to that one time."""
    once = len(peer.cpu) < len(ours.cpu)
    walls = peer.totals * len(ours.cpu) if once else peer.totals
    return ratio_of(ours.totals, walls), ratio_of(ours.cpu, peer.cpu * len(ours.cpu) if once else peer.cpu)


def _print_cold(corpus: Corpus) -> None:
    """Print how long one redline takes from the command line, the start of the interpreter included."""
    pairs = sorted(corpus.consecutive, key=lambda pair: pair[1].stat().st_size)
    old, new = pairs[len(pairs) // 2]
    rows = []
    command = (sys.executable, "-m", "smallprint", "diff", str(old), str(new), "--format")
    for name, arguments in (
        ("smallprint diff --format html", (*command, "html")),
        ("smallprint diff --format json", (*command, "json")),
        (" ".join(GIT[:2] + GIT[-1:]), (*GIT, str(old), str(new))),
    ):
        try:
            seconds = milliseconds(median(run_piped(arguments, Path("/"), fine=(0, 1))[0] for _ in range(_COLD_PAIRS)))
        except RunError as error:
            seconds = f"failed: {str(error).rstrip().rpartition(chr(10))[2]}"
        rows.append((name, seconds))
    title = f"For information: one pair of middling size ({named((old, new))}), start included"
    print_table(title, ("command", "median"), rows)
