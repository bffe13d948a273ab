"""Part 1: redlines of real pairs, against `git diff --word-diff` and the PyPI package `redlines`."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from corpus import SEED
from processes import RunError, ask_worker, children_cpu, run_piped
from report import Goal, milliseconds, percentile, print_table, ratio_goal, ratio_of, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Corpus, Pair

GIT = ("git", "diff", "--no-index", "--no-color", "--no-ext-diff", "--word-diff")
TEXT, PARSED, GIT_NAME = "smallprint, text in", "smallprint, parsed in", "git diff --word-diff"

_LIMITS = {"consecutive": 0.5, "first against last": 1.0}
_REDLINES_LIMIT = 0.01
_COLD_PAIRS = 3


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
        _print_set(name, pairs, measured)
        ours, git = measured[TEXT], measured[GIT_NAME]
        ratio = ratio_of(ours.totals, git.totals)
        cpu = ratio_of(ours.cpu, git.cpu)
        goals.append(
            ratio_goal(
                f"redlines, {name}: text in / git",
                ratio,
                _LIMITS[name],
                measured=f"{times(ratio)} (processor time {times(cpu)})",
            )
        )
        goals.append(_against_redlines(name, pairs, rounds, bound))
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


def _print_set(name: str, pairs: Sequence[Pair], measured: dict[str, _Rounds]) -> None:
    git = measured[GIT_NAME]
    rows = []
    for program, taken in measured.items():
        by_pair = taken.by_pair
        slowest = pairs[by_pair.index(max(by_pair))]
        rows.append((
            program,
            f"{median(taken.totals):.2f} s",
            times(ratio_of(taken.totals, git.totals)),
            times(ratio_of(taken.cpu, git.cpu)),
            milliseconds(percentile(by_pair, 0.5)),
            milliseconds(percentile(by_pair, 0.99)),
            milliseconds(max(by_pair)),
            f"{slowest[0].parent.name} {slowest[0].stem} {slowest[1].stem}",
            f"{taken.size / 1e6:.1f} M",
        ))  # fmt: skip
    head = ("program", "all pairs", "/ git", "/ git, cpu", "p50", "p99", "slowest", "which", "output")
    notes = (
        "smallprint: one fresh process for the set, its start not counted; output is HTML of the whole text, changes in place.",
        "git: one process for each pair, its start counted; output is the changed lines and three lines round them.",
    )
    print_table(f"Redlines, {name}: {len(pairs)} pairs", head, rows, notes)


def _against_redlines(name: str, pairs: Sequence[Pair], rounds: int, bound: float) -> Goal:
    """Measure the package once, as far as it comes within the bound, and ourselves on the same pairs."""
    goal = f"redlines, {name}: text in / PyPI redlines"
    if find_spec("redlines.redlines") is None:
        return Goal(goal, f"<= {_REDLINES_LIMIT}", "the package is not installed", None)
    shuffled = list(pairs)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - nothing here is secret
    peer, ours = _Rounds(), _Rounds()
    _ask(peer, "redlines", shuffled, bound)
    covered = shuffled[: len(peer.walls[0])]
    for _ in range(rounds):
        _ask(ours, "text", covered)
    wall, cpu = median(ours.totals) / peer.totals[0], median(ours.cpu) / peer.cpu[0]
    rows = []
    for program, taken in (("smallprint, text in", ours), ("redlines, Markdown out", peer)):
        by_pair = taken.by_pair
        rows.append((
            program,
            f"{median(taken.totals):.2f} s",
            times(median(taken.totals) / peer.totals[0]),
            times(median(taken.cpu) / peer.cpu[0]),
            milliseconds(percentile(by_pair, 0.5)),
            milliseconds(percentile(by_pair, 0.99)),
            milliseconds(max(by_pair)),
        ))  # fmt: skip
    title = f"Against PyPI redlines, {name}: {len(covered)} of {len(pairs)} pairs, drawn at random, at most {bound:.0f} s"
    print_table(title, ("program", "all pairs", "ratio", "cpu", "p50", "p99", "slowest"), rows)
    said = f"1/{1 / wall:.0f} (processor time 1/{1 / cpu:.0f})"
    return ratio_goal(goal, wall, _REDLINES_LIMIT, goal=f"<= 1/{1 / _REDLINES_LIMIT:.0f}", measured=said)


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
    title = f"For information: one pair of middling size ({old.parent.name} {old.stem} {new.stem}), start included"
    print_table(title, ("command", "median"), rows)
