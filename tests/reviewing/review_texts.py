"""A small policy with findings of our own making, for the tests of reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plain import version
from smallprint.judgement import Direction, Finding, Right
from smallprint.model import Policy, VersionId
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.questions import ask_of
from smallprint.reviewing.reviews import read_reviews
from smallprint.reviewing.writing import complete

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Comparison
    from smallprint.reviewing.questions import Question
    from smallprint.reviewing.reviews import Reviews
    from smallprint.reviewing.writing import Completed

NAMES = ("2020-01-01", "2022-01-01", "2024-01-01")
FIRST = """\
# Privacy {#policy}

## Choice {#choice}

We send mail only upon your express consent.

## Sharing {#sharing}

We share nothing.

## Contact {#contact}

Write to us.
"""
SECOND = FIRST.replace("We share nothing.", "We share your name.")
THIRD = SECOND.replace(" only upon your express consent", "").replace("Write to us", "Call us")
DECISION = {"verdict": "reduces", "material": "yes", "reason": "It is lost.", "by": "Mary Smith", "on": "2020-01-02"}


def policy(*texts: str) -> Policy:
    """Return a policy with these versions; with three of our own if none is given."""
    texts = texts or (FIRST, SECOND, THIRD)
    versions = (version(text, name) for text, name in zip(texts, NAMES, strict=False))
    return Policy("privacy", "Privacy", tuple(versions))


def finding(reason: str = "Something is lost.", direction: Direction = Direction.REDUCES) -> Finding:
    """Return a finding that touches consent."""
    return Finding("test-rule", direction, direction.is_down, (Right.CONSENT,), reason, "Our own rule")


def find_losses(comparison: Comparison) -> Mapping[int, tuple[Finding, ...]]:
    """Find something in every change but those of how to write to us."""
    found = {}
    for change in comparison.differing:
        text = " ".join(unit.plain for clause in change.old for unit in clause.units)
        if "Write" not in text:
            found[change.number] = (finding(f"This was lost: {text}"),)
    return found


def questions(made: Policy, name: str = NAMES[-1]) -> Mapping[str, Question]:
    """Return what may be asked about a version."""
    reviewed = next(one for one in made.versions if one.version_id == name)
    return ask_of(ReviewComparisons(made).of(reviewed), find_losses)


def read(folder: Path, made: Policy) -> tuple[Reviews, tuple[Fault, ...]]:
    """Read the reviews in a folder."""
    return read_reviews(folder, "reviews", made)


def completed(folder: Path, made: Policy, name: str = NAMES[-1], **options: object) -> Completed:
    """Bring a review up to date and put it into a folder."""
    reviews, faults = read(folder, made)
    assert not [fault for fault in faults if fault.code != "SP514"], faults
    done = complete(
        reviews.file(VersionId(name)),
        questions(made, name),
        version=VersionId(name),
        is_decided_elsewhere=lambda words: reviews.is_decided_elsewhere(VersionId(name), words),
        **options,  # type: ignore[arg-type]
    )
    if done.text:
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yml").write_text(done.text, encoding="utf-8")
    return done
