"""Analysers of others: what an installed package finds in a comparison, held to the same law as our own rules.

A package names its analyser under the entry point group `smallprint.analysers`. It is called with a `Comparison` and
gives findings by the number of the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from smallprint.errors import UsageError
from smallprint.judgement import Direction, Finding, Right
from smallprint.model import Change, Clause, Comparison

GROUP: Final = "smallprint.analysers"
_MOST_RIGHTS: Final = 3
Analyser = Callable[[Comparison], Mapping[int, Iterable[Finding]]]


def plugged_in_findings(comparison: Comparison) -> Mapping[int, tuple[Finding, ...]]:
    """Return what all installed analysers find, by the number of the change.

    Raises:
        UsageError: An analyser cannot be loaded, fails, or gives a finding that does not hold: one without a true
            quote, a reason, a source.
    """
    found: dict[int, list[Finding]] = {}
    for name, analyser in _analysers():
        try:
            given = {number: list(claims) for number, claims in analyser(comparison).items()}
        except Exception as error:
            raise UsageError(
                f"The analyser “{name}” failed: {error}. Remove its package, or ask its makers."
            ) from error
        changes = {change.number: change for change in comparison.changes}
        for number, claims in given.items():
            for claim in claims:
                if fault := _fault(claim, changes.get(number)):
                    raise UsageError(f"The analyser “{name}” gives a finding that {fault}. Ask its makers.")
            found.setdefault(number, []).extend(claims)
    return {number: tuple(claims) for number, claims in found.items()}


def plugged_in() -> tuple[str, ...]:
    """Return the installed analysers with their versions, for what depends on them."""
    return tuple(f"{point.name} {point.value} {point.dist.version if point.dist else ''}" for point in _points())


def _points() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


@cache
def _analysers() -> tuple[tuple[str, Analyser], ...]:
    analysers = []
    for point in _points():
        try:
            analysers.append((point.name, point.load()))
        except Exception as error:
            raise UsageError(f"The analyser “{point.name}” ({point.value}) cannot be loaded: {error}.") from error
    return tuple(analysers)


def _fault(claim: object, change: Change | None) -> str:
    """Say what is wrong with a finding, empty where nothing is."""
    if change is None:
        return "is about a change that is not there"
    if change.is_unchanged:
        return "is about a clause in which nothing differs"
    if not isinstance(claim, Finding):
        return "is no Finding"
    for name in ("rule", "reason", "source"):
        if not getattr(claim, name):
            return f"has no {name}"
    return _false_claim(claim) or _false_quote(claim, change)


def _false_claim(claim: Any) -> str:
    """Say what no `Finding` may hold; Python does not look at what one is made of."""
    if not isinstance(claim.direction, Direction):
        return f"has “{claim.direction}” for a direction"
    if claim.material not in {True, False} or (claim.material and not claim.direction.is_down):
        return "is called material although nothing is lost"
    if not 1 <= len(claim.rights) <= _MOST_RIGHTS or not all(isinstance(right, Right) for right in claim.rights):
        return f"does not name one to {_MOST_RIGHTS} rights of the list"
    return ""


def _false_quote(claim: Any, change: Change) -> str:
    if not (claim.old_quote or claim.new_quote):
        return "has no quote"
    for quote, clauses in ((claim.old_quote, change.old), (claim.new_quote, change.new)):
        if quote and not (isinstance(quote, str) and is_quoted(quote, clauses)):
            return f"quotes “{quote}”, which does not stand there word for word"
    return ""


def is_quoted(quote: str, clauses: tuple[Clause, ...]) -> bool:
    """Tell whether words stand in clauses exactly so, within one paragraph, cell or heading."""
    return any(quote in unit.plain for clause in clauses for unit in clause.units)
