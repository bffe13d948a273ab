"""A policy as it stands on one day, and what all of its pages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
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
from smallprint.presenting.dates import date_in_words, text_direction
from smallprint.presenting.dropped import dropped_clauses
from smallprint.presenting.views import ColophonView, DigestView, FrameView, LinkView
from smallprint.presenting.wording import Wording, wording_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.model import Policy, Version
    from smallprint.presenting.dropped import Dropped

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
        """All comparisons that have a page: each step, then each version with the one in force."""
        steps = tuple(pairwise(self.versions))
        if not (self.current and self.against_current):
            return steps
        middle = self.position(self.current)
        earlier = tuple((version, self.current) for version in reversed(self.versions[: max(0, middle - 1)]))
        later = tuple((self.current, version) for version in self.versions[middle + 2 :])
        return steps + earlier + later

    def has_redline(self, old: Version, new: Version) -> bool:
        """Whether a comparison has a page."""
        first, second = self.position(old), self.position(new)
        if not (self.current and self.against_current):
            return second - first == 1
        return second - first == 1 or (first < second and self.position(self.current) in {first, second})

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

    def time(self, day: date) -> Markup:
        """Return a date as a `<time>` element."""
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), self.words(day))

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
            direction=text_direction(self.policy.language),
            words_language="" if self.policy.language.partition("-")[0] == say.language else say.language,
            policy=self.policy.title,
            publisher=self.policy.publisher,
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
            listed = [LinkView(self.day(v), relative_uri(page_uri, version_uri(slug, v)), v in shown) for v in newest]
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
