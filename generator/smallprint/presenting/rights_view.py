"""What a comparison does to the rights of readers → the head of its page, and its entry in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.presenting.addresses import JUDGING_URI, relative_uri
from smallprint.presenting.judging_views import MeaningView, RightsView
from smallprint.presenting.templates import sentence
from smallprint.presenting.verdicts import rights_group
from smallprint.presenting.views import FilterView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from smallprint.judgement import Review
    from smallprint.model import Comparison
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.rights import RightsLine, RightsSummary
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.wording import Wording

_GROUPS = ("reduces", "expands", "neither", "open")


def rights_view(standing: Standing, summary: RightsSummary, judged: Judged, page_uri: str) -> RightsView:
    """Return what the head of a redline says of rights."""
    wording = standing.wording
    judgements = judged.assessment.judgements
    reviews = [judgements[number].review for number in sorted(judgements)]
    is_proposed = any(judgement.review is None for judgement in judgements.values())
    return RightsView(
        lead=summary.sentence,
        meanings=meanings(summary.lines, "", wording),
        decided=_decided([review for review in reviews if review], standing),
        note=wording.judging.not_all if judged.open and any(reviews) else "",
        preview=preview_note(judged.open, wording) if is_proposed else "",
        judging_uri=relative_uri(page_uri, JUDGING_URI) if judgements else "",
    )


def meanings(lines: Iterable[RightsLine], page: str, wording: Wording) -> tuple[MeaningView, ...]:
    """Return sentences for readers, each with a link; `page` is the address of the redline, empty within it."""
    say = wording.judging
    return tuple(
        MeaningView(
            direction=line.direction.value,
            sign=say.directions[line.direction].sign,
            label=f"{line.label}{say.between}{say.material_word}" if line.is_material else line.label,
            text=line.text,
            uri=f"{page}#{line.anchor}",
        )
        for line in lines
    )


def preview_note(count: int, wording: Wording) -> str:
    """Tell that a page shows what nobody has decided, and how many changes are still to be decided."""
    say = wording.judging
    return f"{say.preview_tells} {wording.plural(say.still_open, count)}" if count else say.preview_tells


def rights_filters(comparison: Comparison, judged: Judged, wording: Wording) -> tuple[FilterView, ...]:
    """Return the boxes that show changes by what they do to rights, each with how many there are."""
    if not judged.assessment.judgements:
        return ()
    say = wording.judging
    signs = {direction.value: words.sign for direction, words in say.directions.items()}
    is_unclear = judged.is_preview
    names = {
        "reduces": (signs["reduces"], say.filter_reduces),
        "expands": (signs["expands"], say.filter_expands),
        "neither": (signs["neutral"], say.filter_neither),
        "open": (signs["unclear"], say.filter_unclear) if is_unclear else (say.no_verdict_sign, say.no_verdict),
    }
    groups = [rights_group(change, judged) for change in comparison.differing]
    return tuple(FilterView(name, *names[name], groups.count(name)) for name in _GROUPS if name in groups)


def _decided(reviews: list[Review], standing: Standing) -> Markup | None:
    """Name those who decided, in the order of the text, and the last day."""
    if not reviews:
        return None
    wording = standing.wording
    names = list(dict.fromkeys(review.by for review in reviews))
    days = {review.on for review in reviews}
    pattern = wording.judging.decided if len(days) == 1 else wording.judging.decided_several
    return sentence(pattern, by=wording.listed(names), on=standing.time(max(days)))
