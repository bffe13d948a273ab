"""What is known of one change → what its note says: the verdict, why, who decided it, and what the rules said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.judgement import Direction
from smallprint.presenting.judging_views import FindingView, VerdictView
from smallprint.presenting.rights import rights_in_words
from smallprint.presenting.templates import sentence

if TYPE_CHECKING:
    from markupsafe import Markup

    from smallprint.judgement import Finding, Judgement, Review
    from smallprint.model import Change
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.wording import Wording


_PROPOSALS = 3
"""How many reasons of rules stand in a note; all of them are folded below."""


def verdict_view(judgement: Judgement, standing: Standing) -> VerdictView | None:
    """Return what is said of a change; none where nothing is known of it."""
    if not (judgement.review or judgement.findings):
        return None
    wording, review = standing.wording, judgement.review
    say = wording.judging.directions[judgement.direction]
    spoken = say.label[:1].lower() + say.label[1:]
    findings = tuple(_finding(finding, wording) for finding in judgement.findings)
    proposals = () if review else findings[:_PROPOSALS]
    more = len(findings) - len(proposals) if proposals else 0
    return VerdictView(
        direction=judgement.direction.value,
        sign=say.sign,
        label=say.label,
        word=say.word,
        rights=rights_in_words(judgement.rights, wording),
        spoken=spoken if review else f"{wording.judging.proposed_word}{wording.colon}{spoken}",
        is_material=judgement.material,
        for_readers=review.for_readers if review else "",
        reason=review.reason if review else "",
        material=_material(judgement, wording),
        practice=wording.judging.practices[review.practice] if review and review.practice else "",
        decided=_decided(review, standing) if review else None,
        findings=findings,
        proposals=proposals,
        more=wording.and_more.format(count=more) if more else "",
    )


def rights_group(change: Change, judged: Judged) -> str:
    """Return which box of the filters shows a change: `reduces`, `expands`, `neither`, or `open` without a verdict."""
    judgement = judged.assessment.of(change)
    if judgement.review is None and not judgement.findings:
        return "neither" if judged.tally or judged.is_preview else "open"
    if judgement.direction is Direction.UNCLEAR:
        return "open"
    if judgement.direction.is_down:
        return "reduces"
    return "expands" if judgement.direction is Direction.EXPANDS else "neither"


def finding_says(finding: Finding, wording: Wording) -> str:
    """Return what a rule claims in a few words: `reduces · consent · material`."""
    say = wording.judging
    parts = [say.directions[finding.direction].word, rights_in_words(finding.rights, wording)]
    parts += [say.material_word] if finding.material else []
    return say.between.join(filter(None, parts))


def _finding(finding: Finding, wording: Wording) -> FindingView:
    return FindingView(
        rule=finding.rule,
        sign=wording.judging.directions[finding.direction].sign,
        says=finding_says(finding, wording),
        reason=finding.reason,
        before=finding.old_quote or "",
        now=finding.new_quote or "",
        source=finding.source,
    )


def _material(judgement: Judgement, wording: Wording) -> str:
    """Say whether a loss is material; of a gain nobody asks."""
    if not judgement.direction.is_down:
        return ""
    return wording.judging.material if judgement.material else wording.judging.not_material


def _decided(review: Review, standing: Standing) -> Markup:
    return sentence(standing.wording.judging.decided, by=review.by, on=standing.time(review.on))
