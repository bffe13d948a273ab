"""What a comparison does to the rights of readers, in words: a sentence with counts, and what they are to be told."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotations of what is kept from build to build
from typing import TYPE_CHECKING, NamedTuple

from smallprint.judgement import Direction
from smallprint.presenting.page_days import decision_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.judgement import Judgement, Right
    from smallprint.model import Comparison
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.wording import Wording


class Tally(NamedTuple):
    """How many changes do what."""

    reduces: int = 0
    mixed: int = 0
    """They do both."""
    expands: int = 0
    neither: int = 0
    passed_over: int = 0
    """How many of those that do neither no person has decided on, as the rules found nothing in them."""


class RightsLine(NamedTuple):
    """One decided change in a sentence for readers."""

    anchor: str
    """Where it stands on the page of the comparison."""
    direction: Direction
    label: str
    """`Reduces your rights · consent`."""
    text: str
    """The sentence that was written for readers; without one, the reason."""
    is_material: bool


class RightsSummary(NamedTuple):
    """What a comparison comes to for readers; empty where nothing is decided."""

    sentence: str = ""
    tally: Tally | None = None
    notice_required: bool | None = None
    lines: tuple[RightsLine, ...] = ()
    """The decided changes that reduce or expand rights: material ones first, then those that take something away."""
    open: int = 0
    """In a preview: how many changes a person has still to decide."""
    decided: date | None = None
    """The last day on which a person decided on one of its changes."""


def summarise_rights(comparison: Comparison, judged: Judged, wording: Wording) -> RightsSummary:
    """Put what is known of rights into words."""
    lines = []
    for change in comparison.differing:
        judgement = judged.assessment.of(change)
        review = judgement.review
        if review and review.direction is not Direction.NEUTRAL:
            text = review.for_readers or review.reason
            label = verdict_label(judgement, wording)
            lines.append(RightsLine(comparison.anchor_of(change), review.direction, label, text, review.material))
    lines.sort(key=lambda line: (not line.is_material, not line.direction.is_down))
    return RightsSummary(
        sentence=tally_sentence(judged.tally, wording) if judged.tally else "",
        tally=judged.tally,
        notice_required=judged.notice_required,
        lines=tuple(lines),
        open=judged.open if judged.is_preview else 0,
        decided=decision_day(judged.assessment.judgements.values()),
    )


def tally_sentence(tally: Tally, wording: Wording) -> str:
    """Tell how many changes do what, as “3 changes reduce your rights, 5 expand them, 14 do neither.”."""
    say = wording.judging
    if not (tally.reduces or tally.mixed or tally.expands):
        return say.nothing + wording.stop
    counted = ((say.reduce, tally.reduces), (say.do_both, tally.mixed), (say.expand, tally.expands))
    (opening, first), *others = [(words, count) for words, count in counted if count]
    parts = [wording.plural(opening.first, first)]
    for words, count in others:
        # “Both” of what is plain only where the rest of the sentence says it.
        is_plain = words is not say.do_both or tally.expands
        parts.append(wording.plural(words.further if is_plain else say.both_in_full, count))
    parts += [say.expand_none] if tally.reduces and not (tally.mixed or tally.expands) else []
    parts += [wording.plural(say.neither, tally.neither)] if tally.neither else []
    return wording.comma.join(parts) + wording.stop


def neither_note(tally: Tally | None, wording: Wording) -> str:
    """Tell which of the changes that do neither no person has decided on; nothing where there are none."""
    if tally is None or not tally.passed_over:
        return ""
    say, decided = wording.judging, tally.neither - tally.passed_over
    passed = wording.plural(say.passed_over_too if decided else say.passed_over, tally.passed_over)
    return (wording.plural(say.neither_decided, decided) if decided else "") + passed


def verdict_label(judgement: Judgement, wording: Wording) -> str:
    """Return a verdict with the rights it is about: `Reduces your rights · consent`."""
    say = wording.judging
    label = say.directions[judgement.direction].label
    named = rights_in_words(judgement.rights, wording)
    return f"{label}{say.between}{named}" if named else label


def rights_in_words(rights: Iterable[Right], wording: Wording) -> str:
    """Return rights by their names: `consent, what is collected`."""
    return wording.comma.join(wording.judging.rights[right] for right in rights)
