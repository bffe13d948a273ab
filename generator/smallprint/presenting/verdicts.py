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
    from smallprint.model import Change, Version
    from smallprint.presenting.judging import Judged
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.wording import Wording


_LONG = 200
"""In characters: more than that of sentence and reason is too much for the margin."""
_PROPOSALS = 3
"""How many reasons of rules stand in a note; all of them are folded below."""


def verdict_view(judgement: Judgement, standing: Standing, new: Version) -> VerdictView | None:
    """Return what is said of a change that leads to version `new`; none where nothing is known of it."""
    if not (judgement.review or judgement.findings):
        return None
    wording, review = standing.wording, judgement.review
    say = wording.judging.directions[judgement.direction]
    spoken = say.label[:1].lower() + say.label[1:]
    findings = tuple(_finding(finding, wording) for finding in judgement.findings)
    proposals = () if review else findings[:_PROPOSALS]
    is_folded = bool(review and review.for_readers and len(review.for_readers) + len(review.reason) > _LONG)
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
        is_folded=is_folded,
        folded_label=_folded_label(wording, is_why=is_folded, is_rules=bool(findings)),
        material=_material(judgement, wording, is_pending=new in standing.announced),
        practice=wording.judging.practices[review.practice] if review and review.practice else "",
        decided=_decided(review, standing) if review else None,
        findings=findings,
        silent="" if findings else _silent(judgement, wording),
        proposals=proposals,
        more=wording.and_more.format(count=more) if more else "",
    )


def rights_group(change: Change, judged: Judged) -> str:
    """Return which box of the filters shows a change.

    `reduces`, `mixed`, `expands`, `neither`, `passed-over` by the rules and not decided, or `open` without a verdict.
    """
    judgement = judged.assessment.of(change)
    if judgement.review is None and not judgement.findings:
        return "passed-over" if judged.tally or judged.is_preview else "open"
    if judgement.direction is Direction.UNCLEAR:
        return "open"
    return "neither" if judgement.direction is Direction.NEUTRAL else judgement.direction.value


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


def _folded_label(wording: Wording, *, is_why: bool, is_rules: bool) -> str:
    say = wording.judging
    if is_why:
        return say.why_and_rules if is_rules else say.why
    return say.rules_said if is_rules else ""


def _silent(judgement: Judgement, wording: Wording) -> str:
    """Say that the rules found nothing; a person who decided otherwise did."""
    is_neutral = judgement.direction is Direction.NEUTRAL
    return wording.judging.rules_silent_too if is_neutral else wording.judging.rules_silent


def _material(judgement: Judgement, wording: Wording, *, is_pending: bool) -> str:
    """Say whether a loss is material; of a gain nobody asks. What is in force can no longer be told beforehand."""
    say = wording.judging
    if not judgement.direction.is_down:
        return ""
    if not judgement.material:
        return say.not_material
    return say.material_pending if is_pending else say.material


def _decided(review: Review, standing: Standing) -> Markup:
    return sentence(standing.wording.judging.decided, by=standing.parts.name(review.by), on=standing.time(review.on))
