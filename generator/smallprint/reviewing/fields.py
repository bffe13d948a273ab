"""What the values of an entry of a review file may say: known keys, whole decisions, real dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.judgement import Direction, Practice, Review, Right
from smallprint.reading.fields import enumerate_words, near_miss, read_date
from smallprint.reviewing.entry import RULES, Flaw, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.judgement import Finding
    from smallprint.reading.nodes import Node

ABOUT: Final = ("clauses", "since", "words")
"""The keys that say what an entry is about; the command writes them."""
DECISION: Final = ("verdict", "material", "rights", "reason", "for-readers", "practice", "by", "on")
"""The keys that a person fills in."""
VERDICTS: Final = tuple(direction.value for direction in Direction if direction is not Direction.UNCLEAR)
YES, NO = "yes", "no"

_KEYS: Final = (*ABOUT, RULES, *DECISION)
_CHOICES: Final = (("verdict", VERDICTS), ("material", (YES, NO)), ("practice", tuple(map(str, Practice))))
_MEANT: Final = {"date": "on", "name": "by", "who": "by", "when": "on", "why": "reason", "direction": "verdict"}
_RIGHTS: Final = {right.value: right for right in Right}
_WORDS: Final = re.compile(r"2:[0-9a-f]{30}|[0-9a-f]{32}")
"""Hashes of the present form, and of that before it (`legacy.py`)."""
_DOT: Final = " · "
_DASH: Final = " — "
_CLIPPED: Final = 1_000

_WHO: Final = "Write the name of the person who decided."
_REMEDIES: Final = {
    "verdict": f"Write {enumerate_words(VERDICTS)}, whichever it is, or empty the other lines while it is open.",
    "material": "Write `yes` if people would expect to be told of it before it takes effect, else `no`.",
    "reason": "Write why in a sentence.",
    "by": _WHO,
    "on": "Write the day of the decision, such as 2020-01-02.",
}


def rule_line(finding: Finding) -> str:
    """Return a finding as a review file holds it.

    >>> from smallprint.judgement import Direction, Finding, Right
    >>> rule_line(Finding("consent-dropped", Direction.REDUCES, True, (Right.CONSENT,), "No longer asked.", "GDPR 7"))
    'consent-dropped · reduces · material · consent — No longer asked.'
    """
    parts = [finding.rule, finding.direction.value]
    if finding.direction.is_down:
        parts.append("material" if finding.material else "not material")
    parts += [", ".join(finding.rights)] if finding.rights else []
    text = " ".join(f"{_DOT.join(parts)}{_DASH}{finding.reason}".split())
    return text if len(text) <= _CLIPPED else f"{text[: _CLIPPED - 1]}…"


def rights_in_rules(lines: Iterable[str]) -> tuple[Right, ...]:
    """Return the rights that findings named, as a review file holds these."""
    named: set[str] = set()
    for line in lines:
        _, _, last = line.partition(_DASH)[0].rpartition(_DOT)
        named.update(part.strip() for part in last.split(","))
    return tuple(right for name, right in _RIGHTS.items() if name in named)


def read_rights(text: str) -> tuple[tuple[Right, ...], list[str]]:
    """Return the rights that a text such as `consent, sharing` names, in its order, and what in it names none."""
    names = [name for part in text.lower().split(",") if (name := part.strip())]
    if not names:
        return (), []
    rights = tuple(dict.fromkeys(_RIGHTS[name] for name in names if name in _RIGHTS))
    return rights, [name for name in names if name not in _RIGHTS]


def flaw_at(entry: Node, key: str, code: str, what: str, remedy: str) -> Flaw:
    """Return a flaw of the value of a key, which must be there."""
    node = entry.fields[key]
    return Flaw(code, what, remedy, node.line, node.column, len(node.value.partition("\n")[0]) or 1)


def check_decision(entry: Node) -> tuple[Review | None, list[Flaw]]:
    """Return the decision an entry holds, and what is wrong with its values.

    Returns:
        The decision, none while the entry is open or where it is flawed; and the flaws.
    """
    flaws = [*_check_keys(entry), *_check_words(entry), *_check_values(entry)]
    if not any(entry.text(key) for key in DECISION if key != "rights"):
        return None, flaws
    flaws += _check_whole(entry)
    day = read_date(entry.text("on"))
    if flaws or day is None:
        return None, flaws
    direction = Direction(entry.text("verdict").lower())
    rights, _ = read_rights(entry.text("rights"))
    if not rights and direction is not Direction.NEUTRAL:
        rights = rights_in_rules(rules_of(entry))
    review = Review(
        direction=direction,
        material=entry.text("material").lower() == YES,
        rights=rights,
        reason=entry.text("reason"),
        by=entry.text("by"),
        on=day,
        for_readers=entry.text("for-readers"),
        practice=Practice(entry.text("practice").lower()) if entry.text("practice") else None,
    )
    return review, flaws


def _check_keys(entry: Node) -> list[Flaw]:
    flaws = []
    for key, node in entry.fields.items():
        if key not in _KEYS:
            folded = key.strip().lower().replace("_", "-")
            near = _MEANT.get(folded) or near_miss(folded, _KEYS)
            remedy = f"Did you mean `{near}`?" if near else f"The keys known here are {enumerate_words(_KEYS)}."
            what = f"`{key}` is no known key of an entry."
            flaws.append(Flaw("SP511", what, remedy, node.key_line, node.key_column, len(key) or 1))
    return flaws


def _check_words(entry: Node) -> list[Flaw]:
    remedy = "Take the line from the history of the file, or delete the entry and let `smallprint review` write it."
    words = entry.text("words")
    if not words:
        return [Flaw("SP512", "`words` is missing, which binds the entry to a text.", remedy, entry.line, entry.column)]
    if not _WORDS.fullmatch(words):
        return [flaw_at(entry, "words", "SP513", f"`words: {words}` is not what `smallprint review` wrote.", remedy)]
    return []


def _check_values(entry: Node) -> list[Flaw]:
    """Check the values that are one of a few words, and the day."""
    flaws = []
    for key, known in _CHOICES:
        text = entry.text(key).lower()
        if text and text not in known:
            flaws.append(
                flaw_at(entry, key, "SP513", f"`{key}: {text}` is none of the words known here.", _word(text, known))
            )
    for name in read_rights(entry.text("rights"))[1]:
        near = near_miss(name, map(str, Right))
        remedy = f"Did you mean `{near}`?" if near else f"The rights known are {enumerate_words(Right)}."
        flaws.append(flaw_at(entry, "rights", "SP513", f"“{name}” is none of the rights known.", remedy))
    on = entry.text("on")
    if on and read_date(on) is None:
        remedy = "Write a day that exists, as year-month-day with all zeros, such as 2020-01-02."
        flaws.append(flaw_at(entry, "on", "SP513", f"`on: {on}` is no day.", remedy))
    return flaws


def _word(text: str, known: tuple[str, ...]) -> str:
    if text == Direction.UNCLEAR:
        return f"A person decides: write {enumerate_words(known)}, or leave it empty while it is open."
    near = near_miss(text, known)
    return f"Did you mean `{near}`?" if near else f"What may stand here: {enumerate_words(known)}."


def _check_whole(entry: Node) -> list[Flaw]:
    """Note what a decision that was begun still lacks, and a verdict that contradicts itself."""
    verdict = entry.text("verdict").lower()
    is_down = verdict in {Direction.REDUCES, Direction.MIXED}
    flaws = [
        _missing(entry, key)
        for key in ("verdict", *(["material"] if is_down else []), "reason", "by", "on")
        if not entry.text(key)
    ]
    if not is_down and verdict in VERDICTS and entry.text("material").lower() == YES:
        what = f"A change that is `{verdict}` takes nothing away, so it cannot be material."
        flaws.append(flaw_at(entry, "material", "SP513", what, "Write `no`, or change the verdict."))
    return flaws


def _missing(entry: Node, key: str) -> Flaw:
    what = f"The decision lacks `{key}`."
    node = entry.fields.get(key)
    if node is None:
        return Flaw("SP512", what, _REMEDIES[key], entry.line, entry.column)
    return Flaw("SP512", what, _REMEDIES[key], node.key_line, node.key_column, len(key))
