"""Bytes → text: as declared, else as found, else refused with the place; nothing is replaced or guessed silently."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Final

from smallprint.errors import ContentError
from smallprint.reading.codes import make_fault

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HEAD: Final = 8_192
_META: Final = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_XML: Final = re.compile(rb"^\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w:.-]+)", re.IGNORECASE)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_LANGUAGE: Final = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([a-zA-Z]+)", re.IGNORECASE)

_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # Bytes in which a declaration of UTF-16 can be read are not UTF-16.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
"""What browsers take a declared encoding for."""
_KNOWN: Final = re.compile(
    r"utf-8|cp125[0-8]|cp866|cp874|cp932|cp949|iso8859-(?:[2-8]|1[03456])|koi8-[ru]|mac-(?:roman|cyrillic)|gb18030"
    r"|big5hkscs|euc_jp|iso2022_jp"
)
_ALIASES: Final = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "x-x-big5": "big5hkscs",
}
_WESTERN: Final = re.compile(r"en|de|fr|es|it|pt|nl|sv|da|no|nb|nn|fi|is|ga|gd|ca|eu|gl|af|id|ms|sw")
"""Languages that were written in Windows-1252."""
_MARKS: Final = re.compile(
    "[\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2013\u2014\u2122\u20ac\xa0-\xbf\xd7\xf7]"
)
"""The marks of Windows-1252 that are no letters."""
_ACCENTED: Final = re.compile("[À-ÖØ-öø-ÿŠšŽžŒœŸ]")
_UNLIKELY: Final = re.compile(
    "[\0-\x08\x0e-\x1f]"  # no text at all
    "|[À-ÖØ-öø-ÿ]{3}"  # letters of another alphabet
    "|[^\\W\\d_][\xa1\xa3\xa5\xa6\xb1-\xb3\xb6\xb9\xbc-\xbf][^\\W\\d_]"  # letters of another country
    "|[ÂÃâ][\x80-\xbf\u20ac\u201a\u201e\u2026]"  # UTF-8 that is damaged
)
_MANY_LETTERS: Final = 0.2
_MANY_NULS: Final = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with what is known of its encoding."""

    text: str
    encoding: str
    note: str = ""
    """What a person should know, where the encoding was not simply the declared one."""


def decode(data: bytes, shown: str, declared: str = "") -> str:
    """Return the text of a source with line ends as LF; see `decode_fully`."""
    return decode_fully(data, shown, declared).text


def decode_fully(data: bytes, shown: str, declared: str = "") -> Decoded:
    """Turn bytes into text.

    Args:
        data: The bytes.
        shown: What faults call their source.
        declared: The encoding a person or a server named; it is believed before what a page says of itself.

    Returns:
        The text, with line ends as LF and without a byte order mark.

    Raises:
        ContentError: It is not told how they are to be read, or they cannot be read so.
    """
    decoded = _decode(data, shown, declared)
    return replace(decoded, text=decoded.text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode(data: bytes, shown: str, declared: str) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding, shown, len(mark)), encoding)
    if declared:
        if encoding := _named_wide(declared, data) or _lookup(declared):
            return Decoded(_strictly(data, encoding, shown), encoding)
        what = f"The encoding “{declared}” is none that can be read."
        raise ContentError([make_fault("SP603", shown, what, "Name one such as utf-8, windows-1252 or shift_jis.")])
    if encoding := _wide(data):
        note = f"The source says nothing of its encoding and was read as {encoding.upper()}."
        return Decoded(_strictly(data, encoding, shown), encoding, note)
    return _as_it_says(data, shown)


def _as_it_says(data: bytes, shown: str) -> Decoded:
    """Read bytes as they declare they are to be read, where they do not show that they are something else."""
    named = _declared(data)
    encoding = _lookup(named)
    utf8 = _try(data, "utf-8")
    if utf8 is not None and not (encoding == "iso2022_jp" and b"\x1b" in data):
        is_other = encoding not in {"", "utf-8"} and not data.isascii()
        return Decoded(utf8, "utf-8", f"The source declares {named}, but is UTF-8 and was read so." if is_other else "")
    if encoding in {"", "utf-8"} and _is_western(data):
        says = f"declares {named}, but is not," if encoding else "says nothing of its encoding"
        return Decoded(_strictly(data, "cp1252", shown), "cp1252", f"The source {says} and was read as Windows-1252.")
    return Decoded(_strictly(data, encoding or "utf-8", shown), encoding or "utf-8")


def _declared(data: bytes) -> str:
    head = data[:_HEAD]
    if found := _XML.match(head):
        return found[1].decode("ascii", "replace")
    found = _META.search(_COMMENT.sub(b"", head))
    return found[1].decode("ascii", "replace") if found else ""


def _lookup(name: str) -> str:
    """Return the encoding that a name means, empty where it means none that we read."""
    name = name.strip().lower()
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    found = _MEANT.get(found, found)
    return found if _KNOWN.fullmatch(found) else ""


def _named_wide(name: str, data: bytes) -> str:
    """Return which UTF-16 or UTF-32 a person named, empty for others; zeros tell which half of a letter is first."""
    found = re.fullmatch(r"utf-?(16|32)-?(le|be)?", name.strip().lower().replace("_", "-"))
    return f"utf-{found[1]}-{found[2] or _wide(data)[-2:] or 'le'}" if found else ""


def _wide(data: bytes) -> str:
    """Return which UTF-16 bytes without a mark are, if they are."""
    sample = data[:2_000]
    half = len(sample) / 2
    if half and sample[1::2].count(0) > _MANY_NULS * half and not sample[0::2].count(0):
        return "utf-16-le"
    if half and sample[0::2].count(0) > _MANY_NULS * half and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _is_western(data: bytes) -> bool:
    """Tell whether bytes that are not UTF-8 make sense as Windows-1252: some marks and accents among plain letters."""
    language = _LANGUAGE.search(data[:_HEAD])
    if language and not _WESTERN.fullmatch(language[1].decode("ascii").lower()):
        return False
    text = _try(data, "cp1252")
    if text is None or _UNLIKELY.search(text):
        return False
    odd = [char for char in text if char > "\x7f" and not _MARKS.match(char)]
    letters = sum(char.isalpha() for char in text)
    return all(map(_ACCENTED.match, odd)) and len(odd) <= _MANY_LETTERS * letters


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, encoding: str, shown: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        start = error.start
        line_start = data.rfind(b"\n", 0, start) + 1
        line_end = data.find(b"\n", start)
        excerpt = data[line_start : len(data) if line_end < 0 else line_end][:300].decode("ascii", "backslashreplace")
        column = len(data[line_start:start].decode("ascii", "backslashreplace")) + 1
        what = f"Byte {start + skipped}, 0x{data[start]:02X}, is not {encoding.upper()}."
        remedy = "Name the encoding the file was saved in, or save it anew with the encoding “UTF-8”."
        fault = make_fault("SP603", shown, what, remedy, line=data.count(b"\n", 0, start) + 1, column=column)
        raise ContentError([replace(fault, excerpt=excerpt.rstrip("\r"), width=4)]) from error
