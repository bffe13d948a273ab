"""The proof of a notice → what the history tells readers of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from markupsafe import Markup

from smallprint.presenting.templates import sentence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from smallprint.model import Version
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.wording import Wording
    from smallprint.reviewing.proof import Proof


def notice_told(standing: Standing, version: Version) -> tuple[Markup, ...]:
    """Return paragraphs that say when and how users were notified of a version, with what came of it.

    None where nothing proves that they were.
    """
    proof = standing.proof_of(version)
    if proof is None or proof.first is None or proof.last is None:
        return ()
    wording = standing.wording
    told = [_when(standing, proof.first.date(), proof.last.date(), proof.by), *_outcomes(proof, wording)]
    paragraphs = [Markup(" ").join(told)]
    if proof.late:
        reason = standing.in_its_language(wording.ended(proof.late))
        paragraphs.append(sentence(wording.notice.late, reason=reason))
    return tuple(paragraphs)


def _when(standing: Standing, first: dt.date, last: dt.date, by: str) -> Markup:
    say = standing.wording.notice
    if first == last:
        return sentence(say.notified, day=standing.time(first), by=say.channels[by])
    return sentence(say.notified_between, first=standing.time(first), last=standing.time(last), by=say.channels[by])


def _outcomes(proof: Proof, wording: Wording) -> Iterator[str]:
    """Yield a sentence for each outcome there is, so that all recipients are spoken of."""
    say = wording.notice
    accepted = say.accepted_all if proof.accepted == proof.planned else say.accepted_some
    yield wording.plural(
        accepted, proof.planned, accepted=_number(proof.accepted, wording), number=_number(proof.planned, wording)
    )
    for patterns, count in (
        (say.failed, proof.failed),
        (say.unknown, proof.unknown),
        (say.pending, proof.deferred + proof.waiting),
        (say.suppressed, proof.suppressed),
    ):
        if count:
            yield wording.plural(patterns, count, number=_number(count, wording))


def _number(count: int, wording: Wording) -> str:
    """Return a number as the language of our words writes it: 4,998,112."""
    return str(format_decimal(count, locale=wording.language))
