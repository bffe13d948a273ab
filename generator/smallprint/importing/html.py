"""A saved web page → a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.importing.bytes import decode
from smallprint.importing.draft import Draft, LeftOut, Piece
from smallprint.importing.html_blocks import Writer
from smallprint.importing.html_links import Links
from smallprint.importing.html_text import squeeze
from smallprint.importing.html_tree import Element, parse


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
    root = parse(decode(data, shown), shown)
    stream = Writer(Links(url), {}).write(root)
    pieces = tuple(item for item in stream if isinstance(item, Piece))
    left_out = tuple(item for item in stream if isinstance(item, LeftOut))
    return Draft(pieces, left_out, title=_title(root), language=root.get("lang"), url=url)


def _title(root: Element) -> str:
    for title in root.find("title"):
        return squeeze("".join(getattr(child, "text", "") for child in title.children))
    return ""
