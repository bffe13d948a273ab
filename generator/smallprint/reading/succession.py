"""What clause ids promise from version to version: never used again for something else, and `was` names what stood."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from smallprint.reading.codes import lines_of, make_fault
from smallprint.reading.fields import near_miss

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from smallprint.errors import Fault
    from smallprint.model import Clause, ClauseId, Version, VersionId

_SAME: Final = 0.5
"""A clause that shares less than this part of its words with the one that had its id before is another clause."""
_MAX_HINTS: Final = 20
"""In how many faults of a version the nearest id is looked for, which takes a while."""


def check_succession(versions: Sequence[Version], faulty: Collection[str] = ()) -> Iterator[Fault]:
    """Yield the faults of ids that show only beside other versions.

    Args:
        versions: All versions of a policy, oldest first.
        faulty: The names of versions some of whose ids may be missing, because they have faults of their own.
    """
    succession = Succession({version.version_id: version for version in versions}.__getitem__)
    for version in versions:
        yield from succession.add(version, is_faulty=version.version_id in faulty)


class Succession:
    """The versions of a policy, one after the other; no more than the last of them is kept."""

    def __init__(self, again: Callable[[VersionId], Version]) -> None:
        """Begin before the first version; `again` returns a version that was added before."""
        self._again = again
        self._old: Version | None = None
        self._is_old_faulty = False
        self._number = 0
        """How many versions with ids there were."""
        self._last: dict[ClauseId, tuple[int, VersionId]] = {}

    def add(self, version: Version, *, is_faulty: bool = False) -> Iterator[Fault]:
        """Yield the faults of a version's ids beside those of the versions before it.

        Args:
            version: The next version.
            is_faulty: Whether some of its ids may be missing, because it has faults of its own.
        """
        if version.has_ids:
            yield from self._reused(version)
            self._number += 1
        if self._old is None or not self._is_old_faulty:
            yield from _unknown_was(self._old, version)
        self._old, self._is_old_faulty = version, is_faulty

    def _reused(self, version: Version) -> Iterator[Fault]:
        for clause in version.clauses:
            if clause.clause_id is None:
                continue
            number, name = self._last.get(clause.clause_id, (self._number, version.version_id))
            if number < self._number - 1:
                earlier = self._again(name)
                old = next((one for one in reversed(earlier.clauses) if one.clause_id == clause.clause_id), clause)
                if not is_same_clause(words_of(old), words_of(clause)):
                    yield _reuse(version, clause, clause.clause_id, earlier)
            self._last[clause.clause_id] = (self._number, version.version_id)


def is_same_clause(old: Iterable[str], new: Iterable[str]) -> bool:
    """Tell whether a clause may have the id back that another one had, by the words of both.

    Capitals do not count: a text that comes back in other ones is the same text.
    """
    old_words, new_words = (Counter(word.casefold() for word in words) for words in (old, new))
    total = old_words.total() + new_words.total()
    return not total or 2 * (old_words & new_words).total() >= _SAME * total


def words_of(clause: Clause) -> Iterator[str]:
    """Yield the words of a clause, its title included."""
    return (word.text for unit in clause.units for word in unit.words)


def _reuse(version: Version, clause: Clause, clause_id: ClauseId, earlier: Version) -> Fault:
    line, column = _find(version, clause, rf"#({re.escape(clause_id)})(?![\w.-])")
    what = (
        f"The clause id “{clause_id}” was last used in version {earlier.version_id}, for a clause with mostly other "
        "words; links to that clause would now lead here."
    )
    remedy = "Give this clause an id that was never used before."
    return make_fault(
        "SP303", version.path, what, remedy, line=line, column=column, width=len(clause_id), text=version.source
    )


def _unknown_was(old: Version | None, new: Version) -> Iterator[Fault]:
    known = {clause.clause_id: clause for clause in old.clauses if clause.clause_id} if old else {}
    hints = 0
    for clause in new.clauses:
        for was in clause.was:
            if was in known:
                continue
            what = f"`was` names “{was}”, but this is the first version: there is none before it."
            remedy = "Delete `was=…`."
            if old:
                what = f"`was` names “{was}”, which is no clause id of the version before, {old.version_id}."
                hints += 1
                near = near_miss(was, sorted(known)) if hints <= _MAX_HINTS else ""
                remedy = (
                    f"Did you mean “{near}”?" if near else "Name ids that stand in that version, or delete `was=…`."
                )
                twin = known.get(clause.clause_id) if clause.clause_id else None
                if twin and was in twin.was:
                    remedy = "It was copied from that version, where it has said so already: delete `was=…` here."
            line, column = _find(new, clause, rf"was\s*=[^}}]*?(?<![\w.-])({re.escape(was)})(?![\w.-])")
            yield make_fault("SP304", new.path, what, remedy, line=line, column=column, width=len(was), text=new.source)


def _find(version: Version, clause: Clause, pattern: str) -> tuple[int, int]:
    """Return where the first group of a pattern stands, at the clause's first line or next above it."""
    lines = lines_of(version.source)
    for number in range(min(clause.first_line, len(lines)), 0, -1):
        if match := re.search(pattern, lines[number - 1]):
            return number, match.start(1) + 1
    return clause.first_line, 1
