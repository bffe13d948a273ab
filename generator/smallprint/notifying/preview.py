"""The texts of a notice → the exact messages as files, and one page to look at them all in a browser."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.banner import banner_html
from smallprint.notifying.checking import check_form, check_with_library
from smallprint.notifying.message import MessageForm
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.texts import columns_of
from smallprint.notifying.theme import NoticeTheme
from smallprint.presenting.dates import language_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from smallprint.notifying.announcement import Announcement, NoticeText, Sender, Translation

_QUERY: Final = "(prefers-color-scheme: dark)"
# What holds in a frame of either kind, whatever the browser around prefers.
_SCHEMES: Final = {"light": "not all", "dark": "all"}
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


def write_preview(  # noqa: PLR0913 - what is shown, and where
    folder: Path,
    texts: Sequence[NoticeText],
    sender: Sender,
    notice_id: str,
    announcement: Announcement,
    *,
    as_of: dt.date,
    translations: Iterable[Translation] = (),
    templates: Path | None = None,
) -> Path:
    """Write the messages to a made-up recipient, the banners, and a page that shows them.

    Args:
        folder: where to, made if it is not there; files of the same names are overwritten, others stay.
        texts: what the notice says in each language.
        sender: who writes.
        notice_id: the name of the notice.
        announcement: what is announced.
        as_of: the day for which the texts were written; it also stands in `Date`, so that equal texts give equal bytes.
        translations: those the texts were written with.
        templates: the folder the texts were written with.

    Returns:
        The page, `index.html`.

    Raises:
        NoticeError: A message cannot be built as meant, or a file cannot be written.
    """
    titles = {translation.language: translation for translation in translations}
    columns = sorted(frozenset[str]().union(*map(columns_of, texts)))
    recipient = Recipient(1, "sample@example.org", "", "Sam Sample", None, {name: f"[{name}]" for name in columns})
    when = dt.datetime.combine(as_of, dt.time(9), dt.UTC)
    shown = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for text in texts:
            form = MessageForm(text, sender, notice_id)
            check_form(form)
            data = form.build(recipient, when)
            check_with_library(data, form.meant(recipient, when))
            plain, html = form.parts(recipient)
            banner = banner_html(announcement, sender, text.language, titles.get(text.language), templates, as_of=as_of)
            files = {
                f"{text.language}.eml": data,
                f"{text.language}.html": html.encode("utf-8"),
                f"{text.language}.txt": plain.encode("utf-8"),
                f"banner.{text.language}.html": banner.encode("utf-8"),
            }
            for name, content in files.items():
                (folder / name).write_bytes(content)
            shown.append(
                _Shown(
                    language=text.language,
                    name=language_in_words(text.language, "en"),
                    direction=text.direction,
                    files=tuple(files),
                    headers=tuple(form.headers(recipient, when)),
                    text=plain,
                    frames=_message_frames(html),
                    banners=_banner_frames(banner),
                )
            )
        values = {
            "policy": announcement.policy,
            "baseline": announcement.baseline,
            "version": announcement.version,
            "changes": len(announcement.changes),
            "recipient": recipient,
            "columns": columns,
            "messages": shown,
        }
        page = folder / "index.html"
        page.write_text(NoticeTheme(templates).fill("preview.html", values), encoding="utf-8", newline="\n")
    except OSError as error:
        raise NoticeError(
            f"The preview cannot be written to {folder}: {error.strerror}. Name a folder that can be written to."
        ) from error
    return page


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
