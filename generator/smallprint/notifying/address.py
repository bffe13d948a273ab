"""A text → the one mail address in it, in ASCII; or what keeps it from being one.

Much that mail software takes for an address is more than one, or becomes another on the way: `a@b, c@d` is two,
`<a@b>c` is cut, an encoded word may hold a whole header. So the rule here is narrower than the standards: a local part
of plain words joined by dots (RFC 5321's dot-string), `@`, and a domain name.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest
from typing import Final

import regex

from smallprint.errors import UsageError
from smallprint.reading.characters import character_name

MAX_LENGTH: Final = 254
"""Octets of an address: what fits into a path of SMTP (RFC 5321, 4.5.3.1.3)."""
MAX_LOCAL: Final = 64
_MAX_LABEL: Final = 63

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_USUAL: Final = re.compile(
    rf"(?=[^@]{{1,{MAX_LOCAL}}}@)(?!.{{{MAX_LENGTH + 1}}}){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z]{{2,{_MAX_LABEL}}}"
)
"""Nearly every address there is; what it does not match is looked at with more care."""
_LOCAL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_ASCII_LABEL: Final = re.compile(_LABEL)
_ENCODED: Final = "xn--"
"""With this begins a part of a domain that stands for letters beyond ASCII."""
_ENCODED_WORD: Final = "=?"
"""With this begins text in a header that mail software decodes, and some versions of Python into further headers."""
_WORDLIKE: Final = regex.compile(
    r"[[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}-]--\p{Default_Ignorable_Code_Point}]", regex.V1
)
"""Of what names in the letters of all languages are made, less what nobody sees and one standard drops."""
_SIGNS: Final = {
    ",": "A comma separates addresses.",
    ";": "A semicolon separates addresses.",
    "<": "It is in angle brackets.",
    ">": "It is in angle brackets.",
    "(": "A comment in parentheses stands in it.",
    ")": "A comment in parentheses stands in it.",
    ":": "A colon makes it the name of a group.",
    '"': "Quotation marks stand in it; quoted local parts are not supported.",
    "[": "Square brackets stand in it; an IP address in place of the domain is not supported.",
    "]": "Square brackets stand in it; an IP address in place of the domain is not supported.",
    "\\": "A backslash stands in it.",
    " ": "A blank stands in it.",
}
"""What stands in other forms of addresses, the most telling first."""
_ALONE: Final = "Write one address alone, such as name@example.org."
_REAL_DOMAIN: Final = "Write the whole domain, such as example.org."


class AddressError(UsageError):
    """A text is not exactly one address that mail can safely be sent to. Does not repeat the text."""

    def __init__(self, what: str, remedy: str) -> None:
        """Keep what is wrong and how to mend it, each a sentence."""
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


def check_address(text: str) -> str:
    """Return the one address that a text is.

    Blanks round it are dropped, the domain is put into lower case, and an international domain into its ASCII form.
    The local part stays as it is: only its own server knows what its letters mean.

    Raises:
        AddressError: It is none, or not one alone, or one that is not supported.

    >>> check_address(" Jo@Example.ORG ")
    'Jo@example.org'
    """
    if _USUAL.fullmatch(text) and _ENCODED_WORD not in text and _ENCODED not in text:
        return text
    text = text.strip(" ")
    _check_signs(text)
    local, _, domain = text.partition("@")
    _check_local(local)
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > MAX_LENGTH:
        raise AddressError(
            f"It has {len(address)} characters, and an address at most {MAX_LENGTH}.", "See whether a comma is missing."
        )
    return address


def _check_signs(text: str) -> None:
    """Refuse what holds signs that mean something to mail software, or to nobody."""
    if not text:
        raise AddressError("There is no address.", "Write one, or delete the line.")
    for char in text:
        if not char.isprintable() and char != " ":
            remedy = "Delete the character, and what does not belong to the address."
            raise AddressError(f"{character_name(char)} stands in the address.", remedy)
    if _ENCODED_WORD in text:
        raise AddressError(f"“{_ENCODED_WORD}” stands in it, which mail software reads as an encoded word.", _ALONE)
    for sign, what in _SIGNS.items():
        if sign in text:
            raise AddressError(what, _ALONE)
    if text.count("@") != 1:
        what = "There is no “@” in it." if "@" not in text else "“@” stands in it more than once."
        raise AddressError(what, _ALONE)


def _check_local(local: str) -> None:
    if not local:
        raise AddressError("Nothing stands before the “@”.", _ALONE)
    if not local.isascii():
        char = next(char for char in local if not char.isascii())
        what = f"{character_name(char)} stands before the “@”; only ASCII is supported there (SMTPUTF8 is not)."
        raise AddressError(what, "Use another address of this person.")
    if len(local) > MAX_LOCAL:
        what = f"{len(local)} characters stand before the “@”, and at most {MAX_LOCAL} may."
        raise AddressError(what, "See whether something else got into the address.")
    if not _LOCAL.fullmatch(local):
        raise AddressError("A dot stands first, last or twice in a row before the “@”.", "Delete the dot.")


def _ascii_domain(domain: str) -> str:
    # The length first: what follows need not look at what is far too long.
    if len(domain) > MAX_LENGTH:
        what = f"The domain has {len(domain)} characters, and an address at most {MAX_LENGTH}."
        raise AddressError(what, "See whether something else got into the address.")
    labels = domain.split(".")
    if not all(labels):
        what = "A dot stands first, last or twice in a row in the domain." if domain else "No domain follows the “@”."
        raise AddressError(what, _REAL_DOMAIN)
    if len(labels) == 1:
        raise AddressError("The domain has no dot, so only this machine or network would know it.", _REAL_DOMAIN)
    labels = [_ascii_label(label) for label in labels]
    if labels[-1].isdigit():
        raise AddressError("The domain ends in a number, as IP addresses do, which are not supported.", _REAL_DOMAIN)
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    """Return one part of a domain in ASCII."""
    if label.isascii():
        label = label.lower()
        if label.startswith(_ENCODED):
            _check_encoded(label)
    else:
        label = f"{_ENCODED}{_plain_label(label).encode('punycode').decode('ascii')}"
    if len(label) > _MAX_LABEL:
        what = f"A part of the domain has more than {_MAX_LABEL} characters."
        raise AddressError(what, _REAL_DOMAIN)
    if not _ASCII_LABEL.fullmatch(label):
        odd = next((char for char in label if not char.isalnum() and char != "-"), "")
        stray = f"{character_name(odd)} stands in the domain." if odd else ""
        raise AddressError(stray or "A part of the domain begins or ends with “-”.", _REAL_DOMAIN)
    return label


def _plain_label(label: str) -> str:
    """Return a part of an international domain in the one form in which all software takes it for the same.

    The two standards for such domains, IDNA 2003 and 2008, turn a few letters into different domains, such as “ß”, and
    not all take symbols. What case folding and normalising (NFKC) leave as it is, they agree on.
    """
    plain = unicodedata.normalize("NFC", label.lower())
    stable = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    for char in plain:
        if not _WORDLIKE.match(char):
            raise AddressError(f"{character_name(char)} stands in the domain.", _REAL_DOMAIN)
    # IDNA 2003 normalises as Unicode 3.2 did, which took a few ideographs for others.
    if plain != stable or plain != unicodedata.ucd_3_2_0.normalize("NFKC", label.lower()):
        char = next((old for old, new in zip_longest(plain, stable) if old and old != new), plain[-1])
        what = f"{character_name(char)} in the domain is not the same domain to all mail software."
        raise AddressError(what, "Write the domain in its ASCII form, beginning with xn--.")
    if plain.startswith("-") or plain.endswith("-") or unicodedata.category(plain[0]).startswith("M"):
        raise AddressError("A part of the domain begins or ends with what cannot stand there.", _REAL_DOMAIN)
    return plain


def _check_encoded(label: str) -> None:
    try:
        label[len(_ENCODED) :].encode("ascii").decode("punycode")
    except UnicodeError:
        what = f"A part of the domain begins with “{_ENCODED}” and stands for no letters."
        raise AddressError(what, _REAL_DOMAIN) from None
