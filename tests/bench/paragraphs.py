"""A text without ids → its paragraphs; a comparison → which old paragraph it shows as carried on by which new one.

A paragraph is what is paired: a paragraph, heading, list item or table row that has a word. It is known by its place
among those of its text, and by a hash of its words.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from smallprint.comparing.runs import common_runs
from smallprint.comparing.side import row_words
from smallprint.model import Op
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from smallprint.model import Change, Clause, Comparison, Row, Version
    from smallprint.text import Unit

Pairs = set[tuple[int, int]]
"""Places of old paragraphs, each with that of a new one that carries it on."""

SHARE = 0.2
"""Two paragraphs belong together where so much of the shorter one is kept in the other, or moved there."""
_SEEN = 3
"""In a run of so many words readers see the same words in another formatting."""
_MARK = re.compile(r"[ \t]*\{#[^{}\n]*\}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Text:
    """One side of a pair: a version, and its paragraphs in order."""

    version: Version
    units: tuple[Unit, ...]

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each paragraph, in small letters, without signs and formatting."""
        return tuple(plain_words(unit) for unit in self.units)

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """What each paragraph is known by."""
        return tuple(words_digest(words) for words in self.words)


def plain_words(unit: Unit) -> tuple[str, ...]:
    """Return the words of a unit, in small letters, without signs and formatting."""
    return tuple(_WORD.findall(unit.plain.lower()))


def words_digest(words: Iterable[str]) -> str:
    """Return what a paragraph is known by: the first 16 hex digits of the SHA-256 of its words, a space between two."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def read_stripped(path: Path) -> Text:
    """Read a text as `smallprint diff` does, with all marks such as `{#id was="…"}` taken out before."""
    return as_text(_read(_MARK.sub("", path.read_text(encoding="utf-8")), path))


def read_with_ids(path: Path) -> Text:
    """Read a text with its ids; its paragraphs are those of `read_stripped`."""
    return as_text(_read(path.read_text(encoding="utf-8"), path))


def as_text(version: Version) -> Text:
    """Return a version with its paragraphs."""
    return Text(version, tuple(unit for clause in version.clauses for unit in clause.units if plain_words(unit)))


def found_pairs(comparison: Comparison) -> Pairs:
    """Return the paragraphs that a comparison shows as one carrying on the other.

    That is what a reader sees: two paragraphs that stand alone beside each other in a row; and two that have enough
    words of the shorter one in common, kept in a row of several paragraphs or shown as moved from one to the other.
    """
    olds, news = _places(comparison.old.clauses), _places(comparison.new.clauses)
    pairs: Pairs = set()
    shared: Counter[tuple[int, int]] = Counter()
    lengths: tuple[dict[int, int], dict[int, int]] = ({}, {})
    moved: dict[int, tuple[Counter[int], Counter[int]]] = {}
    for change in comparison.changes:
        old_at, new_at = _all_places(change.old, olds), _all_places(change.new, news)
        for side, clauses, places in ((0, change.old, old_at), (1, change.new, new_at)):
            units = [unit for clause in clauses for unit in clause.units]
            lengths[side].update((at, len(plain_words(unit))) for at, unit in zip(places, units, strict=True))
        if not change.rows:
            pairs.update(zip(old_at, new_at, strict=True))
        for row, old_here, new_here in _with_places(change, old_at, new_at):
            if len(row.old) == len(row.new) == 1:
                pairs.add((old_here[0], new_here[0]))
            _count_words(row, _owners(row.old, old_here), _owners(row.new, new_here), shared, moved)
    for old_end, new_end in moved.values():
        for i, count in old_end.items():
            for j, new_count in new_end.items():
                shared[i, j] += min(count, new_count)
    pairs |= {(i, j) for (i, j), count in shared.items() if count >= SHARE * min(lengths[0][i], lengths[1][j])}
    # Rules and pictures without words have the place -1.
    return {(i, j) for i, j in pairs if min(i, j) >= 0}


def _read(text: str, path: Path) -> Version:
    return parse_version(text, path=path.name, version_id=path.stem, strict=False)[0]


def _places(clauses: Sequence[Clause]) -> dict[int, list[int]]:
    """Return, for each clause by its identity, the place of each of its units; -1 for a unit without a word."""
    places: dict[int, list[int]] = {}
    count = 0
    for clause in clauses:
        places[id(clause)] = here = []
        for unit in clause.units:
            has_words = bool(plain_words(unit))
            here.append(count if has_words else -1)
            count += has_words
    return places


def _all_places(clauses: Sequence[Clause], places: dict[int, list[int]]) -> list[int]:
    return [place for clause in clauses for place in places[id(clause)]]


def _with_places(change: Change, old_at: list[int], new_at: list[int]) -> Iterator[tuple[Row, list[int], list[int]]]:
    """Yield each row with the places of its units, which follow each other on both sides."""
    i = j = 0
    for row in change.rows:
        i -= row.continues
        yield row, old_at[i : i + len(row.old)], new_at[j : j + len(row.new)]
        i, j = i + len(row.old), j + len(row.new)


def _count_words(
    row: Row,
    old_owners: list[int],
    new_owners: list[int],
    shared: Counter[tuple[int, int]],
    moved: dict[int, tuple[Counter[int], Counter[int]]],
) -> None:
    """Count which two paragraphs have how many kept words in common, and how many words of each end of a move.

    Words that are removed and added in one place because their formatting changed are kept words, if they are in a run
    that readers see as the same.
    """
    old_words, new_words = row_words(row.old), row_words(row.new)
    for is_kept, group in groupby(row.spans, key=lambda span: span.op is Op.KEEP):
        spans = list(group)
        removed = [at for span in spans for at in range(span.old_start, span.old_end)]
        added = [at for span in spans for at in range(span.new_start, span.new_end)]
        texts = [old_words[at].text for at in removed], [new_words[at].text for at in added]
        for run in common_runs(*texts):
            if is_kept or run.length >= _SEEN:
                olds = (old_owners[at] for at in removed[run.old : run.old + run.length])
                news = (new_owners[at] for at in added[run.new : run.new + run.length])
                shared.update(pair for pair in zip(olds, news, strict=True) if min(pair) >= 0)
        for span in spans:
            if span.moved:
                ends = moved.setdefault(span.moved, (Counter(), Counter()))
                ends[0].update(i for i in old_owners[span.old_start : span.old_end] if i >= 0)
                ends[1].update(j for j in new_owners[span.new_start : span.new_end] if j >= 0)


def _owners(units: Sequence[Unit], places: Sequence[int]) -> list[int]:
    """Return for each word of a side the place of its unit; -1 for boundaries between units, and for signs."""
    owners: list[int] = []
    for at, (unit, place) in enumerate(zip(units, places, strict=True)):
        if at:
            owners.append(-1)
        owners.extend(place if _WORD.search(word.text) else -1 for word in unit.words)
    return owners


def in_order(pairs: Iterable[tuple[int, int]]) -> Pairs:
    """Return a longest chain of pairs that runs forward on both sides: what did not move."""
    ordered = sorted(pairs)
    best: list[tuple[int, int]] = []
    for at, (_, new) in enumerate(ordered):
        length, before = max(((best[k][0], k) for k in range(at) if ordered[k][1] <= new), default=(0, -1))
        best.append((length + 1, before))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    chain: Pairs = set()
    while at >= 0:
        chain.add(ordered[at])
        at = best[at][1]
    return chain
