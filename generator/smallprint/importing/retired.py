"""Ids that a policy had and has no longer, with the words they stood for: a clause that comes back is known by them.

The words are kept in a file, and in memory only a few numbers of each clause, by which those that may be alike are
found. So a long history costs no more memory than its largest versions.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

from smallprint.comparing.titles import bare_title
from smallprint.importing.spool import Spool
from smallprint.words import encode, make_word, plain_chars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smallprint.importing.spool import Saved
    from smallprint.model import Clause

_RUN_WORDS: Final = 4
_SIGNS: Final = 12
"""A clause is found by this many of its runs of words, those with the smallest numbers: alike texts share some."""
_MOST: Final = 8
"""At most so many retired clauses are held against one that is new."""


@dataclass(frozen=True, slots=True)
class RetiredClause:
    """A clause that is no longer there."""

    clause_id: str
    title: str
    head: tuple[str, ...]
    """The words of its title, where that is a block of its own."""
    body: tuple[str, ...]
    """All other words."""

    @property
    def words(self) -> tuple[str, ...]:
        """What it said, in order."""
        return self.head + self.body

    @property
    def chars(self) -> str:
        """The same as one character a word, as `comparing.likeness.chars_of` gives it."""
        return _chars(self.words)

    @property
    def body_chars(self) -> str:
        """The same of what is below its title."""
        return _chars(self.body)


@dataclass(frozen=True, slots=True)
class _Entry:
    signs: array[int]
    saved: Saved


class Retired(Collection[str]):
    """The ids that no clause may get, but one that says what the one did that had it."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._entries: dict[str, _Entry] = {}
        self._by_sign: dict[int, str] = {}
        """Number → the ids of the clauses that have it, with spaces between them; nearly always it is one."""

    def __contains__(self, clause_id: object) -> bool:
        """Tell whether an id is retired."""
        return clause_id in self._entries

    def __iter__(self) -> Iterator[str]:
        """Yield the retired ids."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._entries)

    def follow(self, old: Iterable[Clause], new: Iterable[Clause]) -> None:
        """Take note of a version and the next one: what only the old one has is retired, what the new one has is not.

        Args:
            old: the clauses of a version.
            new: those of the version that comes next.
        """
        now = {str(clause.clause_id) for clause in new if clause.clause_id}
        for clause in old:
            if clause.clause_id and clause.clause_id not in now:
                self._put(clause)
        for clause_id in now:
            self._drop(clause_id)

    def near(self, clause: Clause) -> Iterator[RetiredClause]:
        """Yield the retired clauses that may be the same as a new one, those that share the most with it first."""
        found: Counter[str] = Counter()
        for sign in _signs(clause.title, _words(clause)):
            found.update(self._by_sign.get(sign, "").split())
        for clause_id, _ in sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST]:
            title, head, body = json.loads(self._entries[clause_id].saved.read())
            yield RetiredClause(clause_id, title, tuple(head), tuple(body))

    def _put(self, clause: Clause) -> None:
        clause_id = str(clause.clause_id)
        self._drop(clause_id)
        head, body = _parted(clause)
        signs = _signs(clause.title, [*head, *body])
        data = json.dumps([clause.title, head, body], ensure_ascii=False).encode("utf-8", errors="surrogatepass")
        self._entries[clause_id] = _Entry(array("L", signs), self._spool.put(data))
        for sign in signs:
            others = self._by_sign.get(sign)
            self._by_sign[sign] = f"{others} {clause_id}" if others else clause_id

    def _drop(self, clause_id: str) -> None:
        entry = self._entries.pop(clause_id, None)
        for sign in entry.signs if entry else ():
            others = [other for other in self._by_sign.pop(sign).split() if other != clause_id]
            if others:
                self._by_sign[sign] = " ".join(others)


def _parted(clause: Clause) -> tuple[list[str], list[str]]:
    """Return the words of a clause's title and those of its text."""
    parts: tuple[list[str], list[str]] = ([], [])
    for block in clause.blocks:
        for unit in block.units:
            parts[0 if block.is_title else 1].extend(word.text for word in unit.words)
    return parts


def _words(clause: Clause) -> list[str]:
    head, body = _parted(clause)
    return head + body


def _signs(title: str, words: Sequence[str]) -> list[int]:
    """Return the numbers by which a text is found again; the same on every machine."""
    low = [word.casefold() for word in words]
    runs = {_number(" ".join(low[at : at + _RUN_WORDS])) for at in range(max(1, len(low) - _RUN_WORDS + 1))}
    bare = bare_title(title)
    return sorted({*sorted(runs)[:_SIGNS], *([_number(f"title: {bare}")] if bare else [])})


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", errors="surrogatepass"))


def _chars(words: Iterable[str]) -> str:
    return plain_chars(encode([make_word(word) for word in words]))
