"""An announcement → a snippet of HTML for the site of the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.views import labels_for, policy_title, tense
from smallprint.presenting.dates import date_in_words, text_direction

if TYPE_CHECKING:
    import datetime as dt

    from smallprint.notifying.announcement import Announcement, Translation
    from smallprint.notifying.theme import NoticeTheme


def banner_html(
    announcement: Announcement, theme: NoticeTheme, language: str, translation: Translation | None, *, as_of: dt.date
) -> str:
    """Write the banner in one language: one sentence and two links, without script, style sheet or request.

    Args:
        announcement: what is announced, checked by `guard.check_contents`.
        theme: templates and words.
        language: one that the theme has words in.
        translation: gives the title of the policy in that language.
        as_of: the day; from it follows whether the policy changes or has changed.

    Raises:
        NoticeError: Words or the template are missing or wrong.
    """
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
