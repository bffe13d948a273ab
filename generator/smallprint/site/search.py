"""What readers can search: the policies in force, each clause an entry of its own, and the ordinary pages."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from smallprint.presenting.page import Heading

_TEXT = '<div class="text">'
_DROPPED = '<section class="dropped"'
_CLAUSE = re.compile(r'<section class="clause[^"]*" id="([^"]+)"[^>]*>(?:<h[1-6][^>]*>.*?</h[1-6]>)?')
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")
_PERMALINK = re.compile(r'<a class="permalink"[^>]*>[^<]*</a>')
_HIDDEN = re.compile(r'<span class="vh">[^<]*</span>')


def searchable(body: str, headings: Iterable[Heading]) -> str:
    """Return a body for search plugins, which make an entry of what stands below a heading with an `id`.

    Our ids stand on the clauses, so each clause gets such a heading in the place of its own; what stands round the text
    of the policy is not searched.
    """
    titles = {heading.anchor: heading.title for heading in headings}
    body = body.partition(_TEXT)[2].partition(_DROPPED)[0] or body
    for pattern in (_PERMALINK, _HIDDEN):
        body = pattern.sub("", body)
    parts = _CLAUSE.split(body)  # Text before the first clause, then in turns the id of a clause and its text.
    texts = [_HEADING.sub(r"<\1p>", text) for text in parts[::2]]
    return texts[0] + "".join(
        f'<h6 id="{anchor}">{html.escape(titles.get(anchor, ""))}</h6>{text}'
        for anchor, text in zip(parts[1::2], texts[1:], strict=True)
    )


def leave_out(index: Path, locations: Collection[str]) -> None:
    """Take the pages at `locations` out of a search index that MkDocs' or Material's search plugin has written."""
    try:
        data = json.loads(index.read_bytes())
    except FileNotFoundError:
        return
    data["docs"] = [entry for entry in data["docs"] if entry["location"].partition("#")[0] not in locations]
    index.write_bytes(json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())

