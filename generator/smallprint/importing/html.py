"""A saved web page → a draft."""

from __future__ import annotations



from smallprint.importing.chrome import Chrome
from smallprint.importing.decoding import decode_fully
from smallprint.importing.draft import Draft, LeftOut, Piece
from smallprint.importing.html_archive import address_of, archive_marks, archive_note
from smallprint.importing.html_blocks import Stream, Writer, text_of
from smallprint.importing.html_edges import trim
from smallprint.importing.html_hidden import hidden, hiding_rules
from smallprint.importing.html_links import Links, unwrap
from smallprint.importing.html_text import squeeze
from smallprint.importing.html_tree import Element, heading_level, parse
from smallprint.importing.html_walls import refuse_walls


def read_html(data: bytes, shown: str, *, url: str = "") -> Draft:
    """Read a saved page.

    Args:
        data: The page's bytes.
        shown: What faults call it.
        url: The address it was taken from, if it is known; links are read relative to it.

    Returns:
        Its text in pieces, and all that was left out.

    Raises:
        ContentError: It cannot be decoded, goes beyond the bounds, or is no policy but a login or an error page.
    """
    decoded = decode_fully(data, shown)
    root = parse(decoded.text, shown)
    title = _title(root)
    address = unwrap(url) or address_of(decoded.text, root)
    stream = _stream(root, decoded.text, address)
    refuse_walls(root, stream, title, shown)
    pieces = tuple(item for item in stream if isinstance(item, Piece))
    left_out = tuple(item for item in stream if isinstance(item, LeftOut))
    notes = [note for note in (decoded.note, archive_note(decoded.text)) if note]
    return Draft(pieces, left_out, title, root.get("lang").strip(), address, tuple(notes))


def _stream(root: Element, text: str, address: str) -> Stream:
    marks = dict(archive_marks(root))
    marks |= dict(hidden(root, hiding_rules(text)))
    marks = Chrome(root, marks).marks()
    has_headings = any(heading_level(element) for element in root.walk())
    writer = Writer(Links(_base(root, address)), marks, are_pictures_titles=not has_headings)
    return trim(writer.write(root))


def _title(root: Element) -> str:
    for title in root.find("title"):
        return squeeze(text_of(title).replace("\n", " "))
    return ""


def _base(root: Element, address: str) -> str:
    for base in root.find("base"):
        if base.get("href").strip():
            return unwrap(base.get("href").strip())
    return address
