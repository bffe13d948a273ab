"""The nouns of judging: what a rule claims about a change, what a person decides on it, and what follows.

Everything here is frozen and knows nothing of rules, files or pages. What the values mean is told in
docs/judging.md: a change is judged from the side of the people whose data the policy is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from smallprint.model import Change


class Direction(StrEnum):
    """What a change does to the rights of readers."""

    REDUCES = "reduces"
    """The publisher may do more, or promises less."""
    EXPANDS = "expands"
    MIXED = "mixed"
    """Both, neither clearly dominant."""
    NEUTRAL = "neutral"
    UNCLEAR = "unclear"
    """Something of substance that the rules cannot decide; never the verdict of a person."""

    @property
    def is_down(self) -> bool:
        """Whether readers lose something."""
        return self in {Direction.REDUCES, Direction.MIXED}


class Right(StrEnum):
    """What of a reader's a change may touch."""

    NOTICE = "notice"
    CONSENT = "consent"
    COLLECTION = "collection"
    PURPOSE = "purpose"
    SHARING = "sharing"
    SALE = "sale"
    ADVERTISING = "advertising"
    PROFILING_AI = "profiling-ai"
    RETENTION = "retention"
    SECURITY = "security"
    ACCESS = "access"
    CORRECTION = "correction"
    DELETION = "deletion"
    PORTABILITY = "portability"
    OBJECTION_OPTOUT = "objection-optout"
    CHILDREN = "children"
    TRANSFER = "transfer"
    REMEDIES = "remedies"
    ANONYMITY = "anonymity"
    ACCOUNT = "account"
    OTHER = "other"


class Practice(StrEnum):
    """Whether what the publisher does has changed, or only what its policy says of it."""

    CHANGED = "changed"
    DESCRIBED = "described"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's claim about one change."""

    rule: str
    """The id of the rule, `consent-dropped`."""
    direction: Direction
    material: bool
    """Whether people would expect to be told before it takes effect; false unless something is lost."""
    rights: tuple[Right, ...]
    reason: str
    """One sentence with the particulars."""
    source: str
    """The provision or guidance the rule rests on."""
    old_quote: str | None = None
    """Words of the old version, exactly as `smallprint.text.plain_text` gives them; none where nothing is lost."""
    new_quote: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on one change."""

    direction: Direction
    material: bool
    rights: tuple[Right, ...]
    reason: str
    by: str
    on: dt.date
    for_readers: str = ""
    """A sentence for the public, “We now …”; empty where none was written."""
    practice: Practice | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that is known of one change: what the rules say and what a person decided."""

    findings: tuple[Finding, ...] = ()
    """The weightiest first."""
    review: Review | None = None

    @property
    def is_open(self) -> bool:
        """Whether a person has still to decide."""
        return self.review is None and any(finding.direction is not Direction.NEUTRAL for finding in self.findings)

    @property
    def direction(self) -> Direction:
        """The person's verdict; without one, what the rules come to."""
        if self.review:
            return self.review.direction
        directions = {finding.direction for finding in self.findings} - {Direction.NEUTRAL}
        if len(directions) > 1:
            directions.discard(Direction.UNCLEAR)
        if len(directions) > 1:
            return Direction.MIXED
        return next(iter(directions), Direction.NEUTRAL)

    @property
    def material(self) -> bool:
        """Whether people are to be told, by the person's verdict or, without one, by any rule."""
        if self.review:
            return self.review.material
        return any(finding.material for finding in self.findings)

    @property
    def rights(self) -> tuple[Right, ...]:
        """The rights it touches: in the order in which a person named them; without a person, in that of `Right`."""
        if self.review:
            return self.review.rights
        touched = {right for finding in self.findings for right in finding.rights}
        return tuple(right for right in Right if right in touched)


_NOTHING = Judgement()


@dataclass(frozen=True)
class Assessment:
    """What is known of all changes of one comparison."""

    judgements: Mapping[int, Judgement] = field(default_factory=lambda: MappingProxyType({}))
    """By the number of the change; changes without findings and review are left out."""

    def of(self, change: Change) -> Judgement:
        """Return what is known of a change."""
        return self.judgements.get(change.number, _NOTHING)

    @property
    def open(self) -> tuple[int, ...]:
        """The numbers of the changes a person has still to decide, in reading order."""
        return tuple(sorted(number for number, judgement in self.judgements.items() if judgement.is_open))

    @property
    def notice_required(self) -> bool:
        """Whether any change is material, by the verdicts of people and, where there is none, by the rules."""
        return any(judgement.material for judgement in self.judgements.values())

    def decided(self) -> Assessment:
        """Return what the public may see: only changes a person has decided."""
        return Assessment({n: judgement for n, judgement in self.judgements.items() if judgement.review})
