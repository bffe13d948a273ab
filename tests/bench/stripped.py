"""How many clauses are found where a text has lost its formatting: the newest version of each policy as plain text.

The sections of its Markdown are the yardstick. Nobody marked them for this, but the rules for menus and tables of
contents were mended with the help of this measure. What plain text cannot say counts as missed, such as a head in bold
without a sign behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report import Goal, print_table

from smallprint.importing.clean import clean_draft
from smallprint.importing.draft import Kind
from smallprint.importing.source import read_any
from smallprint.importing.structure import find_sections
from smallprint.importing.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from smallprint.importing.draft import Draft
    from smallprint.importing.structure import Section

_LEAST = 0.8
_WORD = re.compile(r"\w+")


def measure_stripped(histories: Path) -> list[Goal]:
    """Print how many sections of the newest versions are found in their bare text."""
    rows = []
    right = found = wanted = 0
    for folder in sorted(path for path in histories.iterdir() if path.is_dir()):
        newest = max(folder.glob("*.md"), default=None, key=lambda path: path.name)
        if newest is None:
            continue
        marked = clean_draft(read_any(newest.read_bytes(), newest.name, newest.name).draft)
        hand = _begins(find_sections(marked))
        ours = _begins(find_sections(clean_draft(read_text(_stripped(marked), newest.name))))
        same = len(hand & ours)
        right, found, wanted = right + same, found + len(ours), wanted + len(hand)
        rows.append([folder.name, str(len(hand)), f"{same / len(ours):.2f}", f"{same / len(hand):.2f}"])
    if not rows:
        return []
    precision, recall = right / found, right / wanted
    rows.append(["all", str(wanted), f"{precision:.2f}", f"{recall:.2f}"])
    print_table("Sections of Markdown, found in its bare text", ["policy", "sections", "precision", "recall"], rows)
    return [
        Goal(f"{name} of sections in bare text", f">= {_LEAST:g}", f"{value:.3f}", value >= _LEAST)
        for name, value in (("precision", precision), ("recall", recall))
    ]


def _stripped(draft: Draft) -> str:
    """Return a draft as plain text: a line for each paragraph, a dash for each item."""
    lines = (
        f"{'- ' if piece.kind is Kind.ITEM and piece.is_first else ''}{' '.join(piece.text.split())}"
        for section in find_sections(draft)
        for piece in section.pieces
    )
    return "\n\n".join(lines)


def _begins(sections: Iterable[Section]) -> set[int]:
    """Return before how many words each section begins."""
    begins, words = set(), 0
    for section in sections:
        begins.add(words)
        words += sum(len(_WORD.findall(piece.text)) for piece in section.pieces)
    return begins
