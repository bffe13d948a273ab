"""How well the assessment finds material reductions, by people's labels: as shipped, and on companies left out.

The measures are those of the labelled cases: *recall* is the share of the changes labelled material reductions that got
a finding saying so, *precision* the share of such findings that belong to such a change, *notice* the share of version
pairs where “people must be told” is answered as the labels do. Left out means: the sentences of a company are judged by
weights learned from all others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelled import EXAMPLE, Said, read_cases, read_histories, read_write_ups
from learning import EXPANDS, MATERIAL, REDUCES, learn
from report import Goal, print_table

from smallprint.assessing.rules import load_rules
from smallprint.assessing.weighing import Head, Weights, load_weights, weigh
from smallprint.judgement import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from labelled import Case, Label

_GOALS = {"recall": 0.80, "precision": 0.60, "notice": 0.85}


@dataclass(frozen=True)
class Score:
    """The measures, 0 to 1."""

    recall: float
    precision: float
    notice: float
    missed: tuple[tuple[Case, Label], ...]

    def row(self, name: str) -> list[str]:
        """Return a line of a table."""
        return [name, *(f"{value:.3f}" for value in (self.recall, self.precision, self.notice))]


def measure_judging(cases_folder: Path | None, histories: Path | None) -> list[Goal]:
    """Print how well material reductions are found, and which kinds are missed."""
    if cases_folder is None or not cases_folder.is_dir():
        print("\nNo labelled cases here, so the assessment is not measured; name their folder with --cases.")
        return [Goal("assessment", "", "no labelled cases", None)]
    cases, said = read_cases(cases_folder)
    one_reader, heard = read_histories(histories) if histories else ([], [])
    learned_from = [*said, *heard, *read_write_ups(EXAMPLE)]
    weights = load_weights()
    shipped = score(cases, said, dict.fromkeys({case.company for case in cases}, weights))
    without = left_out_weights([*cases, *one_reader], learned_from, weights)
    left_out = score(cases, said, without)
    rows = [shipped.row("as shipped"), left_out.row("companies left out")]
    if one_reader:
        rows.append(score(one_reader, heard, without).row("companies left out, one reader's labels"))
    print_table(
        f"Material reductions in {len(cases)} pairs of versions, {len({case.company for case in cases})} companies",
        ["", "recall", "precision", "notice"],
        rows,
        [
            "Two readers agree with each other at 0.93 and 0.93.",
            "The last line is of other versions of the same companies, and counted strictly.",
        ],
    )
    _print_missed(cases, left_out)
    return [
        Goal(f"{name} on companies left out", f">= {goal:g}", f"{value:.3f}", value >= goal)
        for name, goal in _GOALS.items()
        for value in [getattr(left_out, name)]
    ]


def left_out_weights(cases: Sequence[Case], said: Sequence[Said], weights: Weights) -> dict[str, Weights]:
    """Return for each company the weights learned from the others."""
    return {company: relearn(said, weights, without=company) for company in sorted({case.company for case in cases})}


def relearn(said: Iterable[Said], weights: Weights, *, without: str = "") -> Weights:
    """Return weights learned from the sentences of all companies but one."""
    others = [one for one in said if one.company != without]
    rules = load_rules()
    heads: dict[str, Head] = {
        question.name: learn(others, rules, question) for question in (MATERIAL, REDUCES, EXPANDS)
    }
    known = sorted({match.rule.id for one in others for match in one.matched} | {rule.id for rule in rules})
    return Weights(
        **heads,
        known=known,
        material_from=weights.material_from,
        reduces_from=weights.reduces_from,
        expands_from=weights.expands_from,
        unclear_from=weights.unclear_from,
    )


def score(cases: Sequence[Case], said: Sequence[Said], weights: dict[str, Weights]) -> Score:
    """Return the measures, each company judged by its own weights."""
    claimed = [one for one in said if is_claimed(one, weights[one.company])]
    hit = {(one.case, label.number) for one in claimed for label in one.labels if label.is_loss}
    wanted = [(case, label) for case in cases for label in case.labels if label.is_loss]
    good = sum(any(label.is_loss for label in one.labels) for one in claimed)
    told = {one.case for one in claimed}
    right = sum((case.name in told) == any(label.is_loss for label in case.labels) for case in cases)
    missed = tuple((case, label) for case, label in wanted if (case.name, label.number) not in hit)
    return Score(1 - len(missed) / max(1, len(wanted)), good / max(1, len(claimed)), right / max(1, len(cases)), missed)


def is_claimed(said: Said, weights: Weights) -> bool:
    """Tell whether the rules call a sentence a material reduction."""
    if not any(match.rule.direction is not Direction.EXPANDS for match in said.matched):
        return False
    return weigh(said.features, said.matched, weights).material >= weights.material_from


def _print_missed(cases: Sequence[Case], left_out: Score) -> None:
    wanted = Counter(right for case in cases for label in case.labels if label.is_loss for right in label.rights)
    missed = Counter(right for _, label in left_out.missed for right in label.rights)
    print_table(
        "Which kinds are missed on companies left out",
        ["right", "labelled", "missed"],
        [[right, str(count), str(missed[right])] for right, count in sorted(wanted.items())],
    )


def at_threshold(weights: Weights, threshold: float) -> Weights:
    """Return the weights with another answer to where a material reduction begins."""
    return Weights(
        weights.material,
        weights.reduces,
        weights.expands,
        weights.known,
        threshold,
        weights.reduces_from,
        weights.expands_from,
        weights.unclear_from,
    )
