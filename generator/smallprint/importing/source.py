"""The bytes of a source, of whatever kind → a draft, and what the check finds missing in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smallprint.errors import ContentError, UsageError
from smallprint.importing.bytes import SourceKind, decode_fully, kind_of
from smallprint.importing.lost import missing_from_markdown, missing_from_text
from smallprint.importing.markdown import MAX_LISTS, read_markdown
from smallprint.importing.marked import has_marks
from smallprint.importing.struck import Struck
from smallprint.importing.text import read_text
from smallprint.reading.codes import make_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smallprint.importing.draft import Draft


@dataclass(frozen=True)
class Source:
    """What was read."""

    kind: SourceKind
    draft: Draft
    missing: tuple[str, ...]
    """Visible words of the source that are not in the draft, neither as text nor as left out."""
    marked: str = ""
    """The whole text, where it is a version with ids as we write them, which stay."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says of a source."""

    url: str = ""
    """The address it was taken from."""
    encoding: str = ""
    view: str = ""
    """Word: as what tracked changes are read."""
    only: Sequence[str] = ()
    """Web page: the ids of the parts to read, where it holds several documents."""
    struck: str = ""
    """`keep` or `drop`: what becomes of text that is struck out; where nobody says, it is left out as a guess."""
    beside: Callable[[str], bytes | None] | None = None
    """Web page: the path of a file that was saved with it, relative to it → its bytes."""


def read_any(data: bytes, shown: str, name: str, asked: Asked = Asked()) -> Source:
    """Read a source of any kind.

    Args:
        data: its bytes.
        shown: what faults call it.
        name: its file's name; empty for the standard input.
        asked: what a person says of it.

    Raises:
        ContentError: It cannot be read, or holds no policy.
        UsageError: What was asked does not fit its kind.
    """
    kind = kind_of(data, name or shown)
    _check_asked(kind, asked)
    marked = ""
    if kind is SourceKind.HTML:
        from smallprint.importing.html import missing_from_page, read_html  # noqa: PLC0415 - lxml is slow to load

        draft = read_html(
            data,
            shown,
            url=asked.url,
            declared=asked.encoding,
            only=asked.only,
            struck=asked.struck,
            beside=asked.beside,
        )
        lost = missing_from_page(data, draft, asked.encoding)
    elif kind is SourceKind.DOCX:
        from smallprint.importing.docx import View, missing, read_docx  # noqa: PLC0415

        view = View(asked.view) if asked.view else None
        draft = read_docx(data, shown, view=view, struck=Struck(asked.struck or Struck.DROP))
        lost = missing(data, draft)
    else:
        decoded = decode_fully(data, shown, asked.encoding)
        text = decoded.text
        if kind is SourceKind.MARKDOWN:
            draft = read_markdown(text, shown, struck=asked.struck)
            lost = missing_from_markdown(text, draft)
            marked = text if has_marks(text) else ""
        else:
            draft = read_text(text, shown)
            lost = missing_from_text(text, draft)
        draft = replace(draft, notes=tuple(filter(None, (decoded.note, *draft.notes))))
    if not any(char.isalnum() for piece in draft.pieces for char in piece.text):
        remedy = "See that this is the right file, and that its text is not put in by a script."
        raise ContentError([make_fault("SP606", shown, "There are no words of a policy in it.", remedy)])
    _refuse_depth(draft, shown)
    return Source(kind, replace(draft, url=asked.url or draft.url), lost, marked)


def _refuse_depth(draft: Draft, shown: str) -> None:
    """Refuse lists so deep that a version could not hold them."""
    deep = next((piece for piece in draft.pieces if piece.depth > MAX_LISTS), None)
    if deep is not None:
        what = f"Lists are nested more than {MAX_LISTS} deep here."
        remedy = "Flatten them: text that deep would be lost in most readers."
        raise ContentError([make_fault("SP402", shown, what, remedy, line=deep.line)])


def _check_asked(kind: SourceKind, asked: Asked) -> None:
    if asked.view and kind is not SourceKind.DOCX:
        raise UsageError(f"--view is for Word files; this is {kind}. Leave it out.")
    if asked.only and kind is not SourceKind.HTML:
        raise UsageError(f"--only is for web pages; this is {kind}. Leave it out.")
