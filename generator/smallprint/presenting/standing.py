"""A policy as it stands on one day, and what all of its pages share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from smallprint.presenting.addresses import (
    feed_uri,
    history_uri,
    material_uri,
    policy_uri,
    redline_uri,
    relative_uri,
    version_uri,
)
from smallprint.presenting.dates import date_in_words
from smallprint.presenting.dropped import dropped_clauses
from smallprint.presenting.language_parts import LanguageParts
from smallprint.presenting.views import ColophonView, DigestView, FrameView, LinkView
from smallprint.presenting.wording import Wording, wording_for
from smallprint.reading.links import Library, linked_policy
from smallprint.reviewing.baseline import baseline_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.model import Policy, Version, VersionId
    from smallprint.presenting.dropped import Dropped
    from smallprint.reviewing.proof import Proof

_VERSIONS_LISTED = 8
"""How many versions the foot of a text lists; the history has all."""


@dataclass(frozen=True)
class Standing:
    """A policy as the public may see it on a day.

    A version published later than that day is not there; one that is to take effect later is announced.
    """

    policy: Policy
    as_of: date
    against_current: bool = True
    """Whether each version is also compared with the one in force, not only with its neighbours."""
    proofs: Mapping[VersionId, Proof] = field(default_factory=lambda: MappingProxyType({}))
    """Of notices that were sent, by the version users were told of."""
    others: Library | None = None
    """All that links can lead to; without it, the policy itself."""

    @cached_property
    def library(self) -> Library:
        """All that links can lead to."""
        return self.others or Library({self.policy.slug: linked_policy(self.policy)})

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """What has been published, oldest first."""
        return tuple(v for v in self.policy.versions if v.published is None or v.published <= self.as_of)

    @cached_property
    def current(self) -> Version | None:
        """The version in force."""
        past = [version for version in self.versions if version.effective and version.effective <= self.as_of]
        return past[-1] if past else None

    @cached_property
    def announced(self) -> tuple[Version, ...]:
        """The versions that will take effect, the next one first."""
        return self.versions[self._positions[self.current.version_id] + 1 :] if self.current else self.versions

    @cached_property
    def shown(self) -> Version:
        """The version that the policy's own address shows."""
        return self.current or self.versions[0]

    @cached_property
    def name(self) -> str:
        """The policy's title and whose it is."""
        policy = self.policy
        if not policy.publisher:
            return policy.title
        return self.wording.named.format(policy=policy.title, publisher=policy.publisher)

    @cached_property
    def wording(self) -> Wording:
        """Our own words."""
        return wording_for(self.policy.language)

    @cached_property
    def parts(self) -> LanguageParts:
        """Which words are in which language."""
        language, say = self.policy.language, self.wording
        return LanguageParts(language, "" if language.partition("-")[0] == say.language else say.language)

    @cached_property
    def dropped(self) -> tuple[Dropped, ...]:
        """The clause ids of earlier versions that the one shown no longer has."""
        return dropped_clauses(self.versions[: self.position(self.shown) + 1])

    @cached_property
    def latest_step(self) -> tuple[Version, Version] | None:
        """The step that led to the version shown; none for the first."""
        position = self._positions[self.shown.version_id]
        return (self.versions[position - 1], self.shown) if position else None

    @cached_property
    def pairs(self) -> tuple[tuple[Version, Version], ...]:
        """All comparisons that have a page: each step, each version with the one in force, then those of notices."""
        return self._usual_pairs + self.notice_pairs

    @cached_property
    def _usual_pairs(self) -> tuple[tuple[Version, Version], ...]:
        steps = tuple(pairwise(self.versions))
        if not (self.current and self.against_current):
            return steps
        middle = self.position(self.current)
        earlier = tuple((version, self.current) for version in reversed(self.versions[: max(0, middle - 1)]))
        later = tuple((self.current, version) for version in self.versions[middle + 2 :])
        return steps + earlier + later

    @cached_property
    def notice_pairs(self) -> tuple[tuple[Version, Version], ...]:
        """The comparisons that have a page because a notice leads there, or may, and for no other reason.

        That is the way to the version in force, and to each one announced, from the version users were last told of;
        and the way that a notice told of, for ever, as mails are read again years later.
        """
        open_to_notice = (*((self.current,) if self.current else ()), *self.announced)
        told = [(baseline_of(self.policy, version), version) for version in open_to_notice]
        told += [(self.named(proof.baseline), self.named(proof.version)) for proof in self.proofs.values()]
        known = {(old.version_id, new.version_id) for old, new in self._usual_pairs}
        found: dict[tuple[str, str], tuple[Version, Version]] = {}
        for old, new in told:
            # A version that is not published yet has no page.
            if old and new and old.version_id in self._positions and self.position(old) < self.position(new):
                found.setdefault((old.version_id, new.version_id), (old, new))
        return tuple(pair for names, pair in found.items() if names not in known)

    @cached_property
    def _paired(self) -> frozenset[tuple[int, int]]:
        return frozenset((self.position(old), self.position(new)) for old, new in self.pairs)

    def has_redline(self, old: Version, new: Version) -> bool:
        """Whether a comparison has a page."""
        return (self.position(old), self.position(new)) in self._paired

    def proof_of(self, version: Version) -> Proof | None:
        """Return the proof that users were told of a version; none where, by this day, they were not or not all."""
        proof = self.proofs.get(version.version_id)
        return proof if proof and proof.last and proof.last.date() <= self.as_of else None

    def told_since(self, version: Version) -> Version | None:
        """Return the version from which on a notice tells what changed, where that page is there and is no step."""
        proof = self.proofs.get(version.version_id)
        old = self.named(proof.baseline) if proof else next((a for a, b in self.notice_pairs if b is version), None)
        is_step = old is not None and self.position(version) - self.position(old) == 1
        return None if is_step else old

    def named(self, name: VersionId) -> Version | None:
        """Return the version of a name; none where none of that name is published."""
        position = self._positions.get(name)
        return None if position is None else self.versions[position]

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {version.version_id: position for position, version in enumerate(self.versions)}

    def position(self, version: Version) -> int:
        """Return where a version stands among those published, from 0."""
        return self._positions[version.version_id]

    def until(self, version: Version) -> date | None:
        """Return the last day a version was or will be in force; none for the newest."""
        position = self.position(version) + 1
        following = self.versions[position].effective if position < len(self.versions) else None
        return following - timedelta(days=1) if following else None

    def day(self, version: Version) -> str:
        """Return the day a version takes effect in words; its name where it has none."""
        return self.words(version.effective) if version.effective else version.version_id

    def notified_label(self, version: Version) -> str:
        """Return the label of the day users are told of a version: a later day is a plan."""
        is_past = version.notified is None or version.notified <= self.as_of
        return self.wording.label_notified if is_past else self.wording.label_to_be_notified

    @property
    def judges(self) -> str:
        """Who judges the policy, as the end of a sentence; empty where policy.yml does not say."""
        return self.policy.judged_by.removesuffix(self.wording.stop)

    def words(self, day: date) -> str:
        """Return a date in words."""
        return date_in_words(day, self.policy.language)

    def in_its_language(self, text: str) -> Markup:
        """Return a text in the language of the policy for a place in our own words, marked where that is another."""
        return self.parts.theirs(text)

    def time(self, day: date) -> Markup:
        """Return a date as a `<time>` element."""
        language = Markup(' lang="{}" dir="auto"').format(self.policy.language) if self.parts.words_language else ""
        return Markup('<time datetime="{}"{}>{}</time>').format(day.isoformat(), language, self.words(day))

    def marked_day(self, version: Version) -> Markup:
        """Return the day a version takes effect for a place in our own words; its name where it has none."""
        return (
            self.parts.theirs(self.words(version.effective)) if version.effective else Markup.escape(version.version_id)
        )

    def version_time(self, version: Version) -> Markup:
        """Return the day a version takes effect as a `<time>` element."""
        return self.time(version.effective) if version.effective else Markup.escape(version.version_id)

    def frame(self, page_uri: str, current: str) -> FrameView:
        """Return what every body begins and ends with; `current` is the address the navigation marks."""
        slug, say = self.policy.slug, self.wording
        places = [(say.current_text, policy_uri(slug))]
        if self.latest_step:
            places.append((say.what_changed, redline_uri(slug, *self.latest_step)))
        places.append((say.history, history_uri(slug)))
        return FrameView(
            language=self.policy.language,
            direction=self.parts.direction,
            words_language=self.parts.words_language,
            policy=self.policy.title,
            publisher=self.parts.name(self.policy.publisher),
            nav=tuple(LinkView(title, relative_uri(page_uri, uri), uri == current) for title, uri in places),
        )

    def colophon(
        self, page_uri: str, forms: tuple[tuple[str, str], ...], *shown: Version, lists_versions: bool = False
    ) -> ColophonView:
        """Return the foot of a page: its other forms, the hashes of the sources it was made from, other versions."""
        slug, say = self.policy.slug, self.wording
        feeds = (
            (f"{say.feed} (Atom)", feed_uri(slug, ".atom")),
            (f"{say.feed} (JSON)", feed_uri(slug, ".json")),
            (say.judging.material_feed_link, material_uri(slug, ".atom")),
        )
        labels = (say.old_text, say.new_text) if len(shown) > 1 else (say.this_text,)
        listed: list[LinkView] = []
        if lists_versions:
            newest = tuple(reversed(self.versions))[:_VERSIONS_LISTED]
            listed = [
                LinkView(self.marked_day(v), relative_uri(page_uri, version_uri(slug, v)), v in shown) for v in newest
            ]
            if len(newest) < len(self.versions):
                listed.append(LinkView(say.more_versions, relative_uri(page_uri, history_uri(slug))))
        return ColophonView(
            forms=tuple(LinkView(title, relative_uri(page_uri, uri)) for title, uri in (*forms, *feeds)),
            digests=tuple(
                DigestView(say.digest_of.format(what=label), version.digest)
                for label, version in zip(labels, shown, strict=False)
                if version.digest
            ),
            versions=tuple(listed),
        )
