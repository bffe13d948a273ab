"""What was measured, as tables of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the last table."""

    name: str
    goal: str
    measured: str
    is_met: bool | None
    """None where it could not be measured."""


def ratio_goal(name: str, ratio: float, limit: float, *, goal: str = "", measured: str = "") -> Goal:
    """Return a goal that is met where `ratio` is at most `limit`."""
    return Goal(name, goal or f"<= {limit:g}", measured or f"{ratio:.3g}", ratio <= limit)


def ratio_of(ours: Sequence[float], peer: Sequence[float]) -> float:
    """Return the median of the ratios of the rounds, each of which measured both sides one right after the other."""
    return median(mine / other for mine, other in zip(ours, peer, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values do not exceed.

    >>> percentile([3.0, 1.0, 2.0, 4.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Print a table, its first column flush left and the others flush right, and notes below it."""
    cells = [tuple(head), *map(tuple, rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        line = "  ".join(cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in _with(row, widths))
        print(f"  {line}".rstrip())
        if not number:
            print(f"  {'  '.join('-' * width for width in widths)}")
    for note in notes:
        print(f"  {note}")


def print_goals(goals: Sequence[Goal]) -> None:
    """Print which goals were met."""
    verdicts = {True: "met", False: "MISSED", None: "not measured"}
    rows = [(goal.name, goal.goal, goal.measured, verdicts[goal.is_met]) for goal in goals]
    print_table("Goals", ("what", "goal", "measured", "verdict"), rows)


def times(value: float) -> str:
    """Return a ratio: `0.5 x`."""
    return f"{value:.3g} x"


def milliseconds(seconds: float) -> str:
    """Return a short time: `12.3 ms`."""
    return f"{seconds * 1000:.1f} ms"


def megabytes(count: float) -> str:
    """Return a size: `12.3 MB`."""
    return f"{count / 1e6:.1f} MB"


def _with(row: Sequence[str], widths: Sequence[int]) -> enumerate[tuple[str, int]]:
    return enumerate(zip(row, widths, strict=True))
