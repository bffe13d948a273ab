"""Part 5: how the time of a build grows with the versions of a policy, and rebuilds with many versions."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from builds import cold_builds, measure_rebuild
from corpus import History, write_made
from projects import set_up
from report import Goal, print_table, ratio_goal, times

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Usage
    from projects import Projects

SMALL, LARGE, HUGE = 100, 1_000, 10_000
_LIMIT = 11.0
_SLUG = "made"


def measure_growth(rounds: int, scratch: Path, *, is_huge: bool) -> list[Goal]:
    """Build made histories of different lengths, print what it took, and return the goals."""
    taken: dict[int, list[Usage]] = {}
    peers: dict[int, list[Usage]] = {}
    taken[SMALL], peers[SMALL] = cold_builds(_made(SMALL, scratch), rounds)
    large = _made(LARGE, scratch)
    taken[LARGE], peers[LARGE] = cold_builds(large, rounds)
    newest = max(path.stem for path in (large.ours.content / _SLUG).glob("*.md"))
    goals = measure_rebuild(large, f"{_SLUG}/{newest}", rounds, scratch / "large-again")
    if is_huge:
        taken[HUGE], peers[HUGE] = cold_builds(_made(HUGE, scratch), 1)
    _print_growth(taken, peers)
    ratio = _seconds(taken[LARGE]) / _seconds(taken[SMALL])
    cpu = _cpu(taken[LARGE]) / _cpu(taken[SMALL])
    said = f"{times(ratio)} (processor time {times(cpu)})"
    return [*goals, ratio_goal(f"cold build of {LARGE:,} versions / {SMALL} versions", ratio, _LIMIT, measured=said)]


def _made(count: int, scratch: Path) -> Projects:
    folder = scratch / f"made-{count}"
    write_made(folder / "versions", count)
    return set_up([History(_SLUG, tuple(sorted((folder / "versions").iterdir())))], folder)


def _print_growth(taken: dict[int, list[Usage]], peers: dict[int, list[Usage]]) -> None:
    rows = []
    for count, usages in taken.items():
        peer = peers[count]
        rows.append((
            f"{count:,}",
            f"{_seconds(usages):.2f} s",
            times(_seconds(usages) / _seconds(taken[SMALL])),
            f"{_seconds(usages) / count * 1000:.1f} ms",
            times(max(usage.peak for usage in usages) / max(usage.peak for usage in taken[SMALL])),
            times(_seconds(peer) / _seconds(peers[SMALL])),
        ))  # fmt: skip
    head = ("versions", "cold build", f"/ {SMALL}", "a version", f"memory / {SMALL}", f"mkdocs / {SMALL}")
    note = f"made: one real policy, in which two words change from each version to the next; {HUGE:,} only with --huge"
    print_table("Growth", head, rows, (note,))


def _seconds(usages: list[Usage]) -> float:
    return median(usage.seconds for usage in usages)


def _cpu(usages: list[Usage]) -> float:
    return median(usage.cpu for usage in usages)
