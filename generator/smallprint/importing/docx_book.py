"""What all readers of one Word file share: its parts, styles and lists, and what is left out of the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_numbering import Numbering, number_as
from smallprint.importing.docx_revisions import View, resolve
from smallprint.importing.docx_styles import Styles
from smallprint.importing.docx_xml import Element, child, number, value
from smallprint.importing.draft import LeftOut, Why

if TYPE_CHECKING:
    from smallprint.importing.docx_package import Package

NOTES: Final = {"footnote": "decimal", "endnote": "lowerRoman"}
"""The kinds of notes, and how Word numbers them unless it is told otherwise."""


@dataclass
class Book:
    """One Word file while it is read."""

    package: Package
    view: View
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    left_out: list[LeftOut] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """How many pictures and notes of each kind there are so far."""
    note_marks: dict[tuple[str, str], str] = field(default_factory=dict)
    """The notes that the text refers to, by kind and id, in order, with the mark each has there."""

    def __post_init__(self) -> None:
        """Read styles, lists and settings."""
        self.styles = Styles(self._root_of("styles"))
        self.numbering = Numbering(self._root_of("numbering"))
        settings = self._root_of("settings")
        self._note_forms = {
            kind: value(child(settings, f"w:{kind}Pr", "w:numFmt")) or form for kind, form in NOTES.items()
        }
        self._note_starts = {kind: number(child(settings, f"w:{kind}Pr", "w:numStart")) or 1 for kind in NOTES}

    def story(self, part: str) -> Element:
        """Return the root of a part as the view shows it; none where there is no such part."""
        root = self.package.tree(part)
        if root is None:
            return None
        resolved, left_out = resolve(root, self.view, part)
        self.left_out += left_out
        return resolved

    def parts(self, kind: str) -> list[str]:
        """Return the names of the parts of a kind that the text refers to, in order of their names."""
        return sorted(self.package.related(self.package.main, kind))

    def leave_out(self, text: str, why: Why, place: str, *, is_sure: bool = True) -> None:
        """Take down text that is not imported."""
        text = " ".join(text.split())
        if text:
            self.left_out.append(LeftOut(text, why, place, is_sure))

    def note_mark(self, kind: str, note_id: str, *, is_own: bool) -> str:
        """Return what stands in the text where it refers to a note; nothing where the text brings its own mark."""
        key = kind, note_id
        if key not in self.note_marks:
            mark = number_as(self._note_forms[kind], self._note_starts[kind] + self.counts[kind])
            self.note_marks[key] = "" if is_own else mark
            self.counts[kind] += not is_own
        return self.note_marks[key]

    def _root_of(self, kind: str) -> Element:
        parts = self.parts(kind)
        return self.package.tree(parts[0]) if parts else None
