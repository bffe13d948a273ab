"""The texts of a notice → the exact messages as files, and one page to look at them all in a browser."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.checking import check_form, check_with_library
from smallprint.notifying.frozen import sender_of
from smallprint.notifying.message import MessageForm
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.theme import NoticeTheme
from smallprint.presenting.dates import language_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.notifying.announcement import NoticeText
    from smallprint.notifying.plan import Plan

_QUERY: Final = "(prefers-color-scheme: dark)"
# What holds in a frame of either kind, whatever the browser around prefers.
_SCHEMES: Final = {"light": "not all", "dark": "all"}
_NINE: Final = dt.time(9)
_SIZES: Final = {"phone": "360 pixels wide, as on a phone", "wide": "wide"}
_PAGE: Final = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Banner</title>'
    "<style>html {{ color-scheme: {scheme}; }} body {{ margin: 1rem; font-family: sans-serif; }}</style></head>"
    "<body>{html}</body></html>"
)


@dataclass(frozen=True, slots=True)
class _Frame:
    size: str
    scheme: str
    caption: str
    html: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows of one language."""

    language: str
    name: str
    direction: str
    files: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    frames: tuple[_Frame, ...]
    banners: tuple[_Frame, ...]


def write_preview(folder: Path, plan: Plan) -> Path:
    """Write the messages to a made-up recipient, the banners, and a page that shows them.

    Args:
        folder: where to, made if it is not there; files of the same names are overwritten, others stay.
        plan: what was planned. The day for which it was made stands in `Date`, so that equal plans give equal bytes.

    Returns:
        The page, `index.html`.

    Raises:
        NoticeError: A message cannot be built as meant, or a file cannot be written.
    """
    columns = {name: f"[{name}]" for name in plan.columns}
    recipient = Recipient(1, "sample@example.org", "", "Sam Sample", None, columns)
    page = folder / "index.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        values = {
            "policy": plan.title,
            "baseline": plan.baseline,
            "version": plan.version,
            "changes": len(plan.changes),
            "recipient": recipient,
            "columns": plan.columns,
            "messages": [_write_message(folder, plan, text, recipient) for text in plan.texts],
        }
        page.write_text(NoticeTheme(None).fill("preview.html", values), encoding="utf-8", newline="\n")
    except OSError as error:
        raise NoticeError(
            f"The preview cannot be written to {folder}: {error.strerror}. Name a folder that can be written to."
        ) from error
    return page


def _write_message(folder: Path, plan: Plan, text: NoticeText, recipient: Recipient) -> _Shown:
    """Write the files of one language, and return what the page shows of it."""
    form, when = MessageForm(text, sender_of(plan.sender), plan.notice), dt.datetime.combine(plan.made, _NINE, dt.UTC)
    check_form(form)
    data = form.build(recipient, when)
    check_with_library(data, form.meant(recipient, when))
    plain, html = form.parts(recipient)
    files = {
        f"{text.language}.eml": data,
        f"{text.language}.html": html.encode("utf-8"),
        f"{text.language}.txt": plain.encode("utf-8"),
        f"banner.{text.language}.html": text.banner.encode("utf-8"),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return _Shown(
        language=text.language,
        name=language_in_words(text.language, "en"),
        direction=text.direction,
        files=tuple(files),
        headers=tuple(form.headers(recipient, when)),
        text=plain,
        frames=_message_frames(html),
        banners=_banner_frames(text.banner),
    )


def _message_frames(html: str) -> tuple[_Frame, ...]:
    return tuple(
        _Frame(size, scheme, f"{caption}, {scheme}", html.replace(_QUERY, holds))
        for size, caption in _SIZES.items()
        for scheme, holds in _SCHEMES.items()
    )


def _banner_frames(banner: str) -> tuple[_Frame, ...]:
    return tuple(
        _Frame("phone", scheme, f"{_SIZES['phone']}, {scheme}", _PAGE.format(scheme=scheme, html=banner))
        for scheme in _SCHEMES
    )
