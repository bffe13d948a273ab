"""A version with all that is known of its changes → what is announced, by which duty, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.notifying.announcement import AnnouncedChange, Announcement
from smallprint.presenting.addresses import redline_uri, version_uri, with_anchor
from smallprint.reviewing.owed import Owed, owed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.judgement import Review
    from smallprint.model import Change, Comparison, Policy, Version
    from smallprint.reviewing.assessed import Assessed


@dataclass(frozen=True, slots=True)
class Duty:
    """Why people are told, how, and by when at the latest."""

    owed: Owed
    """What the policy itself has promised."""
    latest: dt.date
    """The last day on which that can be kept."""
    sources: tuple[str, ...]
    """The provisions that what was found to be lost rests on, each once."""

    @property
    def is_kept_by_email(self) -> bool:
        """Whether the promise allows to tell people by email."""
        return not self.owed.ways or "email" in self.owed.ways


def announce(
    policy: Policy, version: Version, assessed: Sequence[Assessed], site_url: str
) -> tuple[Announcement, Duty]:
    """Return what there is to tell of a version.

    That is what has changed materially since users were last told. What the last step alone takes away is told too:
    whoever reads the policy in force relies on it, told of it or not.

    Args:
        policy: the policy, with all its versions.
        version: one of them.
        assessed: the comparisons that lead to it (`assessed_of`), all decided.
        site_url: where the site is, with `/` at its end.

    Raises:
        NoticeError: There is nothing to tell.
    """
    if not assessed:
        raise NoticeError(f"{version.version_id} is the first version: nothing has changed that could be told.")
    assert version.effective is not None  # noqa: S101 - a version in a policy's folder is named after its day
    whole = assessed[-1].comparison
    changes: dict[str, AnnouncedChange] = {}
    for each in reversed(assessed):
        old = each.comparison.old
        page = site_url + redline_uri(policy.slug, old, version)
        for change in _announced(each, page, None if old is whole.old else old.effective):
            changes.setdefault(change.anchor, change)
    if not changes:
        raise NoticeError(
            f"Nobody has decided that a change from {whole.old.version_id} to {version.version_id} reduces rights "
            "materially, so there is nothing that users have to be told of. Mail about anything else only teaches them "
            "not to read it."
        )
    promised = owed(policy, version, assessed)
    announcement = Announcement(
        slug=policy.slug,
        policy=policy.title,
        publisher=policy.publisher,
        product=policy.product,
        language=policy.language,
        baseline=whole.old.version_id,
        version=version.version_id,
        effective=version.effective,
        changes=tuple(changes.values()),
        others=_others(whole, changes),
        redline_url=site_url + redline_uri(policy.slug, whole.old, version),
        text_url=site_url + version_uri(policy.slug, version),
        baseline_effective=whole.old.effective,
        is_promised=promised.days_of is not None,
    )
    sources = dict.fromkeys(source for change in changes.values() for source in change.sources)
    return announcement, Duty(promised, _before(version.effective, promised.days), tuple(sources))


def _announced(assessed: Assessed, page: str, against: dt.date | None) -> Iterable[AnnouncedChange]:
    for change in assessed.comparison.differing:
        judgement = assessed.assessment.of(change)
        review = judgement.review
        if review and review.material and review.direction.is_down:
            clause = (change.new or change.old)[0]
            findings = [finding for finding in judgement.findings if finding.direction.is_down]
            yield AnnouncedChange(
                anchor=clause.anchor,
                title=clause.title,
                url=with_anchor(page, assessed.comparison.anchor_of(change)),
                direction=review.direction,
                rights=judgement.rights,
                sentence=_sentence(review),
                sources=tuple(dict.fromkeys(finding.source for finding in findings)),
                against=against,
            )


def _sentence(review: Review) -> str:
    return review.for_readers or review.reason


def _others(comparison: Comparison, told: Iterable[str]) -> int:
    """Return how many changes of the whole way are not told."""
    anchors = set(told)
    return sum(_anchor(change) not in anchors for change in comparison.differing)


def _anchor(change: Change) -> str:
    return (change.new or change.old)[0].anchor


def _before(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=min(days, (day - dt.date.min).days))
