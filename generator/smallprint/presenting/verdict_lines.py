"""What is known of one change → plain lines, for the terminal and for comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.presenting.dates import date_in_words
from smallprint.presenting.rights import verdict_label
from smallprint.presenting.verdicts import finding_says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.judgement import Judgement
    from smallprint.presenting.wording import Wording


def decided_line(judgement: Judgement, wording: Wording) -> str:
    """Return what a person decided, in a line; nothing where nobody has.

    `▼ Reduces your rights · consent · material: Consent is no longer asked. Decided by A. Person on 2 January 2020.`
    """
    review, say = judgement.review, wording.judging
    if review is None:
        return ""
    material = f"{say.between}{say.material_word}" if review.material else ""
    decided = say.decided.format(by=review.by, on=date_in_words(review.on, wording.language))
    label = f"{say.directions[review.direction].sign} {verdict_label(judgement, wording)}{material}"
    return " ".join(filter(None, (f"{label}{wording.colon}{review.reason}", review.for_readers, decided)))


def finding_lines(judgement: Judgement, wording: Wording) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what each rule says: a line, and a line for each quote.

    `▼ reduces · consent · material: Consent is no longer asked. (consent-dropped)`
    """
    say = wording.judging
    for finding in judgement.findings:
        quotes = ((wording.before, finding.old_quote), (wording.now, finding.new_quote))
        sign = say.directions[finding.direction].sign
        yield (
            f"{sign} {finding_says(finding, wording)}{wording.colon}{finding.reason} ({finding.rule})",
            tuple(f"{label}{wording.colon}{wording.quoted(quote)}" for label, quote in quotes if quote),
        )
