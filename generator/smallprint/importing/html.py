"""A saved web page → a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.importing.anchors import places_in_page
from smallprint.importing.chrome import Chrome
from smallprint.importing.decoding import decode_fully
from smallprint.importing.draft import Draft, LeftOut, Piece, Why
from smallprint.importing.html_archive import address_of, archive_marks, archive_note, fence_toolbar
from smallprint.importing.html_blocks import Mark, Writer, text_of
from smallprint.importing.html_css import Sheet, is_struck, settle_flow
from smallprint.importing.html_edges import trim
from smallprint.importing.html_forms import rewrite
from smallprint.importing.html_frames import page_beside, read_frames
from smallprint.importing.html_hidden import hidden, hiding_rules
from smallprint.importing.html_links import Links, unwrap
from smallprint.importing.html_lists import nest
from smallprint.importing.html_more import More
from smallprint.importing.html_notes import read_notes
from smallprint.importing.html_parts import mark_others, parts_note
from smallprint.importing.html_single import page_in
from smallprint.importing.html_text import squeeze
from smallprint.importing.html_tree import Element, heading_level, parse
from smallprint.importing.html_walls import STATE, refuse_walls
from smallprint.importing.page_notes import settle_notes, without_note_titles
from smallprint.importing.visible import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smallprint.importing.html_frames import Frame


def read_html(  # noqa: PLR0913 - what a person may say of a page
    data: bytes,
    shown: str,
    *,
    url: str = "",
    declared: str = "",
    only: Sequence[str] = (),
    struck: str = "",
    beside: Callable[[str], bytes | None] | None = None,
) -> Draft:
    """Read a saved page.

    Args:
        data: The page's bytes.
        shown: What faults call it.
        url: The address it was taken from, if it is known; links are read relative to it.
        declared: Its encoding, where a person or a server named it.
        only: Ids of the parts to read, on a page that holds several documents; all of it where none are given.
        struck: What becomes of text that is struck out, `keep` or `drop`; where nobody says, it is left out as a guess.
        beside: The path of a file, relative to the page → its bytes, for the pages in frames that were saved with it.

    Returns:
        Its text in pieces, and all that was left out.

    Raises:
        ContentError: It cannot be decoded, goes beyond the bounds, or is no policy but a login or an error page.
        UsageError: The page has no part with one of the ids.
    """
    page = page_in(data)
    decoded = decode_fully(page.data, shown, declared or page.encoding)
    root = parse(fence_toolbar(decoded.text), shown)
    frames = read_frames(
        root, shown, page_beside(beside, lambda data: decode_fully(data, shown, "").text) if beside else None
    )
    sheet = Sheet(decoded.text)
    settle_flow(root, sheet)
    told = rewrite(root, sheet)
    read_notes(root, sheet)
    title = _title(root)
    address = unwrap(url or page.url) or address_of(decoded.text, root)
    more = More()
    marks = _marks(root, decoded.text, more)
    if struck != "keep":
        marks = _struck(root, sheet, marks, is_sure=struck == "drop") | marks
    note = "" if only else parts_note(root, marks)
    if only:
        marks = {**mark_others(root, only), **marks}
    stream = trim(_writer(root, address, marks, sheet).write(root))
    frames = [frame for frame in frames if not _is_marked(frame.element, marks)]
    refuse_walls(root, stream, title, shown, has_data=bool(STATE.search(decoded.text)), frames=frames)
    pieces = without_note_titles(settle_notes(tuple(nest(item for item in stream if isinstance(item, Piece)))))
    left_out = [item for item in stream if isinstance(item, LeftOut)] + [_elsewhere(frame) for frame in frames]
    dropped = [LeftOut(piece.text, Why.FOOTNOTE, "the title of the notes") for piece in pieces[1]]
    notes = tuple(filter(None, (decoded.note, archive_note(decoded.text), note, *told, _opened(more))))
    language, places = root.get("lang").strip(), places_in_page(root)
    return Draft(pieces[0], (*left_out, *dropped), title, language, address, notes, places)


def missing_from_page(data: bytes, draft: Draft, declared: str = "") -> tuple[str, ...]:
    """Return the words of a page that a simpler reader sees in it and a draft has nowhere, as where markup is broken.

    Args:
        data: The page's bytes, which `read_html` could read.
        draft: What was read of it.
        declared: Its encoding, as given to `read_html`.
    """
    page = page_in(data)
    return missing(decode_fully(page.data, "", declared or page.encoding).text, draft)


def _marks(root: Element, text: str, more: More) -> dict[Element, Mark]:
    marks = dict(archive_marks(root))
    marks |= dict(hidden(root, hiding_rules(text), more))
    for control in more.controls:
        marks.setdefault(control, Mark(Why.FORM))
    return Chrome(root, marks).marks()


def _struck(root: Element, sheet: Sheet, marks: Mapping[Element, Mark], *, is_sure: bool) -> dict[Element, Mark]:
    """Return the marks of what is struck out, outermost only."""
    found: dict[Element, Mark] = {}
    stack = [root]
    while stack:
        element = stack.pop()
        if element in marks:
            continue
        if element.tag not in {"html", "body"} and is_struck(element, sheet):
            found[element] = Mark(Why.STRUCK, is_sure=is_sure)
        else:
            stack.extend(element.elements)
    return found


def _is_marked(element: Element, marks: Mapping[Element, Mark]) -> bool:
    return any(above in marks for above in (element, *element.ancestors))


def _elsewhere(frame: Frame) -> LeftOut:
    named = f"{frame.title}: " if frame.title else ""
    return LeftOut(
        f"{named}{frame.address[:200]}", Why.EMBEDDED, f"{frame.element.place}, a page of its own", is_sure=False
    )


def _opened(more: More) -> str:
    if not more.opened:
        return ""
    return f"Hidden text that opens when “more” is clicked on was read as text: {len(more.opened)}."


def _writer(root: Element, address: str, marks: Mapping[Element, Mark], sheet: Sheet) -> Writer:
    has_headings = any(heading_level(element) for element in root.walk())
    return Writer(Links(_base(root, address)), marks, sheet, are_pictures_titles=not has_headings)


def _title(root: Element) -> str:
    for title in root.find("title"):
        if not any(above.tag == "svg" for above in title.ancestors):
            return squeeze(text_of(title).replace("\n", " "))
    return ""


def _base(root: Element, address: str) -> str:
    for base in root.find("base"):
        if base.get("href").strip():
            return unwrap(base.get("href").strip())
    return address
