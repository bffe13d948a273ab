"""A review file with entries that have an older hash → the same with the hash of today in its place, and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smallprint.reviewing.edit import with_values
from smallprint.reviewing.legacy import is_legacy
from smallprint.reviewing.older import today_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.reviewing.file import Entry, ReviewFile
    from smallprint.reviewing.layout import Layout, Piece
    from smallprint.reviewing.questions import Question


def hashes_of_today(file: ReviewFile, questions: Mapping[str, Question]) -> dict[str, str]:
    """Return the hash of today for each older one in a file that is that of one change alone.

    An entry that has the hash of today already was written since, and counts before the older one.

    Args:
        file: the file.
        questions: all changes of its version.
    """
    hashes = {entry.words for entry in file.changes if is_legacy(entry.words)}
    if not hashes:
        return {}
    taken = {entry.words for entry in file.changes}
    today = today_of(hashes, (question.change for question in questions.values()))
    return {old: new for old, new in today.items() if new not in taken}


def bound_anew(file: ReviewFile, hashes: Mapping[str, str]) -> Layout:
    """Return the layout of a file with other hashes, every other character kept.

    Args:
        file: the file.
        hashes: the hash of today by the older one, for the entries that are to have it.
    """
    pieces = tuple(
        _with_words(entry, hashes[entry.words]) if entry.words in hashes else entry.piece for entry in file.changes
    )
    return replace(file.layout, changes=replace(file.layout.changes, pieces=pieces))


def _with_words(entry: Entry, words: str) -> Piece:
    at = entry.node.fields["words"].line - entry.piece.first_line
    lines = list(entry.piece.lines)
    if entry.words not in lines[at]:
        # Nobody writes a hash over several lines, or with escapes; YAML can.
        return with_values(entry, {"words": words})
    lines[at] = lines[at].replace(entry.words, words, 1)
    return replace(entry.piece, lines=tuple(lines))
