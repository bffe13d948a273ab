"""A text without ids → its paragraphs; a comparison → which old paragraph it shows as carried on by which new one.

A paragraph is what is paired: a paragraph, heading, list item or table row that has a word. It is known by its place
among those of its text, and by a hash of its words.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

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
"""In a row of several paragraphs, two belong together where so much of the shorter one is kept in the other."""
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

    That is what a reader sees: two paragraphs that stand beside each other in a row, and what is shown as moved from
    one to the other. In a row of several paragraphs, two count where enough of the shorter one is kept in the other.
    """
    olds, news = _places(comparison.old.clauses), _places(comparison.new.clauses)
    pairs: Pairs = set()
    moved: dict[int, tuple[list[int], list[int]]] = {}
    for change in comparison.changes:
        old_at, new_at = _all_places(change.old, olds), _all_places(change.new, news)
        if not change.rows:
            pairs.update(zip(old_at, new_at, strict=True))
            continue
        for row, old_here, new_here in _with_places(change, old_at, new_at):
            pairs.update((old_here[i], new_here[j]) for i, j in _beside(row))
            if row.moved:
                ends = moved.setdefault(row.moved, ([], []))
                ends[0].extend(old_here)
                ends[1].extend(new_here)
    for old_end, new_end in moved.values():
        pairs.update(zip(old_end, new_end, strict=True))
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


def _beside(row: Row) -> Iterator[tuple[int, int]]:
    """Yield the positions of the units of a row that belong together."""
    if len(row.old) == len(row.new) == 1:
        yield 0, 0
        return
    if not row.old or not row.new:
        return
    old_owner, new_owner = _owners(row.old), _owners(row.new)
    kept: dict[tuple[int, int], int] = {}
    for span in row.spans:
        if span.op is Op.KEEP:
            for step in range(span.old_end - span.old_start):
                i, j = old_owner[span.old_start + step], new_owner[span.new_start + step]
                if min(i, j) >= 0:
                    kept[i, j] = kept.get((i, j), 0) + 1
    olds, news = ([max(1, len(plain_words(unit))) for unit in side] for side in (row.old, row.new))
    for (i, j), count in kept.items():
        if count >= SHARE * min(olds[i], news[j]):
            yield i, j


def _owners(units: Sequence[Unit]) -> list[int]:
    """Return for each word of a side which unit it stands in; -1 for boundaries between units, and for signs."""
    owners: list[int] = []
    for at, unit in enumerate(units):
        if at:
            owners.append(-1)
        owners.extend(at if _WORD.search(word.text) else -1 for word in unit.words)
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
