"""What of a source is nowhere in what was made of it: the check that no word gets lost.

The words of a source are found by other means than the readers', so that a mistake of theirs cannot hide itself.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from smallprint.importing.borders import unexplained, words_in
from smallprint.importing.draft import Kind
from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smallprint.importing.draft import Draft, Piece
    from smallprint.model import Clause
    from smallprint.text import Unit

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
_RAISED: Final = re.compile(r"</?su[bp]\b[^<>]*>", re.IGNORECASE)
_ENDING: Final = re.compile(
    r"(?<=\d)<sup>\s*((?:st|nd|rd|th|er|re|e|o|a|os|as|[eè]me|te|de|ª|º)\.?)\s*</sup>", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"(?<!\\)[\[\]]")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def missing_from_text(text: str, draft: Draft) -> tuple[str, ...]:
    """Return the words of a plain text that are neither in a draft nor left out of it."""
    return unexplained(words_in(text), words_in("\n".join(_lines_of_draft(draft))), _cut(draft))


def missing_from_markdown(text: str, draft: Draft) -> tuple[str, ...]:
    """Return the words of Markdown that are neither in a draft nor left out of it."""
    shown = _FRONT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"), count=1)
    lines = (re.sub(r"[*_`]+", "", line) for line in _lines_of_draft(draft, is_numbered=False))
    known = words_in("\n".join(lines))
    # Marks may be within a word or between two; what is whole in one of both readings is whole.
    found: tuple[str, ...] = ()
    for gap in (" ", ""):
        found = unexplained(words_in(_bare(shown, gap)), known, _cut(draft))
        if not found:
            break
    return found


def _bare(text: str, gap: str) -> str:
    """Return Markdown without its marks, with a gap in the place of each."""
    text = _RAISED.sub(" ", _ENDING.sub(r"\1", text))
    for pattern in _UNSEEN:
        text = pattern.sub(gap if pattern is not _UNSEEN[-1] else "", text)
    if not gap:
        text = _BRACKET.sub("", text)
    return html.unescape(_ESCAPE.sub(r"\1", text))


def missing_from_version(pieces: Iterable[Piece], clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return the words of pieces that are not in the clauses written of them."""
    said = [text for clause in clauses for unit in clause.units for text in _texts(unit)]
    numbers = [str(unit.path[-1].number) for clause in clauses for unit in clause.units if unit.path]
    source = words_in("\n".join(piece.text for piece in pieces))
    return unexplained(source, words_in("\n".join([*said, *numbers])))


def _texts(unit: Unit) -> Iterator[str]:
    """Yield the text of a unit, that of each cell by itself."""
    if not unit.cells:
        yield unit.plain
    starts = (0, *unit.cells[:-1])
    for start, end in zip(starts, unit.cells, strict=False):
        yield plain_text(unit.words[start:end])


def _cut(draft: Draft) -> list[str]:
    return words_in("\n".join(left.text for left in draft.left_out))


def _lines_of_draft(draft: Draft, *, is_numbered: bool = True) -> list[str]:
    lines = [f"{_number(piece) if is_numbered else ''}{piece.text}" for piece in draft.pieces]
    return lines + [left.text for left in draft.left_out]


def _number(piece: Piece) -> str:
    return f"{piece.number}. " if piece.kind is Kind.ITEM and piece.number else ""
