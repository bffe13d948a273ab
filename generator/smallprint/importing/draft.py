"""What a source says, before it has clauses: pieces of text in reading order, and what was left out of them.

Every reader (`html`, `text`, `markdown`, `docx`) makes a `Draft`; what comes after knows nothing of where it was from.
Everything here is frozen. No text is lost on the way: what is visible in the source is in a piece, or in `left_out`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What a piece is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """The text of one list item; its `depth` says in how many lists it stands."""
    ROW = "row"
    """One row of a table that holds data; its text is in `cells`."""
    PREFORMATTED = "preformatted"
    QUOTE = "quote"
    """A paragraph of a quotation."""
    RULE = "rule"
    """A line across the page; it has no text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with one formatting.

    White space is as readers see it: single spaces, and a line feed for a forced line break.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""
    """Where a link leads; empty for text that is no link."""
    note: str = ""
    """The label of the footnote that it refers to; its text is then the label in brackets."""


NO_HEADING: Final = -1
"""Where a number of a table would be: a line that looks like a heading and is known to be none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of text."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    """1 to 6 for a heading that the source marks as one."""
    depth: int = 0
    """How many lists it stands in: 1 for an item of a list, also for a further paragraph of such an item."""
    number: int = 0
    """The visible number of an item of a numbered list; 0 for a bullet, and for a further paragraph of an item."""
    is_first: bool = True
    """Whether an item begins with it; false for a further paragraph of the same item."""
    cells: tuple[tuple[Run, ...], ...] = ()
    """The cells of a row."""
    is_header: bool = False
    """Whether a row is the header of its table."""
    table: int = 0
    """Equal numbers: rows of one table; `NO_HEADING` for a paragraph that is none, whatever it looks like."""
    line: int = 0
    """Where it stands in the source, from 1; 0 where a source has no lines."""
    note: str = ""
    """The label of the footnote that it is a block of; empty for the text itself."""

    @property
    def text(self) -> str:
        """Its text without formatting; cells are joined by a tab."""
        if self.cells:
            return "\t".join("".join(run.text for run in cell) for cell in self.cells)
        return "".join(run.text for run in self.runs)


class Why(StrEnum):
    """Why text of the source is in no piece; the value is told to people."""

    MENU = "menu or navigation"
    BANNER = "cookie banner or notice of the site"
    FOOTER = "header or footer"
    ARCHIVE = "note of a web archive"
    FORM = "form or button"
    HIDDEN = "hidden text"
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    FIELD = "field code"
    EMBEDDED = "embedded object"
    STRUCK = "struck out in the source"
    DELETED = "deleted by a tracked change"
    INSERTED = "added by a tracked change"
    TEMPLATE = "reference that is not followed"
    REPEATED = "stands twice in the source"
    OUTSIDE = "outside of the policy's text"
    LINK = "where a link leads that leads to nothing in the text"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Visible (or hidden) text that is not in the draft."""

    text: str
    why: Why
    place: str = ""
    """Where it stood, for people: `nav.menu`, `word/comments.xml`, `line 12`."""
    is_sure: bool = True
    """False where a person should look: the reason is a guess."""


@dataclass(frozen=True)
class Draft:
    """All of one source."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...] = ()
    title: str = ""
    """What the source calls itself (a page's title, a document's property); no text of the policy."""
    language: str = ""
    """A language tag that the source declares; empty where it does not."""
    url: str = ""
    """Where it was taken from, if the source says so (a canonical link, the address of an archived page)."""
    notes: tuple[str, ...] = ()
    """What a person should know, in sentences."""
    places: Mapping[str, str] = field(default_factory=dict)
    """By anchor, the words that follow each place of the source that links can lead to."""

    @property
    def struck(self) -> tuple[LeftOut, ...]:
        """The text that was left out as struck, although nobody said so."""
        return tuple(left for left in self.left_out if left.why is Why.STRUCK and not left.is_sure)
