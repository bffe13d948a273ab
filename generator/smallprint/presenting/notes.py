"""Footnotes in HTML: references and notes that lead to each other, whatever a page shows of them.

A reference and its note are first made as their words say, each by itself. Which of them a page holds, and how often,
is known once all of it is made: then every `id` is given once, and every link leads to what is there.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smallprint.model import Change

GONE: Final = "footnote gone"
"""The kind of container that a footnote has in a redline where the new version has none in its place."""
REFERENCE_CLOSING: Final = "</a></sup>"
NOTE_CLOSING: Final = "</aside>"

_GONE_CLASS: Final = "clause-note gone"
_REFERENCE: Final = re.compile(r'<sup class="noteref"><a href="#_note-([^"]*)" role="doc-noteref">(<del>)?')
_NOTE: Final = re.compile(
    r'<aside class="(clause-note(?: gone)?)" id="_note-([^"]*)" role="doc-footnote">'
    r'<a class="note-label" href="#_ref-[^"]*" role="doc-backlink" aria-label="([^"]*)">'
)
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9-]")


def reference_opening(label: str) -> str:
    """Return what stands before the words of a reference."""
    return f'<sup class="noteref"><a href="#_note-{_name(label)}" role="doc-noteref">'


def note_opening(label: str, *, is_gone: bool) -> str:
    """Return what stands before the first paragraph of a note: its label leads back to the text."""
    name = _name(label)
    shown = escape(f"[{label}]")
    kind = _GONE_CLASS if is_gone else "clause-note"
    return (
        f'<aside class="{kind}" id="_note-{name}" role="doc-footnote"><a class="note-label" href="#_ref-{name}" '
        f'role="doc-backlink" aria-label="{shown} Back to the text">{shown}</a>'
    )


def _name(label: str) -> str:
    """Return a label as a part of an `id`; two labels never have the same."""
    return _UNSAFE.sub(lambda match: f"_{ord(match.group()):x}_", label)


def carried_labels(changes: Iterable[Change]) -> dict[str, str]:
    """Map labels of notes of the old side to those of the notes that carry them on."""
    carried: dict[str, str] = {}
    for change in changes:
        for row in change.rows:
            if row.old and row.new and row.old[0].path and row.new[0].path:
                old, new = row.old[0].path[0], row.new[0].path[0]
                if old.kind == new.kind == "footnote":
                    carried.setdefault(old.label, new.label)
    return carried


def settle_notes(parts: Sequence[str], carried: Mapping[str, str] | None = None) -> list[str]:
    """Return the parts of a page's HTML, with references and notes that lead to each other.

    Args:
        parts: all that may hold references or notes, in the order of the page.
        carried: labels of removed references → labels of the notes that took the place of theirs, where known.
    """
    if not any("_note-" in part for part in parts):
        return list(parts)
    names = {_name(old): _name(new) for old, new in (carried or {}).items()}
    page = _Page({_id(match) for part in parts for match in _NOTE.finditer(part)}, names)
    referred = [_REFERENCE.sub(page.reference, part) for part in parts]
    return [_NOTE.sub(page.note, part) for part in referred]


def _id(note: re.Match[str]) -> str:
    return f"{note[2]}_old" if note[1] == _GONE_CLASS else note[2]


class _Page:
    def __init__(self, notes: set[str], carried: Mapping[str, str]) -> None:
        self.notes = notes
        self.carried = carried
        self.referred: set[str] = set()
        self.shown: set[str] = set()

    def reference(self, match: re.Match[str]) -> str:
        """Lead a reference to its note; the first one to a note is where that leads back to."""
        name, removed = match[1], match[2] or ""
        if removed:
            name = f"{name}_old" if f"{name}_old" in self.notes else self.carried.get(name, name)
        if name not in self.notes:
            return f'<sup class="noteref"><a>{removed}'
        own = "" if name in self.referred else f' id="_ref-{name}"'
        self.referred.add(name)
        return f'<sup class="noteref"><a href="#_note-{name}"{own} role="doc-noteref">{removed}'

    def note(self, match: re.Match[str]) -> str:
        """Give a note its `id`, once where it is cut in two, and lead it back."""
        name = _id(match)
        own = "" if name in self.shown else f' id="_note-{name}"'
        self.shown.add(name)
        # A reference that stayed leads to the note of the new text; one that is gone leads back to it all the same.
        back = name if name in self.referred else match[2]
        link = f' href="#_ref-{back}" role="doc-backlink" aria-label="{match[3]}"' if back in self.referred else ""
        return f'<aside class="{match[1]}"{own} role="doc-footnote"><a class="note-label"{link}>'
