"""A comparison → what became of the promise of notice, as far as the marks of clauses tell.

The rules read the words; this reads `{#changes promise=notice days=30 by=email}`. A promise holds for a version as a
whole, so it may stand in another clause than before.
"""

from __future__ import annotations

import re
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.comparing.redline import sentence_starts
from smallprint.judgement import Direction, Finding, Right
from smallprint.model import DIRECT_CHANNELS
from smallprint.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smallprint.model import Change, Clause, Comparison, Promise

WEAKENED: Final = "promise-weakened"
STRENGTHENED: Final = "promise-strengthened"
_SOURCE: Final = (
    "The policy's own promise of notice; Article 29 Working Party, Guidelines on transparency (WP260 rev.01), "
    "paragraphs 29 to 31, on telling people of changes in time and in a way they will notice"
)
_OF_NOTICE: Final = re.compile(r"\b(?:notice|notif\w+|inform|tell|days?)\b", re.IGNORECASE)
_CHANNEL_WORDS: Final = {
    "email": "by email",
    "post": "by post",
    "banner": "by a banner",
    "website": "on the website",
    "app": "in the app",
}


def promise_findings(comparison: Comparison) -> Mapping[int, tuple[Finding, ...]]:
    """Return what the marks say of the promise of notice, by the number of the change.

    A change whose words are as they were has no finding: a mark that says less than its words is a fault, which
    `mark_is_weaker` finds.
    """
    found: dict[int, tuple[Finding, ...]] = {}
    old, new = comparison.old.promising, comparison.new.promising
    before, after = old.promise if old else None, new.promise if new else None
    lost, gained = list(_lost(before, after, "now")), list(_lost(after, before, "before"))
    for change in comparison.differing:
        findings = []
        if old and lost and any(clause is old for clause in change.old):
            findings.append(_finding(WEAKENED, lost, old, _side(change.new, new)))
        # A mark that is new on old words promises nothing that the words did not; what they say, the rules read.
        if new and gained and any(clause is new for clause in change.new) and (before or not change.old):
            findings.append(_finding(STRENGTHENED, gained, _side(change.old, old), new))
        if findings:
            found[change.number] = tuple(findings)
    return MappingProxyType(found)


def mark_is_weaker(change: Change, comparison: Comparison) -> list[str]:
    """Return what the mark of a clause no longer promises although its words stand as they were."""
    old, new = comparison.old.promising, comparison.new.promising
    if not (change.is_unchanged and old and any(clause is old for clause in change.old)):
        return []
    return list(_lost(old.promise, new.promise if new else None, "now"))


def by_words(channel: str) -> str:
    """Return a channel as words: `by email`, `on the website`."""
    return _CHANNEL_WORDS[channel]


def _lost(before: Promise | None, after: Promise | None, when: str) -> Iterator[str]:
    """Yield what the one promises and the other does not, each as words; `when` says in them when the other holds."""
    if before is None:
        return
    if after is None:
        yield "notice of changes that reduce rights materially"
        return
    if (before.days or 0) > (after.days or 0):
        yield f"{_days(before.days or 0)} of notice" + (f" ({when} {after.days})" if after.days else "")
    # Of two ways that both reach people, or both wait for them, neither is less.
    if before.by and before.by != after.by and (not after.by or _is_direct(before) > _is_direct(after)):
        yield f"notice {by_words(before.by)}" + (f" ({when} {by_words(after.by)})" if after.by else "")


def _is_direct(promise: Promise) -> bool:
    return promise.by in DIRECT_CHANNELS


def _finding(rule: str, particulars: list[str], old: Clause | None, new: Clause | None) -> Finding:
    is_loss = rule == WEAKENED
    verb = ("is" if len(particulars) == 1 else "are") + (" no longer" if is_loss else " now")
    return Finding(
        rule=rule,
        direction=Direction.REDUCES if is_loss else Direction.EXPANDS,
        material=is_loss,
        rights=(Right.NOTICE,),
        reason=f"{_capital(' and '.join(particulars))} {verb} promised.",
        source=_SOURCE,
        old_quote=_quote(old) if old else None,
        new_quote=_quote(new) if new else None,
    )


def _side(clauses: tuple[Clause, ...], promising: Clause | None) -> Clause | None:
    """Return the clause of one side to quote: the one that promises, else the first."""
    return next((clause for clause in clauses if clause is promising), clauses[0] if clauses else None)


def _quote(clause: Clause) -> str | None:
    """Return the sentence of a clause that speaks of notice, word for word; else its first one below the heading."""
    sentences = list(_sentences(clause))
    days = clause.promise.days if clause.promise else None
    if days:
        for sentence in sentences:
            if re.search(rf"(?<!\d){days}(?!\d)", sentence):
                return sentence
    return next((s for s in sentences if _OF_NOTICE.search(s)), sentences[0] if sentences else None)


def _sentences(clause: Clause) -> Iterator[str]:
    texts = [unit for unit in clause.units if not re.fullmatch("h[1-6]", unit.kind)] or list(clause.units)
    for unit in texts:
        starts = sentence_starts(unit.words)
        for start, end in pairwise(starts):
            if sentence := plain_text(unit.words[start:end]).strip():
                yield sentence


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
