"""Pages that are no policy though they stand at its address: logins, walls, errors, checks for robots, empty shells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.importing.chrome import POLICY_WORDS
from smallprint.importing.draft import Piece
from smallprint.importing.html_blocks import text_of
from smallprint.importing.html_text import count_words, squeeze
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.importing.html_blocks import Stream
    from smallprint.importing.html_tree import Element

_SHORT: Final = 200
"""A page of fewer words that reads like an error is one."""
_SHELL: Final = 60
_ROBOTS: Final = re.compile(
    r"just a moment\.\.\.|checking (?:if the site connection|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human|attention required! \| cloudflare|"
    r"unusual traffic|are you a robot|i'?m not a robot|ddos protection by|enable javascript and cookies to continue|pardon our interruption|"
    r"request unsuccessful\. incapsula|complete the (?:captcha|security check)|please stand by, while we are checking",
    re.IGNORECASE,
)
_MISSING: Final = re.compile(
    r"\b404\b|\b410\b|not found|(?:does not|doesn['’]t|no longer) exists?\b|(?:can(?:['’]t|not)|could(?:n['’]t| not)) (?:be found|find)|"
    r"page (?:is )?(?:missing|unavailable|gone)|nothing (?:was )?found|object not found|broken link|seite nicht gefunden|page introuvable|"
    r"has not archived that url|page cannot be displayed|hrm\.",
    re.IGNORECASE,
)
_REFUSED: Final = re.compile(
    r"\b(?:401|403|429|451)\b|access(?: to this page has been)? (?:denied|blocked)|forbidden|unauthori[sz]ed|permission to access|you have been blocked|"
    r"not available in your (?:country|region)",
    re.IGNORECASE,
)
_BROKEN: Final = re.compile(
    r"\b(?:500|502|503|504|52\d)\b|internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|something went wrong|"
    r"under maintenance|scheduled maintenance|web server is down|connection timed out|an error (?:has )?occurred|site is (?:offline|parked)|domain is for sale",
    re.IGNORECASE,
)
_SCRIPT: Final = re.compile(
    r"(?:enable|turn on|activate|requires?|need|without|allow) (?:the use of )?(?:your )?java\s?script|java\s?script (?:is |must be |has to be )?(?:disabled|enabled|required|not enabled)|"
    r"activer javascript|javascript aktivieren",
    re.IGNORECASE,
)
STATE: Final = re.compile(r"__NEXT_DATA__|__NUXT__|__APOLLO_STATE__|window\.__\w+__\s*=|<script[^>]+application/json", re.IGNORECASE)
"""What pages have whose text may stand in the data of a script."""
_LOGIN: Final = re.compile(
    r"\b(?:log ?in|sign ?in|log ?on|password|forgot|create (?:an )?account|anmelden|connexion|iniciar sesión)\b", re.IGNORECASE
)
_COOKIES: Final = re.compile(r"\bcookies?\b|\bconsent\b|\bpartners\b|\btracking\b", re.IGNORECASE)
_ACCEPT: Final = re.compile(r"\b(?:accept|agree|allow|consent|reject|decline|manage (?:options|preferences)|subscribe)\b", re.IGNORECASE)
_MOVED: Final = re.compile(r"(?:301|302) (?:moved|found)|has moved|moved (?:permanently|temporarily)|redirect(?:ing|ed)?\b|got an http 30\d response", re.IGNORECASE)


def refuse_walls(root: Element, stream: Stream, title: str, shown: str, *, has_data: bool) -> None:
    """Refuse a page that is no policy.

    Args:
        root: The whole page.
        stream: What was read of it.
        title: What the page calls itself.
        shown: What faults call it.
        has_data: Whether scripts of the page hold data.

    Raises:
        ContentError: It is none; the fault says what it is instead.
    """
    pieces = [item for item in stream if isinstance(item, Piece)]
    text = "\n".join(piece.text for piece in pieces)
    words = count_words(text)
    seen = text_of_seen(stream)
    if words >= _SHORT:
        return
    if fault := _kind(root, pieces, title, seen, words, has_data=has_data):
        what, remedy = fault
        code = "SP606" if what.startswith(("There is no text", "The page is a frame")) else "SP605"
        raise ContentError([make_fault(code, shown, what, remedy)])


def text_of_seen(stream: Stream) -> str:
    """Return all that a stream holds as one text."""
    return "\n".join(item.text for item in stream)


_AGAIN: Final = "Save the page anew once the policy itself is on the screen, or take another snapshot of the archive."


def _kind(root: Element, pieces: Sequence[Piece], title: str, seen: str, words: int, *, has_data: bool) -> tuple[str, str] | None:
    head = f"{title}\n" + "\n".join(piece.text for piece in pieces[:4])
    text = f"{title}\n{seen}"
    if found := _ROBOTS.search(text):
        return _called("a check for robots", found), _AGAIN
    for kind, pattern in (("an error page: there is nothing at its address", _MISSING), ("an error page: access was refused", _REFUSED), ("an error page of the server", _BROKEN)):
        found = pattern.search(head)
        if found and not _is_policy(pieces, title):
            return _called(kind, found), _AGAIN
    if any(field.get("type").lower() == "password" for field in root.find("input")) and (words < _SHORT // 2 or _LOGIN.search(head)):
        return "This page is a login, not a policy.", "Sign in, and save the page that comes then."
    if fault := _leads_on(root, text, words):
        return fault
    if words < _SHELL and _SCRIPT.search(text):
        return _shell(root, has_data=has_data)
    if words < _SHELL and len(_COOKIES.findall(seen)) > 1 and _ACCEPT.search(seen) and not _is_policy(pieces, title):
        return "This page is a wall that asks for consent to cookies, not a policy.", "Answer it in the browser, and save the page that comes then."
    if not words:
        return _shell(root, has_data=has_data)
    return None


def _called(kind: str, found: re.Match[str]) -> str:
    return f"This page is {kind} (it says “{squeeze(found[0])}”), not a policy."


def _is_policy(pieces: Iterable[Piece], title: str) -> bool:
    """Tell whether a short page has a title of a policy and some sentences all the same."""
    sentences = sum(count_words(piece.text) > 8 and piece.text.rstrip().endswith((".", ":", ";")) for piece in pieces)  # noqa: PLR2004
    return sentences > 2 and bool(POLICY_WORDS.search(title) or any(POLICY_WORDS.search(piece.text) for piece in pieces if piece.level))  # noqa: PLR2004


def _leads_on(root: Element, text: str, words: int) -> tuple[str, str] | None:
    """Tell pages that only lead to another: a set of frames, a redirect."""
    frames = [frame.get("src") for frame in root.find("frame") if frame.get("src")]
    if frames and words < _SHELL:
        return f"The page is a frame round others ({', '.join(frames[:5])}) and has no text of its own.", "Save the page in the frame that holds the policy."
    for meta in root.find("meta"):
        if meta.get("http-equiv").lower() == "refresh" and "url" in meta.get("content").lower() and words < _SHELL:
            return f"This page only leads to another one ({squeeze(meta.get('content'))}).", "Save the page it leads to."
    if words < _SHELL and (found := _MOVED.search(text)):
        return _called("one that leads to another", found), "Save the page it leads to."
    if words < _SHELL and (inner := [frame.get("src") for frame in root.find("iframe") if frame.get("src")]):
        return f"The page is a frame round another ({inner[0]}) and has no text of its own.", "Save the page in the frame."
    return None


def _shell(root: Element, *, has_data: bool) -> tuple[str, str]:
    state = " Its text may stand in the data of a script, which is not read." if has_data else ""
    what = f"There is no text in this page: a script puts it in when a browser shows it.{state}" if state or _has_root(root) else "There is no text in this page."
    return what, "Open it in a browser, and save it once the policy is on the screen (as “Web page, complete”)."


def _has_root(root: Element) -> bool:
    return any(element.get("id") in {"root", "app", "__next", "__nuxt", "main", "___gatsby"} for element in root.find("div")) or bool(_SCRIPT.search(text_of(root)))
