"""What must not come into a message, whoever wrote it: refused before anything is built."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.gaps import has_gap_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smallprint.notifying.announcement import Announcement, Sender, Translation

ADDRESS: Final = re.compile(
    # The plain form, which every program on the way reads alike.
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*",
    re.ASCII,
)
_LONGEST_ADDRESS: Final = 254
_LONGEST_HEADER: Final = 500
_WEB: Final = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x20\x7f-\U0010ffff]+", re.ASCII)
# Line and paragraph ends, controls, surrogates, private use, unassigned.
_REFUSED: Final = frozenset({"Cc", "Zl", "Zp", "Cs", "Co", "Cn"})


def is_address(address: str) -> bool:
    """Return whether an address is of the plain form `name@domain`, which cannot be taken for anything else.

    >>> is_address("ada@example.org"), is_address("a@b,c@d"), is_address("=?utf-8?q?a?=@example.org")
    (True, False, False)
    """
    return len(address) <= _LONGEST_ADDRESS and ADDRESS.fullmatch(address) is not None and "=?" not in address


def check_header(text: str, what: str) -> None:
    """See that a text may stand in a header.

    Python before 3.11.10 reads an encoded word, `=?utf-8?q?…?=`, within what is only meant as text, and writes what it
    decodes to into the header, line ends too (CVE-2024-6923): so none is let in.

    Args:
        text: what is to stand there.
        what: what it is, for the message: `the subject`.

    Raises:
        NoticeError: It may not.
    """
    if "=?" in text:
        raise NoticeError(f"{_capital(what)} holds `=?`, with which encoded words begin: {text!r}. Write it otherwise.")
    if odd := next((char for char in text if _is_odd_in_header(char)), None):
        raise NoticeError(f"{_capital(what)} holds {_named(odd)}, which cannot stand in a header. Delete it.")
    if len(text) > _LONGEST_HEADER:
        raise NoticeError(f"{_capital(what)} has {len(text)} characters; no more than {_LONGEST_HEADER} are taken.")
    if not text.strip():
        raise NoticeError(f"{_capital(what)} is empty. A message cannot go out without.")
    if text != text.strip():
        raise NoticeError(f"{_capital(what)} begins or ends with a space: {text!r}. Delete it.")


def check_sender(sender: Sender) -> None:
    """See that a message can be from a sender.

    Raises:
        NoticeError: It cannot.
    """
    check_header(sender.name, "the name of the sender")
    for address, what in ((sender.address, "address"), (sender.reply_to, "reply-to"), (sender.bounces, "bounces")):
        if not is_address(address) and (address or what == "address"):
            raise NoticeError(
                f"`{what}` of the sender is {address!r}, which is no plain address. Write it as `name@example.org`."
            )


def check_contents(announcement: Announcement, sender: Sender, translations: Iterable[Translation]) -> None:
    """See that nothing of what a notice says, links to or is sent by does harm.

    Raises:
        NoticeError: Something does; says what.
    """
    check_sender(sender)
    if not announcement.changes:
        raise NoticeError("There is no material change to announce. A notice is sent where there is one.")
    for text, what in _texts(announcement, sender, translations):
        if has_gap_marks(text):
            raise NoticeError(f"{_capital(what)} holds a character for private use (U+E000, U+E001). Delete it.")
        if odd := next((char for char in text if char not in "\n\t" and _is_odd(char)), None):
            raise NoticeError(f"{_capital(what)} holds {_named(odd)}, which has no place in a message. Delete it.")
    urls = [announcement.redline_url, announcement.text_url, *(change.url for change in announcement.changes)]
    for url in urls:
        if not _WEB.fullmatch(url):
            raise NoticeError(f"The message would link to {url!r}. It needs a whole address, `https://…`, in ASCII.")


def _texts(
    announcement: Announcement, sender: Sender, translations: Iterable[Translation]
) -> Iterator[tuple[str, str]]:
    yield announcement.policy, "the title of the policy"
    yield announcement.publisher, "the name of the publisher"
    yield announcement.product, "the name of the product"
    yield sender.contact, "the contact of the sender"
    for language, text in sender.what_you_can_do.items():
        yield text, f"what readers can do ({language})"
    for change in announcement.changes:
        yield change.title, f"the title of {change.anchor}"
        yield change.sentence, f"the sentence on {change.anchor}"
    for translation in translations:
        yield translation.policy, f"the title of the policy ({translation.language})"
        for anchor, text in translation.sentences.items():
            yield text, f"the sentence on {anchor} ({translation.language})"


def _is_odd(char: str) -> bool:
    return not char.isprintable() and unicodedata.category(char) in _REFUSED


def _is_odd_in_header(char: str) -> bool:
    # Format characters turn the direction of what follows or cannot be seen; in a subject they serve nobody.
    return not char.isprintable() and unicodedata.category(char) in _REFUSED | {"Cf"}


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X}" + (f" {name}" if name else "")


def _capital(what: str) -> str:
    return what[0].upper() + what[1:]
