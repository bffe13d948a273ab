"""The rules that speak of a sentence → one finding, in words a lawyer can check against the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.judgement import Direction, Finding, Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.assessing.differences import Step
    from smallprint.assessing.matching import Match
    from smallprint.assessing.passages import Sentence
    from smallprint.assessing.weighing import Chances, Weights

_BALANCED: Final = 0.15
"""A loss and a gain whose chances lie closer than this are both told: `mixed`."""
_MOST_RIGHTS: Final = 3
_MOST_WORDS: Final = 14
_WINDOW: Final = 6
_CUTS: Final = re.compile(r"[,;:.()–—]\s|[()]")
_WORD: Final = re.compile(r"\S+")
_OF_THE_RULE: Final = frozenset({"condition", "weakener", "duration", "action", "scope", "changes"})
"""Facets that say how something is done; what that touches, the rule knows better."""


def finding(step: Step, matched: Sequence[Match], chances: Chances, weights: Weights) -> Finding | None:
    """Return what the rules come to on one sentence; nothing where it is of no weight."""
    down = [match for match in matched if match.rule.direction is not Direction.EXPANDS]
    up = [match for match in matched if match.rule.direction is Direction.EXPANDS]
    is_material = bool(down) and chances.material >= weights.material_from
    is_down = is_material or (bool(down) and chances.reduces >= weights.reduces_from)
    is_up = bool(up) and chances.expands >= weights.expands_from
    if is_down and is_up:
        is_down = is_material or chances.reduces > chances.expands - _BALANCED
        is_up = chances.expands > chances.reduces - _BALANCED
    if is_down or is_up:
        direction = Direction.MIXED if is_down and is_up else Direction.REDUCES if is_down else Direction.EXPANDS
        leading = _leading(down if is_down else up)
    elif down and chances.reduces >= weights.unclear_from:
        direction, leading = Direction.UNCLEAR, _leading(down)
    else:
        return None
    if leading.rule.direction is Direction.UNCLEAR:
        direction = Direction.UNCLEAR
    return Finding(
        rule=leading.rule.id,
        direction=direction,
        material=is_material and direction.is_down,
        rights=_rights(leading, down if is_down or not is_up else up),
        reason=_reason(step, leading),
        source=leading.rule.source,
        old_quote=step.pair.old.text if step.pair.old else None,
        new_quote=step.pair.new.text if step.pair.new else None,
    )


def _leading(matched: Sequence[Match]) -> Match:
    return max(matched, key=_loudness)


def _loudness(match: Match) -> tuple[float, float, str]:
    # Rounded, so that of rules that are as loud as each other the last digits of a sum do not choose.
    return round(match.rule.weight * match.strength, 9), round(match.rule.weight, 9), match.rule.id


def _rights(leading: Match, matched: Sequence[Match]) -> tuple[Right, ...]:
    """Return up to three rights: those of what was gained or lost, then those of the other rules that speak."""
    rights = [right for term in leading.terms if term.facet not in _OF_THE_RULE for right in term.rights]
    rights = [*leading.rule.rights, *rights]
    for match in sorted(matched, key=lambda match: -match.rule.weight * match.strength):
        rights += match.rule.rights
    return tuple(dict.fromkeys(rights))[:_MOST_RIGHTS] or (Right.OTHER,)


def _reason(step: Step, match: Match) -> str:
    sentence = step.pair.new if match.is_gain else step.pair.old
    things = _enumerated(list(dict.fromkeys(term.label for term in match.terms)))
    said = _phrase(sentence, match.start, match.end) if sentence else ""
    text = match.rule.message.replace("{things}", things).replace("{said}", f"“{said}”")
    return text[:1].upper() + text[1:]


def _enumerated(labels: list[str]) -> str:
    *first, last = labels or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _phrase(sentence: Sentence, start: int, end: int) -> str:
    """Return the words around a place that say what is meant: the changed run, or the part between two commas."""
    text = sentence.text
    run = next(((a, b) for a, b in sentence.changed if a <= start and end <= b), (0, len(text)))
    if end <= start or len(text[run[0] : run[1]].split()) <= _MOST_WORDS:
        return _trimmed(text[run[0] : run[1]]) or _trimmed(text)
    cuts = [run[0], *(cut.end() for cut in _CUTS.finditer(text, run[0], run[1])), run[1]]
    begin = max(cut for cut in cuts if cut <= start)
    finish = min(cut for cut in cuts if cut >= end)
    part = text[begin:finish]
    if len(part.split()) > _MOST_WORDS:
        words = list(_WORD.finditer(text, run[0], run[1]))
        at = next(n for n, word in enumerate(words) if word.end() > start)
        near = words[max(0, at - _WINDOW) : at + _WINDOW + 1]
        part = text[near[0].start() : near[-1].end()]
    return _trimmed(part)


def _trimmed(text: str) -> str:
    words = text.split()
    if len(words) > _MOST_WORDS:
        words = [*words[:_MOST_WORDS], "…"]
    return " ".join(words).strip(" ,;:.()–—•*|")
