"""Two sequences of texts → which of the one carries on which of the other.

Used twice: for the units of a clause, and for the sentences of a unit. A text is a string with one character a word
(`smallprint.words.encode`), so equality is cheap and RapidFuzz counts words. Equal texts pair first; what is left
between them is read as one run of words, and texts that share enough words in longer runs are linked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from smallprint.comparing.alike import alike_texts
from smallprint.comparing.chains import equal_pairs, heaviest_pairs
from smallprint.comparing.runs import word_runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_SAME: Final = 0.4
"""Texts are linked where what they share holds this share of the longer one …"""
_PART: Final = 0.6
"""… or this share of the shorter one, which then must have at least `_PART_WORDS` words: a split or a join."""
_PART_WORDS: Final = 6
_WHOLE: Final = 0.75
"""Of a text that was divided into short parts, or made of them, the parts hold so much."""
_SURE_WORDS: Final = 4
"""A text with so many words that is the same on both sides is the same text, however often it stands there."""
_ALONE: Final = 0.5
"""A shared word that stands alone counts as this much of one in a run, so that scattered small words link little."""


class Pairing(NamedTuple):
    """The old texts `[old_start:old_end]` beside the new texts `[new_start:new_end]`; one side may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


_Range = tuple[int, int]
Linker = Callable[[range, range, Sequence[str], Sequence[str]], list[Pairing]]
"""Given the positions between two equal texts on both sides, and all texts: the groups that belong together, in order
and apart from each other."""


def pair_texts(old: Sequence[str], new: Sequence[str], link: Linker | None = None) -> Iterator[Pairing]:
    """Yield pairings in order; every text of both sides is in exactly one.

    Args:
        old: the texts of the old side.
        new: the texts of the new side.
        link: finds what belongs together between equal texts; by shared words if not given.

    >>> [tuple(pairing) for pairing in pair_texts(["abcd", "xy"], ["abcd", "new", "xy"])]
    [(0, 1, 0, 1), (1, 1, 1, 2), (1, 2, 2, 3)]
    """
    old_end, new_end = len(old), len(new)
    start = 0
    while start < old_end and start < new_end and old[start] == new[start]:
        yield Pairing(start, start + 1, start, start + 1)
        start += 1
    while old_end > start and new_end > start and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    yield from _pair_middle(old, new, (start, old_end), (start, new_end), link or _linked_by_words)
    for step in range(len(old) - old_end):
        yield Pairing(old_end + step, old_end + step + 1, new_end + step, new_end + step + 1)


def _pair_middle(
    old: Sequence[str], new: Sequence[str], old_range: _Range, new_range: _Range, link: Linker
) -> Iterator[Pairing]:
    (old_at, old_end), (new_at, new_end) = old_range, new_range
    if old_at == old_end or new_at == new_end:
        yield from _alone(old_at, old_end, new_at, new_end)
        return
    for equal_old, equal_new in _equal_texts(old, new, old_range, new_range):
        yield from _pair_gap(old, new, (old_at, equal_old), (new_at, equal_new), link)
        yield Pairing(equal_old, equal_old + 1, equal_new, equal_new + 1)
        old_at, new_at = equal_old + 1, equal_new + 1
    yield from _pair_gap(old, new, (old_at, old_end), (new_at, new_end), link)


def _equal_texts(
    old: Sequence[str], new: Sequence[str], old_range: tuple[int, int], new_range: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the positions of equal texts, in order on both sides: those on the heaviest chain of equal and alike texts.

    Texts weigh by the words they share, so that a short one that is equal does not keep a long one that was edited from
    the one it carries on.
    """
    olds, news = old[slice(*old_range)], new[slice(*new_range)]
    pairs, equal = weigh_pairs(olds, news)
    for i, j in heaviest_pairs(pairs) if equal else ():
        if (i, j) in equal:
            yield old_range[0] + i, new_range[0] + j


def weigh_pairs(
    olds: Sequence[str], news: Sequence[str]
) -> tuple[list[tuple[int, int, float]], AbstractSet[tuple[int, int]]]:
    """Return the positions of texts that are equal or alike with the words they share, and which of them are equal.

    An empty text is like no other. Without texts that are equal there are none to be set against those that are alike.
    """
    old_counts, new_counts = Counter(olds), Counter(news)
    # What is short and is in many places says nothing about where it belongs: “Yes”, “Category | Examples”.
    sure = {
        text
        for text in old_counts
        if text and text in new_counts and (len(text) >= _SURE_WORDS or old_counts[text] == new_counts[text] == 1)
    }
    if not sure:
        return [], set()
    equal = set(equal_pairs(*([text if text in sure else None for text in side] for side in (olds, news))))
    pairs = [(i, j, float(len(olds[i]))) for i, j in equal]
    rest = [(i, text) for i, text in enumerate(olds) if text not in sure]
    new_rest = [(j, text) for j, text in enumerate(news) if text not in sure]
    if equal and rest and new_rest:
        alike = alike_texts([text for _, text in rest], [text for _, text in new_rest])
        pairs += [
            (rest[at][0], new_rest[to][0], share * max(len(rest[at][1]), len(new_rest[to][1])))
            for at, to, share in alike
        ]
    return pairs, equal


def _pair_gap(
    old: Sequence[str], new: Sequence[str], old_range: _Range, new_range: _Range, link: Linker
) -> Iterator[Pairing]:
    """Pair texts none of which has its equal in order on the other side."""
    (old_at, old_end), (new_at, new_end) = old_range, new_range
    if old_at == old_end or new_at == new_end:
        yield from _alone(old_at, old_end, new_at, new_end)
        return
    for group in link(range(old_at, old_end), range(new_at, new_end), old, new):
        yield from _alone(old_at, group.old_start, new_at, group.new_start)
        yield group
        old_at, new_at = group.old_end, group.new_end
    yield from _alone(old_at, old_end, new_at, new_end)


def _alone(old_at: int, old_end: int, new_at: int, new_end: int) -> Iterator[Pairing]:
    """Yield old texts without a counterpart, then new ones."""
    for position in range(old_at, old_end):
        yield Pairing(position, position + 1, new_at, new_at)
    for position in range(new_at, new_end):
        yield Pairing(old_end, old_end, position, position + 1)


def _linked_by_words(old_at: range, new_at: range, old: Sequence[str], new: Sequence[str]) -> list[Pairing]:
    """Link texts that share enough words; the short parts of a text too, if together they hold most of it."""
    links = []
    votes = _votes(old[old_at.start : old_at.stop], new[new_at.start : new_at.stop])
    old_totals: dict[int, float] = defaultdict(float)
    new_totals: dict[int, float] = defaultdict(float)
    for (i, j), score in votes.items():
        old_totals[i] += score
        new_totals[j] += score
    for (i, j), score in sorted(votes.items()):
        lengths = len(old[old_at[i]]), len(new[new_at[j]])
        is_part = score >= _PART * min(lengths)
        whole = old_totals[i] / lengths[0] if lengths[0] > lengths[1] else new_totals[j] / lengths[1]
        if score >= _SAME * max(lengths) or (is_part and (min(lengths) >= _PART_WORDS or whole >= _WHOLE)):
            links.append((old_at[i], new_at[j]))
    return group_links(links)


def group_links(links: Sequence[tuple[int, int]]) -> list[Pairing]:
    """Return links that run in order on both sides as groups, each apart from the next on both sides."""
    groups: list[Pairing] = []
    for i, j in links:
        last = groups[-1] if groups else Pairing(-1, -1, -1, -1)
        if i < last.old_end or j < last.new_end:
            groups[-1] = Pairing(last.old_start, max(last.old_end, i + 1), last.new_start, max(last.new_end, j + 1))
        else:
            groups.append(Pairing(i, i + 1, j, j + 1))
    return groups


def _votes(old: Sequence[str], new: Sequence[str]) -> dict[tuple[int, int], float]:
    """Weigh, for each old and new text, the words they share when each side is read as one text."""
    old_text, new_text = "".join(old), "".join(new)
    old_ends, new_ends = list(accumulate(map(len, old))), list(accumulate(map(len, new)))
    votes: dict[tuple[int, int], float] = {}
    for run in word_runs(old_text, new_text):
        position, new_position, end = run.old, run.new, run.old + run.length
        while position < end:
            i, j = bisect_right(old_ends, position), bisect_right(new_ends, new_position)
            length = min(end, old_ends[i], position + new_ends[j] - new_position) - position
            votes[i, j] = votes.get((i, j), 0) + (length if length > 1 else _ALONE)
            position, new_position = position + length, new_position + length
    return votes


def run_words(old: str, new: str) -> float:
    """Return how many words two texts share in order, those that are alone counted less."""
    return sum(run.length if run.length > 1 else _ALONE for run in word_runs(old, new))


def shared_words(old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> dict[tuple[int, int], int]:
    """Count the words of the texts that two owners share, for each owner of old texts and each of new ones.

    Args:
        old: texts in order, such as sentences, each with the number of what it stands in.
        new: the same for the new side.
    """
    votes: dict[tuple[int, int], int] = {}
    for pairing in pair_texts([text for _, text in old], [text for _, text in new]):
        for i, text in old[pairing.old_start : pairing.old_end]:
            for j, other in new[pairing.new_start : pairing.new_end]:
                votes[i, j] = votes.get((i, j), 0) + min(len(text), len(other))
    return votes
