"""What the templates of a notice are given: every sentence ready, in the language of its reader."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.judgement import Direction, Right
from smallprint.presenting.dates import date_in_words, language_in_words, text_direction
from smallprint.presenting.judging_wording import ENGLISH_JUDGING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.notifying.announcement import AnnouncedChange, Announcement, Sender, Translation
    from smallprint.notifying.words import Words

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_SPACES: Final = re.compile(r"[ \t\n]+")
_BETWEEN: Final = " · "


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its language."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One material change."""

    title: Said
    sentence: Said
    url: str
    direction: str
    """`reduces` or `mixed`."""
    sign: str
    verdict: str
    rights: str
    """Those it touches, as a list; may be empty."""
    against: str
    """Which version it is a change against, where that is another one than the message speaks of; else empty."""

    @property
    def mark(self) -> str:
        """Return sign, verdict and rights on one line."""
        return f"{self.sign} {_BETWEEN.join(filter(None, (self.verdict, self.rights)))}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What all changes of one direction come to."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """All that a message says."""

    language: str
    direction: str
    publisher: str
    subject: str
    preheader: str
    lead: str
    baseline: str
    changes: tuple[ChangeView, ...]
    original: str
    """In which language the summaries are, where that is not the reader's; else empty."""
    others: str
    """How many more changes there are; empty where there are none."""
    meaning: tuple[Effect, ...]
    since: str
    can_do: tuple[str, ...]
    """Paragraphs."""
    promise: str
    """Empty where the policy promises nothing of the kind."""
    automatic: str
    redline_url: str
    text_url: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Headings and links."""

    changes: str
    meaning: str
    since: str
    can_do: str
    see_redline: str
    read_text: str


def labels_for(words: Words) -> Labels:
    """Return the headings and links of a message."""
    keys = ("headings.changes", "headings.meaning", "headings.since", "headings.can-do", "links.redline", "links.text")
    return Labels(*(words.say(key) for key in keys))


def tense(announcement: Announcement, as_of: dt.date) -> str:
    """Return by which key to speak of the new version: it is `coming` up to the day on which it takes effect."""
    return "coming" if announcement.effective >= as_of else "past"


def policy_title(announcement: Announcement, translation: Translation | None) -> str:
    """Return what the policy is called."""
    return (translation and translation.policy) or announcement.policy


def notice_view(
    announcement: Announcement, sender: Sender, words: Words, translation: Translation | None, as_of: dt.date
) -> NoticeView:
    """Return what the templates are given.

    Args:
        announcement: what is announced.
        sender: who writes.
        words: those of the language.
        translation: of the sentences into it.
        as_of: the day on which the message is written.
    """
    language, when = words.language, tense(announcement, as_of)
    direction = text_direction(language)
    date = date_in_words(announcement.effective, language)
    policy, contact = policy_title(announcement, translation), sender.contact or sender.reply_to or sender.address
    changes = tuple(_change(change, announcement, words, translation) for change in announcement.changes)
    publisher = announcement.publisher or sender.name
    shown = {
        key: _isolated(value, direction)
        for key, value in (("publisher", publisher), ("policy", policy), ("product", announcement.product))
    }
    lead = f"lead.{when}-product" if announcement.product else f"lead.{when}"
    return NoticeView(
        language=language,
        direction=direction,
        publisher=publisher,
        subject=_on_one_line(words.say("subject", policy=policy)).strip(),
        preheader=words.say(f"preheader.{when}", date=date),
        lead=words.say(lead, date=date, **shown),
        baseline=words.say("lead.baseline", baseline=_baseline(announcement, language)),
        changes=changes,
        original=_original(changes, announcement.language, words),
        others=words.say_of("others", announcement.others) if announcement.others else "",
        meaning=tuple(_effects(announcement, words)),
        since=words.say(f"since.{when}", date=date),
        can_do=_can_do(sender, words, _isolated(contact, direction)),
        promise=words.say("promise", policy=shown["policy"]) if announcement.is_promised else "",
        automatic=words.say("automatic", contact=_isolated(contact, direction)),
        redline_url=announcement.redline_url,
        text_url=announcement.text_url,
    )


def _change(
    change: AnnouncedChange, announcement: Announcement, words: Words, translation: Translation | None
) -> ChangeView:
    translated = translation.sentences.get(change.anchor, "") if translation else ""
    sentence = (
        _said(translated, words.language) if translated.strip() else _said(change.sentence, announcement.language)
    )
    return ChangeView(
        title=_said(change.title, announcement.language),
        sentence=sentence,
        url=change.url,
        direction=str(change.direction),
        sign=_sign(change.direction),
        verdict=words.say(f"directions.{change.direction}"),
        rights=words.listed([words.say(f"rights.{right}") for right in change.rights]),
        against=words.say("against", baseline=date_in_words(change.against, words.language)) if change.against else "",
    )


def _effects(announcement: Announcement, words: Words) -> Iterator[Effect]:
    """Yield what the changes come to, reductions first."""
    for direction in (Direction.REDUCES, Direction.MIXED):
        concerned = [change for change in announcement.changes if change.direction is direction]
        touched = {right for change in concerned for right in change.rights} or {Right.OTHER}
        rights = words.listed([words.say(f"rights.{right}") for right in Right if right in touched])
        if concerned:
            yield Effect(_sign(direction), words.say_of(f"meaning.{direction}", len(concerned), rights=rights))


def _original(changes: tuple[ChangeView, ...], language: str, words: Words) -> str:
    """Say in which language sentences are that nobody translated."""
    left = [change for change in changes if change.sentence.language != words.language]
    if not left:
        return ""
    name = language_in_words(language, words.language)
    return words.say("original" if len(left) == len(changes) else "original-some", language=name)


def _can_do(sender: Sender, words: Words, contact: str) -> tuple[str, ...]:
    said = sender.what_you_can_do.get(words.language, "").strip() or words.say("can-do", contact=contact)
    return tuple(filter(None, map(_on_one_line, said.split("\n"))))


def _baseline(announcement: Announcement, language: str) -> str:
    if announcement.baseline_effective:
        return date_in_words(announcement.baseline_effective, language)
    try:
        return date_in_words(dt.date.fromisoformat(announcement.baseline), language)
    except ValueError:
        return announcement.baseline


def _said(text: str, language: str) -> Said:
    return Said(_on_one_line(text), language, text_direction(language))


def _on_one_line(text: str) -> str:
    # Not all that Python takes for white space is: a no-break space is there for a reason.
    return _SPACES.sub(" ", text).strip(" ")


def _sign(direction: Direction) -> str:
    return ENGLISH_JUDGING.directions[direction].sign


def _isolated(text: str, direction: str) -> str:
    """Return a name so that its full stop stays at its end, though the sentence runs the other way."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if direction == "rtl" else text
