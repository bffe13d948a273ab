"""How tight redlines are, and whether both texts can be had back from them; runs in the worker.

A word here is what smallprint marks as one piece, with its formatting: one character of `Unit.chars`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import LCSseq

from smallprint.comparing import compare
from smallprint.comparing.runs import _MATRIX_LIMIT
from smallprint.model import Op
from smallprint.presenting.record import comparison_record
from smallprint.reading.version import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from smallprint.model import Change, Clause, Comparison, Row, Version
    from smallprint.text import Unit

_BOUNDARY = "\x01"
"""Stands between two units of a row, where no word is."""


def measure_marks(pairs: Sequence[tuple[Path, Path]]) -> list[dict[str, Any]]:
    """Return for each pair what `_measured` says of it; of one that cannot be compared, its `error`."""
    versions: dict[Path, Version] = {}
    answers: list[dict[str, Any]] = []
    for old, new in pairs:
        try:
            for path in (old, new):
                if path not in versions:
                    versions[path] = read_plain(path)
            answers.append(_measured(compare(versions[old], versions[new])))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer for this pair
            answers.append({"error": f"{type(error).__name__}: {error}"})
    return answers


def _measured(comparison: Comparison) -> dict[str, Any]:
    """Return the figures of one comparison.

    Returns:
        words: the words of both texts.
        least: the words outside a longest common subsequence of both whole texts, the least that can be marked.
        marked: the words marked as added or removed.
        moved: the words that are shown as moved, and those that are kept in clauses in another order, once a side.
        gives_back: whether the rows give back the words of both versions.
        record_gives_back: whether the edits of the JSON record give back the texts of the clauses.
        is_exact: whether all texts are short enough for an exact answer, however little they share.
    """
    old, new = _chars(comparison.old.clauses), _chars(comparison.new.clauses)
    marked = moved = 0
    kept: list[int] = []
    for change in comparison.changes:
        marks = [_row_marks(row) for row in change.rows]
        marked += sum(count for count, _, _ in marks)
        moved += sum(count for _, count, _ in marks)
        kept.append(sum(count for _, _, count in marks) if marks else len(_chars(change.new)))
    moved += 2 * _out_of_order(comparison, kept)
    return {
        "words": len(old) + len(new),
        "least": len(old) + len(new) - 2 * LCSseq.similarity(old, new),
        "marked": marked,
        "moved": moved,
        "gives_back": _gives_back(comparison),
        "record_gives_back": _record_gives_back(comparison),
        "is_exact": len(old) * len(new) <= _MATRIX_LIMIT,  # beyond it only rare words are compared
    }


def _row_marks(row: Row) -> tuple[int, int, int]:
    """Return how many words a row marks as removed or added, how many as moved, and how many it keeps."""
    old, new = _row_chars(row.old), _row_chars(row.new)
    marked = moved = kept = 0
    for span in row.spans:
        if span.op is Op.KEEP:
            kept += _count(new[span.new_start : span.new_end])
            continue
        count = _count(old[span.old_start : span.old_end]) + _count(new[span.new_start : span.new_end])
        marked += 0 if span.moved else count
        moved += count if span.moved else 0
    return marked, moved, kept


def _out_of_order(comparison: Comparison, kept: Sequence[int]) -> int:
    """Return how many kept words stand outside the longest run of changes whose clauses have kept their order.

    Args:
        comparison: the comparison.
        kept: how many words each of its changes keeps.
    """
    old_at = {id(clause): at for at, clause in enumerate(comparison.old.clauses)}
    new_at = {id(clause): at for at, clause in enumerate(comparison.new.clauses)}
    runs = sorted(
        (new_at[id(change.new[0])], old_at[id(change.old[0])], count)
        for change, count in zip(comparison.changes, kept, strict=True)
        if change.old and change.new
    )
    best: list[int] = []
    for index, (_, old, count) in enumerate(runs):
        best.append(count + max((best[before] for before in range(index) if runs[before][1] < old), default=0))
    return sum(count for _, _, count in runs) - max(best, default=0)


def _gives_back(comparison: Comparison) -> bool:
    """Return whether every clause is in one change, and each change's rows give back the words of both its sides."""
    for side in ("old", "new"):
        whole = getattr(comparison, side).clauses
        held = [id(clause) for change in comparison.changes for clause in getattr(change, side)]
        if sorted(held) != sorted(map(id, whole)):
            return False
    return all(
        _projected(change, Op.DELETE) == _chars(change.old) and _projected(change, Op.INSERT) == _chars(change.new)
        for change in comparison.changes
    )


def _projected(change: Change, keeps: Op) -> str:
    """Return one side of a change: what both sides keep, taken from the other side, and what this one has alone."""
    if not change.rows:
        return _chars(change.new if keeps is Op.DELETE else change.old)
    parts: list[str] = []
    for row in change.rows:
        old, new = _row_chars(row.old), _row_chars(row.new)
        own, other = (old, new) if keeps is Op.DELETE else (new, old)
        for span in row.spans:
            olds, news = slice(span.old_start, span.old_end), slice(span.new_start, span.new_end)
            own_range, other_range = (olds, news) if keeps is Op.DELETE else (news, olds)
            if span.op is Op.KEEP:
                parts.append(other[other_range])
            elif span.op is keeps:
                parts.append(own[own_range])
    return "".join(parts).replace(_BOUNDARY, "")


def _record_gives_back(comparison: Comparison) -> bool:
    """Return whether the edits of a record are the texts of its clauses, side by side, and nothing is left over."""
    record = json.loads(comparison_record(comparison))
    for change in record["changes"]:
        for side, other in (("old", "insert"), ("new", "delete")):
            told = "".join(clause["text"] for clause in change[side])
            if "".join(edit["text"] for edit in change["edits"] if edit["op"] != other) != told:
                return False
    return True


def _chars(clauses: Iterable[Clause]) -> str:
    return "".join([unit.chars for clause in clauses for unit in clause.units])


def _row_chars(units: Sequence[Unit]) -> str:
    return _BOUNDARY.join([unit.chars for unit in units])


def _count(chars: str) -> int:
    return len(chars) - chars.count(_BOUNDARY)
