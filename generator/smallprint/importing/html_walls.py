"""Pages that are no policy though they stand at its address: logins, walls, errors, checks for robots, empty shells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError
from smallprint.importing.chrome import POLICY_WORDS
from smallprint.importing.draft import Piece
from smallprint.importing.html_signs import pattern
from smallprint.importing.html_text import count_words, squeeze
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from smallprint.importing.html_blocks import Stream
    from smallprint.importing.html_frames import Frame
    from smallprint.importing.html_tree import Element

_SHORT: Final = 200
"""A page of fewer words that reads like an error is one."""
_SHELL: Final = 60
_FRAMED: Final = 300
"""A page of fewer words, with a frame that is called a policy, only leads to it."""
_FEW_HEADINGS: Final = 2
_AGAIN: Final = "Save the page anew once the policy itself is on the screen, or take another snapshot of the archive."
_ERRORS: Final = (
    ("a check for robots", pattern("robots")),
    ("an error page: there is nothing at its address", pattern("missing")),
    ("an error page: access was refused", pattern("refused")),
    ("an error page of the server", pattern("broken")),
)
_SCRIPT: Final = pattern("script")
STATE: Final = pattern("state")
"""What pages have whose text may stand in the data of a script."""
_LOGIN: Final = pattern("login")
_COOKIES: Final = pattern("cookies")
_ANSWER: Final = pattern("wall answers")
_MOVED: Final = pattern("moved")
_ROOTS: Final = frozenset({"root", "app", "__next", "__nuxt", "main", "___gatsby"})
_SENTENCE: Final = 8
_SENTENCES: Final = 3
"""A short policy has at least so many sentences."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is looked at to tell what a page is."""

    root: Element
    pieces: tuple[Piece, ...]
    title: str
    text: str
    """All that was read and left out."""
    words: int
    has_data: bool
    frames: Sequence[Frame]

    @property
    def head(self) -> str:
        """The title and the first lines."""
        return "\n".join([self.title, *(piece.text for piece in self.pieces[:4])])

    @property
    def is_policy(self) -> bool:
        """Whether a short page has the title of a policy and some sentences all the same."""
        lines = [piece.text.rstrip() for piece in self.pieces]
        sentences = sum(count_words(line) > _SENTENCE and line.endswith((".", ":", ";")) for line in lines)
        titles = [self.title, *(piece.text for piece in self.pieces if piece.level)]
        return sentences >= _SENTENCES and any(POLICY_WORDS.search(title) for title in titles)


def refuse_walls(  # noqa: PLR0913 - what is known of a page
    root: Element, stream: Stream, title: str, shown: str, *, has_data: bool, frames: Sequence[Frame] = ()
) -> None:
    """Refuse a page that is no policy.

    Args:
        root: The whole page.
        stream: What was read of it.
        title: What the page calls itself.
        shown: What faults call it.
        has_data: Whether scripts of the page hold data.
        frames: The pages elsewhere that it shows.

    Raises:
        ContentError: It is none; the fault says what it is instead.
    """
    pieces = tuple(item for item in stream if isinstance(item, Piece))
    words = sum(count_words(piece.text) for piece in pieces)
    if words < _FRAMED and (said := _framed(words, pieces, frames)):
        raise ContentError([make_fault("SP606", shown, *said)])
    if words >= _SHORT:
        return
    text = "\n".join([title, *(item.text for item in stream)])
    page = _Page(root, pieces, title, text, words, has_data, frames)
    if said := _error(page) or _login(page) or _leads_on(page):
        raise ContentError([make_fault("SP605", shown, *said)])
    if said := _frame(page) or _shell(page):
        raise ContentError([make_fault("SP606", shown, *said)])
    if said := _wall(page):
        raise ContentError([make_fault("SP605", shown, *said)])


def _error(page: _Page) -> tuple[str, str] | None:
    for kind, signs in _ERRORS:
        found = signs.search(page.head)
        if found and not page.is_policy:
            return _called(kind, found), _AGAIN
    return None


def _called(kind: str, found: re.Match[str]) -> str:
    return f"This page is {kind} (it says “{squeeze(found[0])}”), not a policy."


def _login(page: _Page) -> tuple[str, str] | None:
    asks = any(field.get("type").lower() == "password" for field in page.root.find("input"))
    if asks and not page.is_policy and (page.words < _SHORT // 2 or _LOGIN.search(page.head)):
        return "This page is a login, not a policy.", "Sign in, and save the page that comes then."
    return None


def _leads_on(page: _Page) -> tuple[str, str] | None:
    """Tell pages that only lead to another one."""
    if page.words >= _SHELL or page.is_policy:
        return None
    for meta in page.root.find("meta"):
        content = squeeze(meta.get("content"))
        if meta.get("http-equiv").lower() == "refresh" and "url" in content.lower():
            return f"This page only leads to another one ({content[:200]}).", "Save the page it leads to."
    found = _MOVED.search(page.text)
    return (_called("one that leads to another", found), "Save the page it leads to.") if found else None


def _framed(words: int, pieces: Sequence[Piece], frames: Sequence[Frame]) -> tuple[str, str] | None:
    """Tell pages of some words whose policy is a page elsewhere, called so, in a frame."""
    named = [frame for frame in frames if frame.is_policy]
    headings = sum(piece.level > 0 for piece in pieces)
    # A policy may show a second one, such as a list of cookies; then it has parts and words of its own.
    if not named or words < _SHELL // 3 or (words >= _SHORT // 2 and headings > _FEW_HEADINGS):
        return None
    first = named[0]
    called = f" (“{first.title[:100]}”)" if first.title else ""
    what = f"The policy is not in this page but in a page of its own, in a frame{called}: {first.address[:300]}"
    return what, "Open that address in a browser, save the page, and import that one."


def _frame(page: _Page) -> tuple[str, str] | None:
    frames = [frame.address for frame in page.frames]
    if not frames or page.words >= _SHELL or page.is_policy:
        return None
    shown = ", ".join(address[:300] for address in frames[:5])
    what = f"There is no text in this page but that of other pages in frames ({shown})."
    return what, "Save the page in the frame that holds the policy."


def _shell(page: _Page) -> tuple[str, str] | None:
    needs_script = page.words < _SHELL and bool(_SCRIPT.search(page.text))
    if page.words and not needs_script:
        return None
    remedy = "Open it in a browser, and save it once the policy is on the screen (as “Web page, complete”)."
    if page.has_data:
        return "There is no text in this page but in the data of a script, which is not read.", remedy
    if needs_script or any(element.get("id") in _ROOTS for element in page.root.find("div")):
        return "There is no text in this page: a script puts it in when a browser shows it.", remedy
    return "There is no text in this page.", remedy


def _wall(page: _Page) -> tuple[str, str] | None:
    asks = len(_COOKIES.findall(page.text)) > 1 and _ANSWER.search(page.text)
    if page.words >= _SHELL or page.is_policy or not asks:
        return None
    what = "This page is a wall that asks for consent to cookies, not a policy."
    return what, "Answer it in the browser, and save the page that comes then."
