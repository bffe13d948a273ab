"""An announcement → a snippet of HTML for the site of the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.guard import check_contents
from smallprint.notifying.theme import NoticeTheme
from smallprint.notifying.views import labels_for, policy_title, tense
from smallprint.presenting.dates import date_in_words, text_direction

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from smallprint.notifying.announcement import Announcement, Sender, Translation


def banner_html(  # noqa: PLR0913 - what is said, by whom, in which words, and when
    announcement: Announcement,
    sender: Sender,
    language: str,
    translation: Translation | None = None,
    templates: Path | None = None,
    *,
    as_of: dt.date,
) -> str:
    """Write the banner in one language: one sentence and two links, without script, style sheet or request.

    Args:
        announcement: what is announced.
        sender: who announces it.
        language: one of `known_languages`.
        translation: gives the title of the policy in that language.
        templates: a folder whose files take the place of ours of the same name.
        as_of: the day; from it follows whether the policy changes or has changed.

    Raises:
        NoticeError: Words or the template are missing or wrong, or a text holds what must not be shown.
    """
    theme = NoticeTheme(templates)
    check_contents(announcement, sender, [translation] if translation else [])
    words = theme.words(language)
    labels = labels_for(words)
    date = date_in_words(announcement.effective, language)
    values = {
        "language": language,
        "direction": text_direction(language),
        "label": words.say("banner.label"),
        "sentence": words.say(
            f"banner.{tense(announcement, as_of)}", policy=policy_title(announcement, translation), date=date
        ),
        "redline_url": announcement.redline_url,
        "text_url": announcement.text_url,
        "see_redline": labels.see_redline,
        "read_text": labels.read_text,
    }
    return theme.fill("banner.html", values).strip() + "\n"
