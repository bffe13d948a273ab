"""What readers can search: the policies in force, each clause an entry of its own, and the ordinary pages."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from smallprint.presenting.page import Heading

SearchEntry = dict[str, Any]
"""What search plugins write for a page or a part of one: `location`, `title`, `text` and whatever else."""

_TEXT = '<div class="text">'
_AFTER = re.compile(r'<section class="dropped"|<footer class="colophon"')
_CLAUSE = re.compile(r'<section class="clause[^"]*" id="([^"]+)"[^>]*>(?:<h[1-6][^>]*>.*?</h[1-6]>)?')
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")
_OURS = re.compile(r'<(a|span) class="(?:permalink|note-label|vh|form|cp)"[^>]*>[^<]*</\1>')
# Search plugins take the end of a tag for the end of a word; within a paragraph it is none.
_INLINE = re.compile(r"</?(?:a|code|em|span|strong|sup)\b[^>]*>")


def searchable(body: str, headings: Iterable[Heading]) -> str:
    """Return a body for search plugins, which make an entry of what stands below a heading with an `id`.

    Our ids stand on the clauses, so each clause gets such a heading in the place of its own. What stands round the text
    of the policy is not searched, nor what we say within it.
    """
    titles = {heading.anchor: heading.title for heading in headings}
    text = _AFTER.split(body.partition(_TEXT)[2], maxsplit=1)[0]
    body = _INLINE.sub("", _OURS.sub("", text or body))
    parts = _CLAUSE.split(body)  # Text before the first clause, then in turns the id of a clause and its text.
    texts = [_HEADING.sub(r"<\1p>", text) for text in parts[::2]]
    return texts[0] + "".join(
        f'<h6 id="{anchor}">{html.escape(titles.get(anchor, ""))}</h6>{text}'
        for anchor, text in zip(parts[1::2], texts[1:], strict=True)
    )


def settle_index(
    index: Path,
    hidden: Collection[str],
    slugs: Iterable[str],
    known: Mapping[str, Sequence[SearchEntry]],
) -> dict[str, list[SearchEntry]]:
    """Set right what MkDocs' or Material's search plugin has written; return each policy's entries, by slug.

    Args:
        index: the file; where there is none, nothing is done.
        hidden: the addresses of pages that are not to be found.
        slugs: all policies in the order of their pages.
        known: the entries of policies whose pages the plugin has not seen.
    """
    try:
        data = json.loads(index.read_bytes())
    except FileNotFoundError:
        return {}
    found: dict[str, list[SearchEntry]] = {f"{slug}/": list(known.get(slug, ())) for slug in slugs}
    ordinary: list[SearchEntry] = []
    for entry in data["docs"]:
        location = entry["location"].partition("#")[0]
        if location not in hidden:
            found.get(location, ordinary).append(entry)
    data.pop("index", None)  # Made before its time, of other entries; browsers make it themselves where there is none.
    data["docs"] = ordinary + [entry for entries in found.values() for entry in entries]
    index.write_bytes(json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
    return {location.rstrip("/"): entries for location, entries in found.items()}
