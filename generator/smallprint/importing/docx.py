"""A Word file (`.docx`) → a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.importing.anchors import places_in_document
from smallprint.importing.docx_body import Body, Found, texts_of
from smallprint.importing.docx_book import NOTES, Book
from smallprint.importing.docx_lists import settle_lists
from smallprint.importing.docx_package import Package
from smallprint.importing.docx_revisions import Tracked, View, count_changes, has_text
from smallprint.importing.docx_xml import below, children, name, value
from smallprint.importing.draft import Draft, Kind, Piece, Run, Why
from smallprint.importing.lost import missing_from_text
from smallprint.importing.runs import tidy
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["View", "missing", "read_docx"]

_LEFT_OUT: Final = {"comments": Why.COMMENT, "header": Why.FOOTER, "footer": Why.FOOTER}
"""Parts whose text is no text of the policy."""
_GAPS: Final = ("w:p", "w:tab", "w:br", "w:cr", "w:noBreakHyphen")
"""What stands between words."""


def read_docx(data: bytes, shown: str, *, view: View | None = None) -> Draft:
    """Read a Word file.

    Args:
        data: Its bytes.
        shown: What faults call it.
        view: As what to read tracked changes.

    Raises:
        ContentError: It is no Word file, or one that is refused; or it has tracked changes, and no view was chosen.
    """
    package = Package(data, shown)
    tracked = Tracked()
    for part in _stories(package):
        tracked += count_changes(package.tree(part))
    if view is None and tracked.is_of_text:
        raise _undecided(shown, tracked)
    draft, notes = _read(package, view or View.FINAL)
    if view is None and tracked.formatted:
        if _read(package, View.ORIGINAL)[0].pieces != draft.pieces:
            raise _undecided(shown, tracked)
        notes.append("Its tracked changes are of formatting that is not imported anyway.")
    elif view is not None and (tracked.is_of_text or tracked.formatted):
        notes.append(f"It has tracked changes ({_counted(tracked)}) and was read in the view “{view}”.")
    return Draft(draft.pieces, draft.left_out, draft.title, draft.language, notes=tuple(notes), places=draft.places)


def missing(data: bytes, draft: Draft) -> tuple[str, ...]:
    """Return the words of a Word file that are neither in a draft of it nor left out of it.

    Args:
        data: The file's bytes, which could be read.
        draft: What was read of it, in any view.
    """
    package = Package(data, "")
    related = [part for kind in _LEFT_OUT for part in package.related(package.main, kind)]
    texts = (
        " " if name(each) in _GAPS else each.text or ""
        for part in (*_stories(package), *related)
        for each in below(package.tree(part), "w:t", "w:delText", "m:t", *_GAPS)
    )
    return missing_from_text("".join(texts), draft)


def _stories(package: Package) -> list[str]:
    """Return the parts that text is imported from."""
    return [package.main, *(part for kind in NOTES for part in package.related(package.main, f"{kind}s"))]


def _read(package: Package, view: View) -> tuple[Draft, list[str]]:
    """Read a file in one view; also return what a person should know."""
    book = Book(package, view)
    story = book.story(package.main)
    places = places_in_document(story)
    body = Body(book, package.main).read(story)
    found = [*body, *_notes(book)]
    pieces = tuple(settle_lists(found))
    for kind, why in _LEFT_OUT.items():
        for part in book.parts(kind):
            _leave_out(book, part, why)
    notes = []
    if pictures := book.counts["pictures"]:
        notes.append(f"{pictures} picture{'s' if pictures > 1 else ''} left out.")
    core = package.tree("docProps/core.xml")
    title = "" if core is None else " ".join("".join(each.text or "" for each in below(core, "dc:title")).split())
    return Draft(pieces, tuple(book.left_out), title, book.styles.language, places=places), notes


def _notes(book: Book) -> Iterator[Found]:
    """Yield the footnotes and endnotes that the text refers to, each behind its mark, below a line."""
    is_first = True
    for kind in NOTES:
        for part in book.parts(f"{kind}s"):
            root = book.story(part)
            notes = {value(note, "w:id"): note for note in children(root, f"w:{kind}")}
            marks = [(note_id, mark) for (of, note_id), mark in book.note_marks.items() if of == kind]
            for note_id, mark in marks:
                if note_id not in notes:
                    continue
                inside = Body(book, part).read(notes.pop(note_id))
                if is_first and inside:
                    yield Found(Piece(Kind.RULE))
                    is_first = False
                for place, each in enumerate(inside):
                    runs = tidy([Run(f"[{mark}] "), *each.piece.runs]) if mark and not place else each.piece.runs
                    yield each._replace(piece=Piece(each.piece.kind, runs, cells=each.piece.cells))
            for note in notes.values():
                if has_text(note):
                    text = " ".join(texts_of(Body(book, part).read(note)))
                    book.leave_out(text, Why.FOOTNOTE, f"{part}: a note that the text does not refer to")


def _leave_out(book: Book, part: str, why: Why) -> None:
    """List the text of a part, a line for each comment in it."""
    root = book.story(part)
    for each in list(children(root, "w:comment")) or [root]:
        book.leave_out(" ".join(texts_of(Body(book, part).read(each))), why, part)


def _undecided(shown: str, tracked: Tracked) -> ContentError:
    what = f"The document has tracked changes ({_counted(tracked)}), and nobody said as what to read it."
    remedy = (
        "Say `--view original` for the text before them, `--view final` for the text with them, or `--view marked` to "
        "see both."
    )
    return ContentError([make_fault("SP644", shown, what, remedy)])


def _counted(tracked: Tracked) -> str:
    parts = {"added": tracked.added, "removed": tracked.removed, "formatted anew": tracked.formatted}
    return ", ".join(f"{count} {word}" for word, count in parts.items() if count)
