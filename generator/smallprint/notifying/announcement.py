"""What a notice announces: the material changes between two versions, in the words of those who decided on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from smallprint.judgement import Direction, Right
    from smallprint.model import VersionId


@dataclass(frozen=True, slots=True)
class AnnouncedChange:
    """One material change."""

    anchor: str
    """The anchor of its first clause: of the new version, or of the old one where nothing is left."""
    title: str
    """The title of that clause."""
    url: str
    """Where the change stands on the redline page."""
    direction: Direction
    """`reduces` or `mixed`."""
    rights: tuple[Right, ...]
    sentence: str
    """For readers, in the policy's language; the reason where no sentence was written."""
    sources: tuple[str, ...]
    """The provisions that the findings of the rules rest on."""
    against: dt.date | None = None
    """Since when the version was in force that it is a change against, where that is not the baseline."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced, to whoever relied on the baseline."""

    slug: str
    policy: str
    """The title of the policy."""
    publisher: str
    """Empty where policy.yml does not say."""
    product: str
    """The same."""
    language: str
    """That of the policy, and of the sentences."""
    baseline: VersionId
    version: VersionId
    effective: dt.date
    """The day on which the new version takes effect, or took."""
    changes: tuple[AnnouncedChange, ...]
    """The material ones in reading order; never empty."""
    others: int
    """How many more changes the redline shows."""
    redline_url: str
    """The page of all changes, an absolute address."""
    text_url: str
    """The full new text."""
    baseline_effective: dt.date | None = None
    """Since when the baseline was in force."""
    is_promised: bool = True
    """Whether the policy itself promises to tell of such changes."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What people have translated of an announcement into one language."""

    language: str
    sentences: Mapping[str, str]
    """By the anchor of the change."""
    policy: str = ""
    """The title of the policy; empty where it stays as it is."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as notice.yml says."""

    name: str
    address: str
    """Stands in `From`."""
    reply_to: str = ""
    bounces: str = ""
    """The envelope sender, to which mail that cannot be delivered is returned; `address` where it is empty."""
    contact: str = ""
    """Where readers turn to with questions, as shown to them; `reply_to` or `address` where it is empty."""
    what_you_can_do: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By language, what readers can do, in the words of counsel; ours where a language is not among them."""

    @property
    def envelope(self) -> str:
        """The address to which mail that cannot be delivered is returned."""
        return self.bounces or self.address


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The words of a notice in one language, with gaps for what differs from recipient to recipient."""

    language: str
    direction: str
    """`ltr` or `rtl`."""
    subject: str
    """Has no gaps."""
    text: str
    """The plain text part, line ends as `\\n`."""
    html: str
    """The HTML part, its styles inlined."""
    greeting_named: str
    """Goes into the gap `greeting`, with a gap for the name; gaps are as `smallprint.notifying.gaps` makes them."""
    greeting_unnamed: str
    """The same for a recipient without a name."""
    banner: str
    """HTML for the product's own site, which has no gaps."""
