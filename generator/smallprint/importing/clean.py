"""Characters that no policy may have, taken out of a draft and listed.

Saved pages are full of characters that nobody sees: soft hyphens, byte order marks, joiners. A version must not have
them, as they could hide a change (`smallprint.reading.characters`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from smallprint.importing.draft import Kind, LeftOut, Why
from smallprint.importing.inline import settled
from smallprint.importing.runs import tidy
from smallprint.reading.characters import refused_characters

if TYPE_CHECKING:
    from smallprint.importing.draft import Draft, Piece, Run

_SPACES: Final = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ENDS: Final = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def clean_draft(draft: Draft) -> Draft:
    """Return a draft as it can be written: in Unicode's usual spelling, and without what no version may have."""
    taken: Counter[str] = Counter()
    pieces = tuple(_clean_piece(piece, taken) for piece in draft.pieces)
    left_out = tuple(
        LeftOut(f"{name} ({count} times)" if count > 1 else name, Why.HIDDEN, "characters")
        for name, count in sorted(taken.items())
    )
    return replace(draft, pieces=pieces, left_out=draft.left_out + left_out)


def _clean_piece(piece: Piece, taken: Counter[str]) -> Piece:
    runs = tuple(replace(run, text=_clean(run.text, taken)) for run in piece.runs)
    cells = tuple(tidy(replace(run, text=_clean(run.text, taken)) for run in cell) for cell in piece.cells)
    return replace(piece, runs=_tidied(piece, runs), cells=cells)


def _tidied(piece: Piece, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return runs if piece.kind is Kind.PREFORMATTED else settled(tidy(runs))


def _clean(text: str, taken: Counter[str]) -> str:
    text = _ENDS.sub("\n", _SPACES.sub(" ", text))
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    while hits := refused_characters(text):
        # What stood beside a dropped character may be out of place now, so it is looked at anew.
        parts: list[str] = []
        at = 0
        for offset, width, name in hits:
            parts.append(text[at:offset])
            taken[name] += max(0, offset + width - max(offset, at))
            at = max(at, offset + width)
        text = unicodedata.normalize("NFC", "".join([*parts, text[at:]]))
    return text
