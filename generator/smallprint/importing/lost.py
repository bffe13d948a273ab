"""What of a source is nowhere in what was made of it: the check that no word gets lost.

The words of a source are found by other means than the readers', so that a mistake of theirs cannot hide itself.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.importing.draft import Draft, Piece
    from smallprint.model import Clause

_WORD: Final = re.compile(r"\w+")
_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_UNSEEN: Final = (
    re.compile(r"^[ \t>]*\[[^\]\n]+\]:[ \t]*\S.*$", re.MULTILINE),  # the definition of a link
    re.compile(r"(?<=\])\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"),
    re.compile(r"(?<=\])\[[^\]\n]*\]"),
    re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>"),
    re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[^\n`]*$", re.MULTILINE),
    re.compile(r"^[ \t>]*(?:[0-9]{1,9}[.)][ \t]+)+", re.MULTILINE),  # lists are numbered anew
    re.compile(r"[*_`]+"),
)
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def missing_from_text(text: str, draft: Draft) -> tuple[str, ...]:
    """Return the words of a plain text that are neither in a draft nor left out of it."""
    return _less(_WORD.findall(text), _WORD.findall("\n".join(_lines_of_draft(draft))))


def missing_from_markdown(text: str, draft: Draft) -> tuple[str, ...]:
    """Return the words of Markdown that are neither in a draft nor left out of it."""
    shown = _FRONT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"), count=1)
    for pattern in _UNSEEN:
        shown = pattern.sub(" " if pattern is not _UNSEEN[-1] else "", shown)
    shown = html.unescape(_ESCAPE.sub(r"\1", shown))
    lines = (re.sub(r"[*_`]+", "", line) for line in _lines_of_draft(draft, is_numbered=False))
    return _less(_WORD.findall(shown), _WORD.findall("\n".join(lines)))


def missing_from_version(pieces: Iterable[Piece], clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return the words of pieces that are not in the clauses written of them."""
    said = [unit.plain for clause in clauses for unit in clause.units]
    numbers = [str(unit.path[-1].number) for clause in clauses for unit in clause.units if unit.path]
    return _less(_WORD.findall("\n".join(piece.text for piece in pieces)), _WORD.findall("\n".join([*said, *numbers])))


def _lines_of_draft(draft: Draft, *, is_numbered: bool = True) -> list[str]:
    lines = [f"{_number(piece) if is_numbered else ''}{piece.text}" for piece in draft.pieces]
    return lines + [left.text for left in draft.left_out]


def _number(piece: Piece) -> str:
    return f"{piece.number}. " if piece.kind is Kind.ITEM and piece.number else ""


def _less(all_words: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return words without those that are known, each as often as it is."""
    lacking = Counter(all_words)
    lacking.subtract(Counter(known))
    missing = [word for word in all_words if lacking[word] > 0]
    if not missing:
        return ()
    letters = Counter("".join(lacking.elements()))
    letters.subtract(Counter("".join((-lacking).elements())))
    if not any(count > 0 for count in letters.values()):
        return ()  # The same letters: a word was only cut in two.
    told: list[str] = []
    for word in all_words:
        if lacking[word] > 0:
            lacking[word] -= 1
            told.append(word)
    return tuple(told)
