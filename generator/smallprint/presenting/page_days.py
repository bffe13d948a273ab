"""The newest day of what a page shows, which is when it last changed: never the day of the build.

A day that is still to come, such as that of taking effect, has changed nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from smallprint.judgement import Judgement
    from smallprint.model import Version
    from smallprint.presenting.standing import Standing


def text_day(standing: Standing, version: Version) -> date | None:
    """Return the day of the page of a version, which says how long it is in force and which one is."""
    shown = [version]
    if version is not standing.current:
        following = standing.versions[standing.position(version) + 1 :][:1]
        shown += [*following, *([standing.current] if standing.current else [])]
    return _newest(day for one in shown for day in _days(standing, one))


def policy_day(standing: Standing) -> date | None:
    """Return the day of the policy's own page: its text in force, and the announcement of texts to come."""
    announced = (version.published for version in standing.announced)
    return _newest([*_days(standing, standing.shown), *(day for day in announced if day)])


def redline_day(standing: Standing, new: Version) -> date | None:
    """Return the day of the page of a comparison, but for what is decided on it."""
    return _newest(_days(standing, new))


def history_day(standing: Standing) -> date | None:
    """Return the day of the history, but for what is decided: that of any version, or of the proof of a notice."""
    proofs = filter(None, map(standing.proof_of, standing.versions))
    notices = (proof.last.date() for proof in proofs if proof.last)
    return _newest([*(day for version in standing.versions for day in _days(standing, version)), *notices])


def decision_day(judgements: Iterable[Judgement]) -> date | None:
    """Return the last day on which a person decided."""
    return _newest(judgement.review.on for judgement in judgements if judgement.review)


def _days(standing: Standing, version: Version) -> Iterator[date]:
    for day in (version.published, version.effective, version.notified):
        if day and day <= standing.as_of:
            yield day


def _newest(days: Iterable[date]) -> date | None:
    return max(days, default=None)
