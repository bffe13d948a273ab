"""An announcement, its translations and the templates → the words of a notice in each language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.notifying.announcement import NoticeText
from smallprint.notifying.banner import banner_html
from smallprint.notifying.gaps import RecipientGaps, free_columns, gap
from smallprint.notifying.guard import check_contents, check_header
from smallprint.notifying.theme import NoticeTheme, styles_inlined
from smallprint.notifying.views import labels_for, notice_view

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from smallprint.notifying.announcement import Announcement, Sender, Translation
    from smallprint.notifying.views import NoticeView
    from smallprint.notifying.words import Words

_BLANK_LINES = re.compile(r"\n{4,}")


def write_texts(  # noqa: PLR0913 - what is said, by whom, in which words, and when
    announcement: Announcement,
    sender: Sender,
    languages: Sequence[str],
    translations: Iterable[Translation] = (),
    templates: Path | None = None,
    *,
    as_of: dt.date,
) -> tuple[NoticeText, ...]:
    """Write a notice in several languages.

    Args:
        announcement: what is announced.
        sender: who writes.
        languages: those of `known_languages` that are wanted.
        translations: of the sentences; a sentence without one stays as it is, and it is said in which language.
        templates: a folder whose files take the place of ours of the same name.
        as_of: the day; from it follows whether the new version takes effect or took.

    Returns:
        A text for each language, in the same order.

    Raises:
        NoticeError: Words or a template are missing or wrong, or a text holds what must not come into a message.
    """
    theme = NoticeTheme(templates)
    check_contents(announcement, sender, translations := tuple(translations))
    by_language = {translation.language: translation for translation in translations}
    texts = []
    for language in languages:
        words = theme.words(language)
        translation = by_language.get(language)
        notice = notice_view(announcement, sender, words, translation, as_of)
        banner = banner_html(announcement, theme, language, translation, as_of=as_of)
        texts.append(_write(notice, words, theme, banner))
    return tuple(texts)


def templates_digest(templates: Path | None = None) -> str:
    """Return the SHA-256 of all templates and words that a notice can be made from, as hexadecimal digits.

    Raises:
        NoticeError: One of them cannot be read.
    """
    return NoticeTheme(templates).digest()


def known_languages(templates: Path | None = None) -> tuple[str, ...]:
    """Return the languages there are words for, sorted."""
    return NoticeTheme(templates).languages


def language_for(tag: str, known: Iterable[str], default: str) -> str:
    """Return which of the known languages to write to somebody in, by the language tag in the recipients file.

    >>> language_for("fr-CA", ["de", "fr"], "en"), language_for("PT_br", ["pt-BR", "pt"], "en")
    ('fr', 'pt-BR')
    >>> language_for("ja", ["de", "fr"], "en"), language_for("", ["de", "fr"], "en")
    ('en', 'en')
    """
    by_tag = {language.lower(): language for language in known}
    parts = tag.strip().lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        if found := by_tag.get("-".join(parts[:length])):
            return found
    return default


def columns_of(text: NoticeText) -> frozenset[str]:
    """Return the free columns of the recipients file that a text shows."""
    return free_columns(text.text, text.html)


def _write(notice: NoticeView, words: Words, theme: NoticeTheme, banner: str) -> NoticeText:
    check_header(notice.subject, "the subject")
    values = {"notice": notice, "say": labels_for(words), "recipient": RecipientGaps()}
    text = _tidied(theme.fill("message.txt", values))
    html = styles_inlined(theme.fill("message.html", values)).rstrip() + "\n"
    for made, name in ((text, "message.txt"), (html, "message.html")):
        if not made.strip():
            raise NoticeError(f"The template `{name}` gives no text. A message needs both parts.")
    return NoticeText(
        language=notice.language,
        direction=notice.direction,
        subject=notice.subject,
        text=text,
        html=html,
        greeting_named=words.say("greeting.named", name=gap("name")),
        greeting_unnamed=words.say("greeting.unnamed"),
        banner=banner,
    )


def _tidied(text: str) -> str:
    """Return a text without spaces at the ends of its lines and without more than two empty lines in a row."""
    lines = "\n".join(line.rstrip(" \t") for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n\n", lines).strip("\n") + "\n"
