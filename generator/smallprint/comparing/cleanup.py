"""A correct comparison of words → one that reads as a person would have marked it.

A longest common subsequence is the shortest set of marks, not the clearest: it keeps a lone “the” between two replaced
phrases, and where an edit can stand in several places it takes any. Here, in this order: islands of few kept words
between larger edits become part of the edit; edits slide to where a sentence or a phrase begins; where hardly anything
is kept, all is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diff_match_patch import diff_match_patch

from smallprint.comparing.runs import Run

if TYPE_CHECKING:
    from smallprint.comparing.side import Side
    from smallprint.text import Word

_SIGN: Final = 0.4
"""How much of a word a sign counts in a kept run."""
_HARDLY: Final = 0.2
"""Where less than this share of the longer side is kept, and only in short runs, nothing is."""
_LONG_RUN: Final = 4
_LETTERS: Final = 0x4E00
"""Stand-ins for words while edits slide: ideographs, which the library takes for letters …"""
_SIGNS: Final = 0x2200
"""… and mathematical operators for signs, which it takes for places where a text may be cut."""
_SIGN_COUNT: Final = 0x100


def clean_up(old: Side, new: Side, kept: list[Run]) -> list[Run]:
    """Return the runs of words to keep, in order, given those that are equal."""
    if not kept:
        return []
    end = Run(len(old.chars), len(new.chars), 0)
    if len(kept) > 1 or not _is_at_edge(kept[0], end):
        kept = _without_islands(old, kept, end)
        if _is_hardly_kept(kept, end):
            return []
    return _slide(old, new, kept) if _can_slide(old.chars, new.chars, [*kept, end]) else kept


def _is_at_edge(run: Run, end: Run) -> bool:
    return run.old == run.new == 0 or (run.old + run.length == end.old and run.new + run.length == end.new)


def _without_islands(old: Side, kept: list[Run], end: Run) -> list[Run]:
    """Drop kept runs that are small beside the edits on both their sides, weakest first, until none is left."""
    runs = [Run(0, 0, 0), *kept, end]
    while True:
        weakest, at = 1.0, 0
        for index in range(1, len(runs) - 1):
            if runs[index].length > _LONG_RUN:
                continue
            edit = min(_edit_size(runs[index - 1], runs[index]), _edit_size(runs[index], runs[index + 1]))
            strength = 2 * _weight(old, runs[index]) / edit if edit else 1.0
            if strength < weakest:
                weakest, at = strength, index
        if not at:
            return runs[1:-1]
        del runs[at]


def _weight(old: Side, run: Run) -> float:
    """Return how many words are in a run, signs counted less."""
    return sum(1.0 if _says(word) else _SIGN for word in old.words[run.old : run.old + run.length])


def _says(word: Word) -> bool:
    """Tell a word or a number, such as “£1.5m”, from a sign."""
    return any(character.isalnum() for character in word.text)


def _edit_size(left: Run, right: Run) -> int:
    """Return how many words the edit between two kept runs marks on its larger side."""
    return max(right.old - left.old - left.length, right.new - left.new - left.length)


def _is_hardly_kept(kept: list[Run], end: Run) -> bool:
    words = sum(run.length for run in kept)
    return words < _HARDLY * max(end.old, end.new) and all(run.length < _LONG_RUN for run in kept)


def _slide(old: Side, new: Side, kept: list[Run]) -> list[Run]:
    """Move edits that could stand in several places to where a sentence or a phrase begins.

    diff-match-patch does it for characters and looks at their kind: each word becomes a letter, each sign a sign.
    """
    table = _stand_ins(old, new)
    diffs: list[tuple[int, str]] = []
    at = new_at = 0
    for run in (*kept, Run(len(old.chars), len(new.chars), 0)):
        edits = (-1, old.chars[at : run.old]), (1, new.chars[new_at : run.new])
        keep = (0, old.chars[run.old : run.old + run.length])
        diffs.extend((op, text.translate(table)) for op, text in (*edits, keep) if text)
        at, new_at = run.old + run.length, run.new + run.length
    diff_match_patch().diff_cleanupSemanticLossless(diffs)
    slid = []
    at = new_at = 0
    for op, text in diffs:
        if op == 0 and text:
            slid.append(Run(at, new_at, len(text)))
        at += len(text) if op <= 0 else 0
        new_at += len(text) if op >= 0 else 0
    return slid


def _stand_ins(old: Side, new: Side) -> dict[int, str]:
    """Return a letter or sign for each word, in the order they come, so that the result depends on the words alone."""
    table: dict[int, str] = {}
    signs = 0
    for side in (old, new):
        for word, char in zip(side.words, side.chars, strict=True):
            if ord(char) in table:
                continue
            if _says(word) or signs == _SIGN_COUNT:
                table[ord(char)] = chr(_LETTERS + len(table))
            else:
                table[ord(char)] = chr(_SIGNS + signs)
                signs += 1
    return table


def _can_slide(old_chars: str, new_chars: str, kept: list[Run]) -> bool:
    """Return whether some insertion or deletion begins or ends as the kept words beside it do."""
    at = new_at = 0
    for run in kept:
        deleted, inserted = old_chars[at : run.old], new_chars[new_at : run.new]
        edit = deleted or inserted
        if edit and not (deleted and inserted):
            before, after = old_chars[at - 1 : at] if at else "", old_chars[run.old : run.old + 1]
            if before == edit[-1] or after == edit[0]:
                return True
        at, new_at = run.old + run.length, run.new + run.length
    return False
