"""What a comparison does to the rights of readers, in words: a sentence with counts, and what they are to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from smallprint.judgement import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.judgement import Judgement, Right
    from smallprint.model import Comparison
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.wording import Wording


class Tally(NamedTuple):
    """How many changes reduce rights, expand them, do neither."""

    reduces: int
    """Those that do both count here."""
    expands: int
    neither: int


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


def summarise_rights(comparison: Comparison, judged: Judged, wording: Wording) -> RightsSummary:
    """Put what is known of rights into words."""
    lines = []
    for change in comparison.differing:
        judgement = judged.assessment.of(change)
        review = judgement.review
        if review and review.direction is not Direction.NEUTRAL:
            text = review.for_readers or review.reason
            label = verdict_label(judgement, wording)
            lines.append(RightsLine(change.anchor, review.direction, label, text, review.material))
    lines.sort(key=lambda line: (not line.is_material, not line.direction.is_down))
    return RightsSummary(
        sentence=tally_sentence(judged.tally, wording) if judged.tally else "",
        tally=judged.tally,
        notice_required=judged.notice_required,
        lines=tuple(lines),
        open=judged.open if judged.is_preview else 0,
    )


def tally_sentence(tally: Tally, wording: Wording) -> str:
    """Tell how many changes do what, as “3 changes reduce your rights, 5 expand them, 14 do neither.”."""
    say = wording.judging
    if not (tally.reduces or tally.expands):
        return say.nothing + wording.stop
    parts = [wording.plural(say.reduce, tally.reduces) if tally.reduces else say.reduce_none]
    parts += [wording.plural(say.expand, tally.expands)] if tally.expands else []
    parts += [wording.plural(say.neither, tally.neither)] if tally.neither else []
    return wording.comma.join(parts) + wording.stop


def verdict_label(judgement: Judgement, wording: Wording) -> str:
    """Return a verdict with the rights it is about: `Reduces your rights · consent`."""
    say = wording.judging
    label = say.directions[judgement.direction].label
    named = rights_in_words(judgement.rights, wording)
    return f"{label}{say.between}{named}" if named else label


def rights_in_words(rights: Iterable[Right], wording: Wording) -> str:
    """Return rights by their names: `consent, what is collected`."""
    return wording.comma.join(wording.judging.rights[right] for right in rights)
