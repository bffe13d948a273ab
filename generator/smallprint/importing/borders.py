"""The words and numbers of a source, held against those of what was made of it: the two laws of importing.

No word is lost; and no two words become one, so that no number changes. So words count with their borders, not by their
letters.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.importing.raised import lowered_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 400
"""A longer word is listed at once, and not looked for in parts."""
_MOST_PARTS: Final = 40
_MOST_TRIED: Final = 6
_MOST_WORDS: Final = 1_000
"""Of more words that lack it is not asked whether they were cut."""


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text; raised characters are words of their own.

    >>> words_in("30¹ days")
    ['30', '1', 'days']
    """
    return _WORD.findall(lowered_again(text))


def unexplained(source: Sequence[str], known: Iterable[str], cut: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words of a source that are not known, each as often as it lacks.

    A word may have been cut in two, as where a part of it is left out. Two words that became one are not known, and
    neither is a number that was cut, unless a part of it was left out.

    Args:
        source: the words of the source, in its order.
        known: all words of what was made of it.
        cut: those of them that were left out.
    """
    has = Counter(known)
    lacking = Counter(source) - has
    if not lacking:
        return ()
    spare = has - Counter(source)
    parts = Counter(cut) & spare
    told = []
    asked = 0
    for word in source:
        if lacking[word] > 0:
            lacking[word] -= 1
            asked += 1
            if asked > _MOST_WORDS or not _is_cut(word, spare, parts):
                told.append(word)
    return tuple(told)


def _is_cut(word: str, spare: Counter[str], cut: Counter[str]) -> bool:
    """Tell whether a word is there in parts, and take the parts away."""
    if not spare or len(word) > _LONGEST:
        return False
    found = _parts(word, spare, cut)
    if found is None:
        return False
    for part in found:
        spare[part] -= 1
        if spare[part] <= 0:
            del spare[part]
        cut[part] = min(cut[part], spare[part])
    return True


def _parts(word: str, spare: Counter[str], cut: Counter[str]) -> list[str] | None:
    whole = _segments(word, spare)
    if whole and (not _cuts_number(whole) or any(cut[part] > 0 for part in whole)):
        return whole
    # What is left of the word is one word, once the parts that were left out are out of it.
    return _without(word, spare, cut, 2)


def _cuts_number(parts: list[str]) -> bool:
    return any(one[-1].isdigit() and other[0].isdigit() for one, other in pairwise(parts))


def _without(word: str, spare: Counter[str], cut: Counter[str], most: int) -> list[str] | None:
    inside = sorted((part for part in cut if cut[part] > 0 and part in word), key=len, reverse=True)[:_MOST_TRIED]
    for part in inside:
        spare[part] -= 1
        cut[part] -= 1
        found = _rest(word, part, spare, cut, most)
        spare[part] += 1
        cut[part] += 1
        if found is not None:
            return [part, *found]
    return None


def _rest(word: str, part: str, spare: Counter[str], cut: Counter[str], most: int) -> list[str] | None:
    """Return what a word consists of without a part that was left out."""
    at = word.find(part)
    while at >= 0:
        rest = word[:at] + word[at + len(part) :]
        if not rest or spare[rest] > 0:
            return [rest] if rest else []
        found = _segments(rest, spare) or (_without(rest, spare, cut, most - 1) if most else None)
        if found:
            return found
        at = word.find(part, at + 1)
    return None


def _segments(word: str, spare: Counter[str]) -> list[str] | None:
    """Return spare words that make up a word one after the other."""
    dead: set[int] = set()
    stack: list[tuple[int, list[str]]] = [(0, [])]
    tries = 0
    while stack:
        at, found = stack.pop()
        if at == len(word):
            return found
        tries += 1
        if at in dead or tries > _LONGEST or len(found) > _MOST_PARTS:
            continue
        ends = [end for end in range(at + 1, len(word) + 1) if spare[word[at:end]] > found.count(word[at:end])]
        if not ends:
            dead.add(at)
        stack.extend((end, [*found, word[at:end]]) for end in ends)
    return None
