"""A saved web page → a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.importing.anchors import places_in_page
from smallprint.importing.chrome import Chrome
from smallprint.importing.decoding import decode_fully
from smallprint.importing.draft import Draft, LeftOut, Piece
from smallprint.importing.html_archive import address_of, archive_marks, archive_note, fence_toolbar
from smallprint.importing.html_blocks import Writer, text_of
from smallprint.importing.html_edges import trim
from smallprint.importing.html_forms import rewrite
from smallprint.importing.html_hidden import hidden, hiding_rules
from smallprint.importing.html_links import Links, unwrap
from smallprint.importing.html_lists import lettered, nest
from smallprint.importing.html_parts import mark_others, parts_note
from smallprint.importing.html_single import page_in
from smallprint.importing.html_text import squeeze
from smallprint.importing.html_tree import Element, heading_level, parse
from smallprint.importing.html_walls import STATE, refuse_walls
from smallprint.importing.visible import missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smallprint.importing.html_blocks import Mark


def read_html(data: bytes, shown: str, *, url: str = "", declared: str = "", only: Sequence[str] = ()) -> Draft:
    """Read a saved page.

    Args:
        data: The page's bytes.
        shown: What faults call it.
        url: The address it was taken from, if it is known; links are read relative to it.
        declared: Its encoding, where a person or a server named it.
        only: Ids of the parts to read, on a page that holds several documents; all of it where none are given.

    Returns:
        Its text in pieces, and all that was left out.

    Raises:
        ContentError: It cannot be decoded, goes beyond the bounds, or is no policy but a login or an error page.
        UsageError: The page has no part with one of the ids.
    """
    page = page_in(data)
    decoded = decode_fully(page.data, shown, declared or page.encoding)
    root = parse(fence_toolbar(decoded.text), shown)
    told = rewrite(root)
    title = _title(root)
    address = unwrap(url or page.url) or address_of(decoded.text, root)
    marks = _marks(root, decoded.text)
    note = "" if only else parts_note(root, marks)
    if only:
        marks = {**mark_others(root, only), **marks}
    stream = trim(_writer(root, address, marks).write(root))
    refuse_walls(root, stream, title, shown, has_data=bool(STATE.search(decoded.text)))
    pieces = tuple(nest(item for item in stream if isinstance(item, Piece)))
    left_out = tuple(item for item in stream if isinstance(item, LeftOut))
    notes = [decoded.note, archive_note(decoded.text), note, *told, lettered(root)]
    language, places = root.get("lang").strip(), places_in_page(root)
    return Draft(pieces, left_out, title, language, address, tuple(filter(None, notes)), places)


def missing_from_page(data: bytes, draft: Draft, declared: str = "") -> tuple[str, ...]:
    """Return the words of a page that a simpler reader sees in it and a draft has nowhere, as where markup is broken.

    Args:
        data: The page's bytes, which `read_html` could read.
        draft: What was read of it.
        declared: Its encoding, as given to `read_html`.
    """
    page = page_in(data)
    return missing(decode_fully(page.data, "", declared or page.encoding).text, draft)


def _marks(root: Element, text: str) -> dict[Element, Mark]:
    marks = dict(archive_marks(root))
    marks |= dict(hidden(root, hiding_rules(text)))
    return Chrome(root, marks).marks()


def _writer(root: Element, address: str, marks: Mapping[Element, Mark]) -> Writer:
    has_headings = any(heading_level(element) for element in root.walk())
    return Writer(Links(_base(root, address)), marks, are_pictures_titles=not has_headings)


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
