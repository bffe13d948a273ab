"""A Word file (`.docx`) → a draft."""

from __future__ import annotations

from typing import Final

from smallprint.errors import ContentError
from smallprint.importing.anchors import places_in_document
from smallprint.importing.docx_body import Body, is_initial, texts_of
from smallprint.importing.docx_book import NOTES, Book
from smallprint.importing.docx_lists import settle_lists
from smallprint.importing.docx_notes import read_notes
from smallprint.importing.docx_package import Package
from smallprint.importing.docx_raised import spread
from smallprint.importing.docx_revisions import Tracked, View, count_changes
from smallprint.importing.docx_styles import Styles, raised
from smallprint.importing.docx_xml import Element, below, child, children, name, value
from smallprint.importing.draft import Draft, Kind, Piece, Run, Why
from smallprint.importing.lost import missing_from_text
from smallprint.importing.struck import Struck, struck_kept
from smallprint.reading.codes import make_fault

__all__ = ["View", "missing", "read_docx"]

_LEFT_OUT: Final = {"comments": Why.COMMENT, "header": Why.FOOTER, "footer": Why.FOOTER}
"""Parts whose text is no text of the policy."""
_RAISING: Final = frozenset({"w:r", "m:sup", "m:sub"})
_GAPS: Final = ("w:p", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "m:num", "m:den", "m:e")
"""What stands between words."""


def read_docx(data: bytes, shown: str, *, view: View | None = None, struck: Struck = Struck.DROP) -> Draft:
    """Read a Word file.

    Args:
        data: Its bytes.
        shown: What faults call it.
        view: As what to read tracked changes.
        struck: What becomes of text that is struck through.

    Raises:
        ContentError: It is no Word file, or one that is refused; or it has tracked changes, and no view was chosen.
    """
    package = Package(data, shown)
    tracked = Tracked()
    for part in _stories(package):
        tracked += count_changes(package.tree(part))
    if view is None and tracked.is_of_text:
        raise _undecided(shown, tracked)
    draft, notes = _read(package, view or View.FINAL, struck)
    if view is None and tracked.formatted:
        if _read(package, View.ORIGINAL, struck)[0].pieces != draft.pieces:
            raise _undecided(shown, tracked)
        notes.append("Its tracked changes are of formatting that is not imported anyway.")
    elif view is not None and (tracked.is_of_text or tracked.formatted):
        notes.append(f"It has tracked changes ({_counted(tracked)}) and was read in the view “{view}”.")
    return Draft(draft.pieces, draft.left_out, draft.title, draft.language, notes=tuple(notes), places=draft.places)


def missing(data: bytes, draft: Draft) -> tuple[str, ...]:
    """Return the words of a Word file that are neither in a draft of it nor left out of it.

    Raised and lowered digits are words by themselves, in the file and in the draft.

    Args:
        data: The file's bytes, which could be read.
        draft: What was read of it, in any view.
    """
    package = Package(data, "")
    styles = Book(package, View.FINAL).styles
    related = [part for kind in _LEFT_OUT for part in package.related(package.main, kind)]
    texts = (
        _gap(each) if name(each) in _GAPS else _spread(each, styles)
        for part in (*_stories(package), *related)
        for each in below(package.tree(part), "w:t", "w:delText", "m:t", *_GAPS)
    )
    known = [*(piece.text for piece in draft.pieces), *(left.text for left in draft.left_out)]
    numbered = (Piece(Kind.ITEM, number=piece.number) for piece in draft.pieces if piece.number)
    pieces = (*(Piece(Kind.PARAGRAPH, (Run(spread(text)),)) for text in known), *numbered)
    return missing_from_text("".join(texts), Draft(pieces))


def _gap(element: Element) -> str:
    """Return what stands between two words by an element; nothing behind a large first letter."""
    before = next((each for each in element.itersiblings(preceding=True) if name(each) == "w:p"), None)
    is_joined = name(element) == "w:p" and before is not None and is_initial(before)
    return "" if is_joined else " "


def _spread(element: Element, styles: Styles) -> str:
    """Return the text of an element, digits that are raised or lowered apart from what they stand beside."""
    is_kept = value(element, "xml:space") == "preserve" or name(element) == "m:t"
    # Word drops other white space of XML at the ends of a text.
    text = spread((element.text or "") if is_kept else (element.text or "").strip(" \t\r\n"))
    run = next((each for each in element.iterancestors() if name(each) in _RAISING), None)
    if run is None or any(char.isalpha() for char in text):
        return text
    properties = child(run, "w:rPr")
    paragraph = next((each for each in run.iterancestors() if name(each) == "w:p"), None)
    named = (styles.get(value(child(properties, "w:rStyle"))), styles.of_paragraph(child(paragraph, "w:pPr")))
    levels = (raised(properties), *(style.raised for style in named))
    is_raised = name(run) != "w:r" or next((level for level in levels if level is not None), 0)
    return f" {text} " if is_raised else text


def _stories(package: Package) -> list[str]:
    """Return the parts that text is imported from."""
    return [package.main, *(part for kind in NOTES for part in package.related(package.main, f"{kind}s"))]


def _read(package: Package, view: View, struck: Struck) -> tuple[Draft, list[str]]:
    """Read a file in one view; also return what a person should know."""
    book = Book(package, view, struck=struck)
    story = book.story(package.main)
    places = places_in_document(story)
    body = Body(book, package.main).read(story)
    pieces = (*settle_lists(body), *read_notes(book))
    for kind, why in _LEFT_OUT.items():
        for part in book.parts(kind):
            _leave_out(book, part, why)
    for target, part in package.templates.items():
        book.leave_out(f"Template: {target}", Why.TEMPLATE, part)
    notes = []
    if pictures := book.counts["pictures"]:
        notes.append(f"{pictures} picture{'s' if pictures > 1 else ''} left out.")
    if kept := struck_kept(book.struck_kept):
        notes.append(kept)
    for form, language in book.numbering.unknown:
        notes.append(
            f"Word shows automatic numbers in the form “{form}” in the language “{language or 'unknown'}”, which is "
            "not known here: they are in digits. Compare them with the source."
        )
    core = package.tree("docProps/core.xml")
    title = "" if core is None else " ".join("".join(each.text or "" for each in below(core, "dc:title")).split())
    return Draft(pieces, tuple(book.left_out), title, book.styles.language, places=places), notes


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
