"""Part 2: how many words are marked, against the fewest that can be; and whether both texts can be had back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus import named
from processes import ask_worker
from report import Goal, print_table, ratio_goal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Corpus, Pair

LIMIT = 1.05
_ENOUGH = 100
"""Pairs with fewer words to be marked are not looked at one by one: a word more is a large share of them."""


def measure_tightness(corpus: Corpus) -> list[Goal]:
    """Measure the marks of all pairs, print them, and return the goals."""
    goals: list[Goal] = []
    rows: list[tuple[str, ...]] = []
    notes: list[str] = []
    faulty: list[str] = []
    count = inexact = 0
    for name, pairs in (("consecutive", corpus.consecutive), ("first against last", corpus.first_last)):
        answers = ask_worker("marks", pairs=[tuple(map(str, pair)) for pair in pairs])
        measured = [(pair, answer) for pair, answer in zip(pairs, answers, strict=True) if "error" not in answer]
        count += len(answers)
        inexact += sum(not answer["is_exact"] for _, answer in measured)
        faulty += [
            f"{named(pair)}: {answer['error']}"
            for pair, answer in zip(pairs, answers, strict=True)
            if "error" in answer
        ]
        faulty += [
            f"{named(pair)}: {what} not given back"
            for pair, answer in measured
            for key, what in (("gives_back", "texts"), ("record_gives_back", "clauses of the JSON record"))
            if not answer[key]
        ]
        least, marked, moved = (_sum(measured, key) for key in ("least", "marked", "moved"))
        plain, counted = marked / least, (marked + moved) / least
        rows.append((
            name, str(len(pairs)), str(_sum(measured, "words")), str(least), str(marked), str(moved),
            f"{plain:.3f}", f"{counted:.3f}",
        ))  # fmt: skip
        notes += _loosest(name, measured)
        goals.append(ratio_goal(f"marked / least, {name}", plain, LIMIT, measured=f"{plain:.3f}"))
        goals.append(ratio_goal(f"marked and moved / least, {name}", counted, LIMIT, measured=f"{counted:.3f}"))
    goals.append(Goal("pairs that give both texts back", f"{count}", f"{count - len(faulty)}", not faulty))
    goals.append(Goal("pairs too long for an exact answer", "0", str(inexact), not inexact))
    head = ("set", "pairs", "words", "least", "marked", "moved", "marked / least", "with moved / least")
    print_table("Tightness, in words", head, rows, [*notes, *faulty[:_ENOUGH]])
    return goals


def _loosest(name: str, measured: Sequence[tuple[Pair, Any]]) -> list[str]:
    """Say which pair is marked most generously."""
    large = [(answer["marked"] / answer["least"], pair) for pair, answer in measured if answer["least"] >= _ENOUGH]
    if not large:
        return []
    ratio, pair = max(large)
    return [f"loosest of {name} with {_ENOUGH} words to mark or more: {ratio:.2f}, {named(pair)}"]


def _sum(measured: Sequence[tuple[Pair, Any]], key: str) -> int:
    return sum(answer[key] for _, answer in measured)
