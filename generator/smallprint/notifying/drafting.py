"""An announcement → its words in every language there is, and the plan that freezes them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.notifying.plan import (
    SCHEMA_VERSION,
    Plan,
    PlannedChange,
    PlannedDuty,
    PlannedList,
    PlannedRecipients,
    PlannedSender,
)
from smallprint.notifying.settings import read_sender
from smallprint.notifying.texts import columns_of, known_languages, language_for, templates_digest, write_texts
from smallprint.notifying.translations import read_translation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.notifying.announcement import AnnouncedChange, Announcement, Sender
    from smallprint.notifying.announcing import Duty
    from smallprint.notifying.audience import Audience
    from smallprint.notifying.filling import Filled
    from smallprint.notifying.wish import Wish

CHANNEL = "email"


class Draft:
    """The words of a notice before it is known who reads them."""

    def __init__(self, wish: Wish, announcement: Announcement) -> None:
        """Write the notice in every language there are words in.

        Raises:
            ContentError: notice.yml or a translation has faults.
            NoticeError: Templates or words cannot be used.
        """
        self._wish, self._announcement = wish, announcement
        slug, own = wish.policy.slug, announcement.language
        folder, shown = wish.content / slug, f"{wish.shown}/{slug}"
        known = known_languages(wish.templates)
        default = language_for(own, known, "")
        if not default:
            raise NoticeError(
                f"There are no words for notices in the language of the policy (`{own}`), only in {', '.join(known)}. "
                f"Write words/{own}.yml in a folder of templates, and name it with --templates."
            )
        self.language_for = partial(language_for, known=known, default=default)
        """Gives the language of the text for the tag of a recipient."""
        self._sender = read_sender(folder, shown)
        if not self._sender.name:
            self._sender = replace(self._sender, name=wish.policy.publisher or wish.policy.product)
        others = [language for language in known if language != default]
        found = [read_translation(folder, shown, announcement.version, each, announcement) for each in others]
        self._translations = {each.language: each for each in found if each}
        self._texts = {
            text.language: text
            for text in write_texts(
                announcement,
                self._sender,
                known,
                tuple(self._translations.values()),
                wish.templates,
                as_of=wish.day,
            )
        }
        self._default = default

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the recipients file that any text shows."""
        return frozenset[str]().union(*map(columns_of, self._texts.values()))

    def plan(self, duty: Duty, audience: Audience, filled: Filled, words: Mapping[str, str]) -> Plan:
        """Return the plan, not sealed yet.

        Args:
            duty: why people are told, and by when.
            audience: those who are told, gone through to the end.
            filled: what came of filling the ledger.
            words: by version, the hash of its text.
        """
        wish, told = self._wish, self._announcement
        used = sorted({self._default, *filled.languages}, key=lambda language: (language != self._default, language))
        texts = [self._texts[language] for language in used]
        return Plan(
            schema_version=SCHEMA_VERSION,
            notice=self._name(),
            policy=told.slug,
            title=told.policy,
            publisher=told.publisher,
            product=told.product,
            language=told.language,
            baseline=told.baseline,
            baseline_effective=told.baseline_effective,
            version=told.version,
            effective=told.effective,
            made=wish.day,
            duty=_planned_duty(wish, duty),
            changes=[_planned_change(change) for change in told.changes],
            others=told.others,
            redline_url=told.redline_url,
            text_url=told.text_url,
            words=dict(words),
            sender=_planned_sender(self._sender),
            texts=texts,
            columns=sorted(self.columns),
            untranslated=[text.language for text in texts if text.language not in {self._default, *self._translations}],
            templates=templates_digest(wish.templates),
            recipients=_planned_recipients(wish, audience, filled),
            suppression=_planned_list(wish),
        )

    def _name(self) -> str:
        """Return the name of the notice, the same however often the same is planned."""
        own = hashlib.sha256()
        told = self._announcement
        for text in (told.slug, told.baseline, told.version, self._sender.address):
            own.update(f"{len(text)} {text} ".encode())
        for change in told.changes:
            own.update(f"{change.anchor} {len(change.sentence)} {change.sentence} ".encode())
        return own.hexdigest()[:32]


def _planned_duty(wish: Wish, duty: Duty) -> PlannedDuty:
    return PlannedDuty(
        duty.owed.days,
        duty.owed.days_of,
        list(duty.owed.ways),
        CHANNEL,
        duty.latest,
        wish.late if wish.day > duty.latest else "",
        list(duty.sources),
    )


def _planned_change(change: AnnouncedChange) -> PlannedChange:
    return PlannedChange(
        change.anchor,
        change.title,
        change.url,
        change.direction,
        [str(right) for right in change.rights],
        change.sentence,
        list(change.sources),
    )


def _planned_sender(sender: Sender) -> PlannedSender:
    return PlannedSender(sender.name, sender.address, sender.reply_to, sender.bounces, sender.contact)


def _planned_recipients(wish: Wish, audience: Audience, filled: Filled) -> PlannedRecipients:
    return PlannedRecipients(
        file=wish.recipients.as_posix(),
        sha256=audience.file.digest,
        lines=audience.told + audience.joined_since + audience.bad,
        bad=audience.bad,
        joined_since=audience.joined_since,
        merged=filled.merged,
        alike=filled.alike,
        names_left_out=audience.file.nameless,
        suppressed=filled.suppressed,
        planned=filled.planned,
        languages=dict(filled.languages),
        elsewhere=dict(sorted(audience.elsewhere.items())),
    )


def _planned_list(wish: Wish) -> PlannedList | None:
    if wish.suppression is None:
        return None
    with wish.suppression.open("rb") as file:
        return PlannedList(wish.suppression.as_posix(), hashlib.file_digest(file, "sha256").hexdigest())
