"""All words of a page, found without building it: what a draft is held against, so that none can be lost unseen.

This knows nothing of elements, only of tags: it is as different from the reader of pages as it can be, so that the two
do not make the same mistake.
"""

from __future__ import annotations

import html
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from smallprint.importing.borders import unexplained, words_in
from smallprint.importing.html_text import Flow, flow_of

if TYPE_CHECKING:
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
_UNSCRIPTED: Final = "noscript"
_APART: Final = "\x1f"
"""Stands for a border that is none round a single letter, as of a word whose letters are set one by one."""
_RAISED: Final = "\x1e"
"""Stands at both ends of raised and lowered text."""
_LETTER: Final = re.compile(rf"{_APART}([^\W\d_]){_APART}")
_ENDING: Final = re.compile(
    rf"(?<=\d){_RAISED}\s*((?:st|nd|rd|th|er|re|e|o|a|os|as|[eè]me|te|de|ª|º)\.?)\s*{_RAISED}", re.IGNORECASE
)
_SHOWN_APART: Final = re.compile(
    r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root|inline-block|inline-flex|inline-grid|inline-table)"
    r"|vertical-align\s*:\s*(?:super|sub)\b",
    re.IGNORECASE,
)
_STYLED_APART: Final = re.compile(
    r"\.([\w-]+)\s*\{[^{}<]*?(?:display\s*:\s*(?:block|flex|grid|table|list-item|inline-block)|vertical-align\s*:\s*su[bp])",
    re.IGNORECASE,
)
_CLASS: Final = re.compile(r"(?:^|\s)class\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_ROLE: Final = re.compile(
    r"(?:^|\s)role\s*=\s*[\"']?(?:row|rowgroup|table|cell|gridcell|columnheader|rowheader|list|listitem|heading|paragraph)\b",
    re.IGNORECASE,
)
_DEEPEST: Final = 2


def words_of_page(text: str, depth: int = 0) -> tuple[str, ...]:
    """Return all words of a page in its order: its text, seen or hidden, and the words of pictures and buttons.

    Args:
        text: The page, decoded.
        depth: In how many frames it is itself.
    """
    text = text.replace("\0", "").replace(_APART, " ").replace(_RAISED, " ")
    classes = frozenset(name.lower() for name in _STYLED_APART.findall(text))
    parts: list[str] = []
    at = 0
    drawings = 0
    begun: dict[str, list[str]] = {}
    unscripted = -1  # where the `noscript` ends that is open
    while found := _TAG.search(text, at):
        parts.append(html.unescape(text[at : found.start()]))
        at = found.end()
        name = (found["name"] or "").lower()
        if not name:
            continue
        parts.append(_border_at(found, name, classes, begun))
        if name == "svg":
            drawings = max(0, drawings + (-1 if found["end"] else not found["rest"].endswith("/")))
        if found["end"]:
            continue
        parts.append(_told(name, found["rest"], depth))
        if name == _UNSCRIPTED:
            unscripted = _end_of(name, text, at)
        if name == "plaintext":
            parts.append(text[at:])
            break
        if name in _RAW and not (drawings and name == "title"):
            is_empty = found["rest"].endswith("/") and name not in {"script", "style"}
            end = at if is_empty else _end_of(name, text, at)
            if at <= unscripted < end:
                end = at if name not in _SILENT else unscripted
            inner = text[at:end]
            if name not in _SILENT:
                parts.append(html.unescape(inner) if name == "textarea" else inner)
            at = end
    else:
        parts.append(html.unescape(text[at:]))
    whole = _ENDING.sub(r"\1", _LETTER.sub(r"\1", "".join(parts)))
    return tuple(words_in(whole.replace(_APART, " ").replace(_RAISED, " ")))


def _end_of(name: str, text: str, at: int) -> int:
    end = re.compile(rf"</{re.escape(name)}(?=[\s/>])|\Z", re.IGNORECASE).search(text, at)
    return end.start() if end else len(text)


def _border_at(found: re.Match[str], name: str, classes: frozenset[str], begun: dict[str, list[str]]) -> str:
    """Return what a tag is between words; an end tag is what the last one of its name was that began."""
    if found["end"]:
        return begun[name].pop() if begun.get(name) else _border(name, "", classes)
    border = _border(name, found["rest"], classes)
    begun.setdefault(name, []).append(border)
    return border


def _border(name: str, rest: str, classes: frozenset[str]) -> str:
    """Return what a tag is between the words on both sides of it."""
    flow = flow_of(name)
    if flow is Flow.BLOCK or _ROLE.search(rest):
        return " "
    if name in {"sup", "sub"}:
        return _RAISED
    is_apart = bool(_SHOWN_APART.search(rest)) or (
        bool(classes)
        and (found := _CLASS.search(rest)) is not None
        and not classes.isdisjoint(found[1].lower().split())
    )
    return _APART if flow is Flow.APART or is_apart else ""


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


def missing(text: str, draft: Draft) -> tuple[str, ...]:
    """Return the words of a page that are neither in a piece of a draft nor left out of it, each as often as it lacks.

    Args:
        text: The page, decoded.
        draft: What was read of it.
    """
    cut = words_in("\n".join(left.text for left in draft.left_out))
    return unexplained(words_of_page(text), words_of_draft(draft), cut)


def words_of_draft(draft: Draft) -> list[str]:
    """Return the words of a draft's pieces, then those of what it left out."""
    lines = [f"{piece.note} {piece.text}" if piece.note else piece.text for piece in draft.pieces]
    return words_in("\n".join([*lines, *(left.text for left in draft.left_out)]))


def _told(name: str, rest: str, depth: int) -> str:
    """Return the words that a tag itself shows."""
    if name not in {"img", "area", "input", "iframe"}:
        return ""
    values = {
        found["name"].lower(): html.unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in reversed(list(_ATTRIBUTE.finditer(rest)))
    }
    if name == "iframe":
        inner = values.get("srcdoc", "")
        return f" {' '.join(words_of_page(inner, depth + 1))} " if inner and depth < _DEEPEST else ""
    kind = values.get("type", "").lower()
    if name == "input" and kind != "image":
        return f" {values.get('value', '')} " if kind in {"submit", "button", "reset"} else ""
    return f" {values.get('alt', '')} "
