"""What all readers of one Word file share: its parts, styles and lists, and what is left out of the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from smallprint.importing.docx_numbering import Numbering, number_as
from smallprint.importing.docx_revisions import View, resolve
from smallprint.importing.docx_styles import Styles
from smallprint.importing.docx_xml import Element, child, number, value
from smallprint.importing.draft import LeftOut, Why
from smallprint.importing.struck import Struck

if TYPE_CHECKING:
    from smallprint.importing.docx_package import Package

_LABEL: Final = re.compile(r"[^\[\]\s\\`]{1,20}")
"""What may be the label of a note in Markdown."""
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
    struck: Struck = Struck.DROP
    struck_kept: list[str] = field(default_factory=list)
    """Struck text that was kept."""
    note_labels: dict[tuple[str, str], str] = field(default_factory=dict)
    """The notes that the text refers to, by kind and id, in order, with the label each has there."""

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

    def note_label(self, kind: str, note_id: str, own: str = "") -> str:
        """Return the label by which the text refers to a note; no two notes have the same.

        Args:
            kind: `footnote` or `endnote`.
            note_id: Which of them.
            own: The mark that the text brings for it; empty where Word numbers it.
        """
        key = kind, note_id
        if key not in self.note_labels:
            number = self._note_starts[kind] + self.counts[kind]
            shown = own or number_as(self._note_forms[kind], number, self.language)
            self.counts[kind] += not own
            label = shown if _LABEL.fullmatch(shown) else str(number)
            while label in self.note_labels.values():
                label = f"{kind[0]}{label}"
            self.note_labels[key] = label
        return self.note_labels[key]

    @property
    def language(self) -> str:
        """The language of the document, as a tag; empty if it does not say."""
        return self.styles.language or value(child(self._root_of("settings"), "w:themeFontLang"))

    def _root_of(self, kind: str) -> Element:
        parts = self.parts(kind)
        return self.package.tree(parts[0]) if parts else None
