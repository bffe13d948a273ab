"""Pages within a page: what is written in the page itself is read, what is elsewhere is listed or refused."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, unquote_to_bytes

from smallprint.errors import ContentError
from smallprint.importing.html_text import squeeze
from smallprint.importing.html_tree import Element, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    Beside = Callable[[str], str]
    """The address of a file beside the page → its text, empty where there is none."""

_POLICY: Final = re.compile(
    r"privacy|polic(?:y|ies)|\bterms\b|t-?and-?c|\bgdpr\b|datenschutz|confidentialit|privacidad|\blegal\b|\bimprint\b"
    r"|impressum|iubenda|termly|termsfeed|getterms|enzuzo|privacybee|datareporter|avalex|usercentrics|cookiedeclaration"
    r"|statement|notice|conditions",
    re.IGNORECASE,
)
_TRACKERS: Final = re.compile(
    r"googletagmanager|doubleclick|google-analytics|/ns\.html|recaptcha|hcaptcha|facebook\.com/(?:tr|plugins)|youtube"
    r"|youtu\.be|vimeo|google\.[a-z.]+/maps|maps\.google|platform\.twitter|addthis|hotjar|demdex|criteo|adservice"
    r"|livechat|intercom|zendesk|hubspot|bing\.com|snapchat|tiktok|pinterest|spotify\.com/embed|soundcloud"
    r"|js\.stripe|challenges\.cloudflare|about:blank|^javascript:",
    re.IGNORECASE,
)
_ADDRESSES: Final = {"iframe": "src", "frame": "src", "object": "data", "embed": "src"}
_PLAYED: Final = re.compile(r"\.(?:swf|mp4|webm|mp3|ogg|svg|png|gif|jpe?g|webp)(?:[?#]|$)|^(?:video|audio|image)/")
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)"
)
_SMALL: Final = 40
"""Something of fewer pixels in either way is not to be read."""
_DEEPEST: Final = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """A page elsewhere that is shown in a page."""

    element: Element
    address: str
    title: str
    is_policy: bool
    """Whether it is called as policies are."""


def read_frames(root: Element, shown: str, beside: Beside | None = None, depth: int = 0) -> list[Frame]:
    """Put the pages that are written in a page, or saved beside it, in their places.

    Args:
        root: The page; it is changed.
        shown: What faults call it.
        beside: How the text of a file beside the page is had.
        depth: In how many frames the page is itself.

    Returns:
        The other frames that readers see, whose pages are elsewhere.
    """
    found = []
    for element in list(root.find(*_ADDRESSES)):
        if any(above.tag in {"noscript", "template"} for above in element.ancestors):
            continue
        text = element.get("srcdoc") if element.tag == "iframe" else ""
        address = _address(element)
        text = text or _within(address) or (beside(address) if beside and address else "")
        if text.strip() and depth < _DEEPEST and not _HIDDEN.search(element.get("style").lower()):
            inner = parse(text, shown)
            found += read_frames(inner, shown, beside, depth + 1)
            _graft(element, inner)
        elif address and _is_seen(element, address):
            title = squeeze(element.get("title") or element.get("name") or element.get("aria-label"))
            names = f"{title} {element.get('id')} {element.get('class')} {unquote(address)}"
            found.append(Frame(element, address, title, bool(_POLICY.search(names))))
    return found


def _address(element: Element) -> str:
    own = element.get(_ADDRESSES[element.tag]).strip()
    lazy = next(
        (value for name in ("data-src", "data-lazy-src", "data-url") if (value := element.get(name).strip())), ""
    )
    return lazy if lazy and (not own or own.startswith(("about:", "data:"))) else own


def _within(address: str) -> str:
    """Return the page that an address is itself, empty where it leads to one."""
    head, comma, body = address.partition(",")
    if not comma or not head.lower().startswith("data:text/html"):
        return ""
    try:
        data = base64.b64decode(unquote(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return ""
    return data.decode("utf-8", "replace")


def _is_seen(element: Element, address: str) -> bool:
    if _TRACKERS.search(address) or _PLAYED.search(f"{address}") or _PLAYED.search(element.get("type")):
        return False
    if any(_is_hidden(one) for one in (element, *element.ancestors)):
        return False
    sizes = [element.get(name).strip().removesuffix("px") for name in ("width", "height")]
    return not any(size.isdecimal() and int(size) < _SMALL for size in sizes if len(size) < 6)  # noqa: PLR2004


def _is_hidden(element: Element) -> bool:
    return "hidden" in element.attributes or bool(_HIDDEN.search(element.get("style").lower()))


def _graft(element: Element, inner: Element) -> None:
    """Let a frame hold what its page says."""
    body = next(inner.find("body"), inner)
    for child in inner.find("body", "head", "html"):
        child.become("div" if child.tag != "head" else "template")
    element.become("div")
    element.children = list(body.children)
    for child in element.elements:
        child.parent = element


def page_beside(read: Callable[[str], bytes | None], decode: Callable[[bytes], str]) -> Beside:
    """Return how pages beside a page are had.

    Args:
        read: The path of a file, relative to the page → its bytes; none where there is no such file.
        decode: Its bytes → its text.
    """

    def text_of(address: str) -> str:
        path = unquote(address.partition("?")[0].partition("#")[0])
        is_within = bool(path) and not re.match(r"[a-z][a-z0-9+.-]*:|[/\\]", path, re.IGNORECASE)
        if not is_within or ".." in re.split(r"[/\\]", path):
            return ""
        data = read(path.removeprefix("./"))
        try:
            return decode(data) if data and b"\0" not in data[:1000] else ""
        except ContentError:
            return ""

    return text_of
