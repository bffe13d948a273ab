"""All words of a page, found without building it: what a draft is held against, so that none can be lost unseen.

This knows nothing of elements, only of tags: it is as different from the reader of pages as it can be, so that the two
do not make the same mistake.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from smallprint.importing.html_text import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.importing.draft import Draft

_TAG: Final = re.compile(
    r"<!--(?:>|->|.*?(?:--!?>|\Z))"  # a comment
    r"|<[!?][^>]*(?:>|\Z)"  # a doctype, a processing instruction
    r"|</(?![a-zA-Z])[^>]*(?:>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?>[^>\"'=]+|=\s*\"[^\"]*\"|=\s*'[^']*'|[=\"'])*)(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+)))?"
)
_MAX_ATTRIBUTES: Final = 1_000
_SILENT: Final = frozenset({"script", "style", "title"})
"""Elements whose text nobody sees in the page."""
_RAW: Final = _SILENT | {"textarea", "xmp", "iframe", "noembed", "noframes"}
"""Elements in which there are no tags."""
_WORD: Final = re.compile(r"\w+")


def words_of_page(text: str) -> tuple[str, ...]:
    """Return all words of a page in its order: its text, seen or hidden, and the words of pictures and buttons.

    Args:
        text: The page, decoded.
    """
    text = text.replace("\0", "")
    parts: list[str] = []
    at = 0
    drawings = 0
    while found := _TAG.search(text, at):
        parts.append(html.unescape(text[at : found.start()]))
        at = found.end()
        name = (found["name"] or "").lower()
        if not name:
            continue
        if name not in INLINE:
            parts.append(" ")
        if name == "svg":
            drawings = max(0, drawings + (-1 if found["end"] else not found["rest"].endswith("/")))
        if found["end"]:
            continue
        parts.append(_told(name, found["rest"]))
        if name == "plaintext":
            parts.append(text[at:])
            return tuple(words(parts))
        if name in _RAW and not (drawings and name == "title"):
            end = re.compile(rf"</{re.escape(name)}(?=[\s/>])|\Z", re.IGNORECASE).search(text, at)
            inner = text[at : end.start()] if end else ""
            if name not in _SILENT:
                parts.append(html.unescape(inner) if name == "textarea" else inner)
            at = end.start() if end else len(text)
    parts.append(html.unescape(text[at:]))
    return tuple(words(parts))


def crowded_tag(text: str) -> int:
    """Return where a tag with more attributes than any page needs stands, -1 where there is none.

    Reading such a tag takes time with the square of their number.
    """
    for found in _TAG.finditer(text):
        rest = found["rest"] or ""
        if (
            len(rest) > _MAX_ATTRIBUTES
            and sum(1 for _ in islice(_ATTRIBUTE.finditer(rest), _MAX_ATTRIBUTES + 1)) > _MAX_ATTRIBUTES
        ):
            return found.start()
    return -1


def words(parts: Iterable[str]) -> list[str]:
    """Return the words of a text in pieces that may cut words in two."""
    return _WORD.findall("".join(parts))


def missing(text: str, draft: Draft) -> tuple[str, ...]:
    """Return the words of a page that are neither in a piece of a draft nor left out of it, each as often as it lacks.

    Args:
        text: The page, decoded.
        draft: What was read of it.
    """
    return _less(words_of_page(text), words_of_draft(draft))


def words_of_draft(draft: Draft) -> list[str]:
    """Return the words of a draft's pieces, then those of what it left out."""
    lines = [piece.text for piece in draft.pieces] + [left.text for left in draft.left_out]
    return _WORD.findall("\n".join(lines))


def _less(all_words: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    lacking = Counter(all_words)
    lacking.subtract(Counter(known))
    if not Counter("".join(lacking.elements())) - Counter("".join((-lacking).elements())):
        return ()  # the same letters: a word was only cut in two, where a part of it was left out
    out = []
    for word in all_words:
        if lacking[word] > 0:
            lacking[word] -= 1
            out.append(word)
    return tuple(out)


def _told(name: str, rest: str) -> str:
    """Return the words that a tag itself shows."""
    if name not in {"img", "area", "input"}:
        return ""
    values = {
        found["name"].lower(): html.unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in reversed(list(_ATTRIBUTE.finditer(rest)))
    }
    kind = values.get("type", "").lower()
    if name == "input" and kind != "image":
        return f" {values.get('value', '')} " if kind in {"submit", "button", "reset"} else ""
    return f" {values.get('alt', '')} "
