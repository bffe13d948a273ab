"""Units of text → all that readers see of them, as bytes to be hashed.

This is what decisions, released versions and plans of notices are bound to. Words are taken as text, not as this
program cuts them, so that a later version of it finds the same hash. The form of these bytes never changes: where more
has to count, a new form with another prefix takes its place beside this one.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from smallprint.model import Promise
    from smallprint.text import Mark, Unit, Word

FORM: Final = "2:"
"""Stands before each hash of this form. Those of the first form (`legacy.py`) are bare hex digits."""


def seen(unit: Unit) -> bytes:
    """Return one line that differs wherever two units look different, or the containers that begin with them.

    White space counts as far as readers see it: there is some, or there is none.
    """
    path = [[container.kind, container.number, *filter(None, [container.label])] for container in unit.path]
    # A row says where its cells end, even if all of them are empty; another unit is one cell.
    ends = unit.cells if unit.kind == "tr" else (len(unit.words),)
    cells = [_runs(unit.words[start:end]) for start, end in pairwise((0, *ends))]
    return _line([unit.kind, path, unit.opens, list(unit.aligns), unit.info, cells])


def seen_promise(promise: Promise, units: int) -> bytes:
    """Return one line for a promise that was made with the last `units` units."""
    return _line(["promise", promise.kind, promise.days, promise.by, units])


def _runs(words: tuple[Word, ...]) -> list[list[Any]]:
    """Return the stretches of text in the same formatting, each with that formatting."""
    runs: list[tuple[tuple[Mark, ...], list[str]]] = []
    for word in words:
        if not runs or runs[-1][0] != word.marks:
            runs.append((word.marks, []))
        runs[-1][1].append(f" {word.text}" if word.space else word.text)
    return [["".join(texts), [list(mark) for mark in marks]] for marks, texts in runs]


def _line(value: list[Any]) -> bytes:
    # ASCII alone, so that even half a surrogate pair has bytes.
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"
