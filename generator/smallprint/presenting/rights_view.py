"""What a comparison does to the rights of readers → the head of its page, and its entry in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from smallprint.presenting.addresses import JUDGING_URI, relative_uri, with_anchor
from smallprint.presenting.judging_views import MeaningView, RightsView
from smallprint.presenting.rights import neither_note
from smallprint.presenting.templates import sentence
from smallprint.presenting.verdicts import rights_group
from smallprint.presenting.views import FilterView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smallprint.judgement import Review
    from smallprint.model import Comparison, Version
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.rights import RightsLine, RightsSummary
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.wording import Wording

_GROUPS = ("reduces", "mixed", "expands", "neither", "passed-over", "open")
_MEANINGS_SHOWN = 8


def rights_view(
    standing: Standing, comparison: Comparison, summary: RightsSummary, judged: Judged, page_uri: str
) -> RightsView:
    """Return what the head of a redline says of rights."""
    wording = standing.wording
    shown, folded = _fold(summary.lines)
    judgements = judged.assessment.judgements
    reviews = [judgements[number].review for number in sorted(judgements)]
    is_proposed = any(judgement.review is None for judgement in judgements.values())
    return RightsView(
        lead=summary.sentence,
        meanings=meanings(shown, "", wording),
        folded=meanings(folded, "", wording),
        folded_label=wording.and_more_folded.format(count=len(folded)) if folded else "",
        notice=notice_given(standing, comparison.old, comparison.new, summary),
        neither=neither_note(summary.tally, wording),
        judged_by=judged_by(standing) if any(reviews) else None,
        decided=_decided([review for review in reviews if review], standing),
        note=wording.judging.not_all if judged.open and any(reviews) else "",
        preview=preview_note(judged.open, wording) if is_proposed else "",
        judging_uri=relative_uri(page_uri, JUDGING_URI) if judgements else "",
    )


def notice_given(standing: Standing, old: Version, new: Version, told: RightsSummary) -> Markup | None:
    """Say whether users were told of what is material in the way from one version to another.

    Of a version to come nothing is said while no day is set: its changes say that users are to be told.
    """
    if not any(line.is_material for line in told.lines):
        return None
    say = standing.wording.judging
    spanned = standing.versions[standing.position(old) + 1 : standing.position(new) + 1]
    days = [version.notified for version in spanned if version.notified]
    if not days:
        return None if new in standing.announced else Markup.escape(say.not_told)
    if len(days) < len(spanned):
        return Markup.escape(say.told_of_some)
    pattern = say.told if max(days) <= standing.as_of else say.to_be_told
    listed = Markup(standing.wording.listed([str(standing.time(day)) for day in dict.fromkeys(days)]))  # noqa: S704 - of times
    return sentence(pattern, days=listed)


def judged_by(standing: Standing) -> Markup | None:
    """Say who judges the policy, where policy.yml does."""
    if not standing.judges:
        return None
    return sentence(standing.wording.judging.judged_by, who=standing.in_its_language(standing.judges))


def _fold(lines: Sequence[RightsLine]) -> tuple[Sequence[RightsLine], Sequence[RightsLine]]:
    """Return what is shown and what is folded: of many lines all that are not material."""
    if len(lines) <= _MEANINGS_SHOWN:
        return lines, ()
    shown = sum(line.is_material for line in lines) or _MEANINGS_SHOWN
    return lines[:shown], lines[shown:]


def meanings(lines: Iterable[RightsLine], page: str, wording: Wording) -> tuple[MeaningView, ...]:
    """Return sentences for readers, each with a link; `page` is the address of the redline, empty within it."""
    say = wording.judging
    return tuple(
        MeaningView(
            direction=line.direction.value,
            sign=say.directions[line.direction].sign,
            label=f"{line.label}{say.between}{say.material_word}" if line.is_material else line.label,
            text=line.text,
            uri=with_anchor(page, line.anchor),
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
        "mixed": (signs["mixed"], say.filter_mixed),
        "expands": (signs["expands"], say.filter_expands),
        "neither": (signs["neutral"], say.filter_neither),
        "passed-over": (say.no_verdict_sign, say.passed_over_label),
        "open": (signs["unclear"], say.filter_unclear) if is_unclear else (say.no_verdict_sign, say.no_verdict),
    }
    groups = [rights_group(change, judged) for change in comparison.differing]
    return tuple(FilterView(name, *names[name], groups.count(name)) for name in _GROUPS if name in groups)


def _names(names: list[str], standing: Standing) -> Markup:
    return Markup(standing.wording.listed([str(standing.parts.name(name)) for name in names]))  # noqa: S704 - of Markup


def _decided(reviews: list[Review], standing: Standing) -> Markup | None:
    """Name those who decided, in the order of the text, and the last day."""
    if not reviews:
        return None
    wording = standing.wording
    names = list(dict.fromkeys(review.by for review in reviews))
    days = {review.on for review in reviews}
    pattern = wording.judging.decided if len(days) == 1 else wording.judging.decided_several
    return sentence(pattern, by=_names(names, standing), on=standing.time(max(days)))
