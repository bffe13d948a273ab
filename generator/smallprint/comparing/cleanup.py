"""A correct comparison of words → one that reads as a person would have marked it.

A longest common subsequence is the shortest set of marks, not the clearest: it keeps a lone “the” between two replaced
phrases, and where an edit can stand in several places it takes any. Here, in this order: islands of few kept words
between larger edits become part of the edit; edits slide to where a sentence or a phrase begins; where hardly anything
is kept, all is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diff_match_patch import diff_match_patch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.model import Word

_HARDLY: Final = 0.2
"""Where less than this share of the longer side is kept, and only in short runs, nothing is."""
_LONG_RUN: Final = 4
_LETTERS: Final = 0x4E00
"""Stand-ins for words while edits slide: ideographs, which the library takes for letters …"""
_SIGNS: Final = 0x2200
"""… and mathematical operators for signs, which it takes for places where a text may be cut."""
_SIGN_COUNT: Final = 0x100


def clean_up(
    old: Sequence[Word],
    new: Sequence[Word],
    old_chars: str,
    new_chars: str,
    matches: list[tuple[int, int, int]],
) -> list[tuple[int, int, int]]:
    """Return the runs of words to keep, as `(old start, new start, length)`, in order.

    Args:
        old: words of the old side.
        new: words of the new side.
        old_chars: one character for each old word (`smallprint.words.encode`).
        new_chars: the same for the new side.
        matches: the runs of words that are equal, in order, as `(old start, new start, length)`.
    """
    if not matches:
        return []
    if len(matches) > 1 or not _is_at_edge(matches[0], len(old_chars), len(new_chars)):
        matches = _without_islands(old, matches, len(old_chars), len(new_chars))
        if _is_hardly_kept(matches, len(old_chars), len(new_chars)):
            return []
    return _slide(old, new, old_chars, new_chars, matches)


def _is_at_edge(match: tuple[int, int, int], old_length: int, new_length: int) -> bool:
    start, new_start, length = match
    return (start == new_start == 0) or (start + length == old_length and new_start + length == new_length)


def _without_islands(
    old: Sequence[Word], matches: list[tuple[int, int, int]], old_length: int, new_length: int
) -> list[tuple[int, int, int]]:
    """Drop kept runs that are small beside the edits on both their sides, smallest first, until none is left."""
    kept = [(0, 0, 0), *matches, (old_length, new_length, 0)]
    while True:
        weakest, at = 1.0, 0
        for index in range(1, len(kept) - 1):
            before = _edit_size(kept[index - 1], kept[index])
            after = _edit_size(kept[index], kept[index + 1])
            start, _, length = kept[index]
            weight = sum(1.0 if old[n].text[:1].isalnum() else 0.4 for n in range(start, start + length))
            if before and after and length <= _LONG_RUN:
                strength = 2 * weight / (min(before, after) + 1e-9)
                if strength < weakest:
                    weakest, at = strength, index
        if not at:
            return kept[1:-1]
        del kept[at]


def _edit_size(left: tuple[int, int, int], right: tuple[int, int, int]) -> int:
    """Return how many words the edit between two kept runs marks on its larger side."""
    return max(right[0] - left[0] - left[2], right[1] - left[1] - left[2])


def _is_hardly_kept(matches: list[tuple[int, int, int]], old_length: int, new_length: int) -> bool:
    kept = sum(length for _, _, length in matches)
    return kept < _HARDLY * max(old_length, new_length) and all(length < _LONG_RUN for _, _, length in matches)


def _slide(
    old: Sequence[Word],
    new: Sequence[Word],
    old_chars: str,
    new_chars: str,
    matches: list[tuple[int, int, int]],
) -> list[tuple[int, int, int]]:
    """Move edits that could stand in several places to where a sentence or a phrase begins."""
    if not _can_slide(old_chars, new_chars, matches):
        return matches
    stand_ins: dict[str, str] = {}
    signs = 0
    for words, chars in ((old, old_chars), (new, new_chars)):
        for word, char in zip(words, chars, strict=True):
            if char in stand_ins:
                continue
            if word.text[:1].isalnum() or signs == _SIGN_COUNT:
                stand_ins[char] = chr(_LETTERS + len(stand_ins))
            else:
                stand_ins[char] = chr(_SIGNS + signs)
                signs += 1
    table = str.maketrans(stand_ins)
    diffs: list[tuple[int, str]] = []
    at = new_at = 0
    for start, new_start, length in (*matches, (len(old_chars), len(new_chars), 0)):
        if start > at:
            diffs.append((-1, old_chars[at:start].translate(table)))
        if new_start > new_at:
            diffs.append((1, new_chars[new_at:new_start].translate(table)))
        if length:
            diffs.append((0, old_chars[start : start + length].translate(table)))
        at, new_at = start + length, new_start + length
    diff_match_patch().diff_cleanupSemanticLossless(diffs)
    slid = []
    at = new_at = 0
    for op, text in diffs:
        if op == 0 and text:
            slid.append((at, new_at, len(text)))
        at += len(text) if op <= 0 else 0
        new_at += len(text) if op >= 0 else 0
    return slid


def _can_slide(old_chars: str, new_chars: str, matches: list[tuple[int, int, int]]) -> bool:
    """Return whether some insertion or deletion begins or ends as the kept words beside it do."""
    at = new_at = 0
    for index, (start, new_start, length) in enumerate((*matches, (len(old_chars), len(new_chars), 0))):
        deleted, inserted = old_chars[at:start], new_chars[new_at:new_start]
        edit = deleted or inserted
        if edit and not (deleted and inserted):
            before = old_chars[at - 1 : at] if index else ""
            after = old_chars[start : start + 1]
            if before == edit[-1] or after == edit[0]:
                return True
        at, new_at = start + length, new_start + length
    return False
