"""How many pairs of paragraphs are found where no ids help, against what a reader found.

The reference is in `pairs/` beside this file: for twelve pairs of versions, which old paragraph is carried on by which
new one. It holds no text: a paragraph is known by its place and by the hash of its words (`paragraphs.py`). Links that
a careful reader may see or not are marked `maybe` and count neither way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import ROOT
from paragraphs import found_pairs, in_order, read_stripped, read_with_ids
from rapidfuzz.distance import LCSseq
from report import Goal, print_table

from smallprint.comparing import compare, lineage_between
from smallprint.comparing.lineage import step_lineage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus import Corpus, Pair
    from paragraphs import Pairs, Text

    from smallprint.model import Version

REFERENCE = Path(__file__).with_name("pairs")
EXAMPLE = ROOT / "content" / "ibackup-privacy"
LEAST = {"precision": 0.95, "recall": 0.9}
_ALIKE = 0.8
"""Share of the longer one's words, in order, that make two paragraphs alike enough for the quick look at all pairs."""
_SHOWN = 5


@dataclass(frozen=True)
class Reference:
    """What a reader found in one pair of versions."""

    name: str
    kind: str
    old: Text
    new: Text
    links: Pairs
    maybe: Pairs
    stale: int
    """Links to paragraphs that are not in the texts as they are read today."""


@dataclass(frozen=True)
class Score:
    """Counts of pairs."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of the pairs found that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs wanted that are found."""
        return self.right / self.wanted if self.wanted else 1.0


def measure_pairing(cases: Path | None, histories: Path | None, corpus: Corpus, *, is_told: bool = False) -> list[Goal]:
    """Print how many pairs of paragraphs are found without ids, and return the goals.

    Args:
        cases: the folder of labelled pairs, if there is one.
        histories: the folder of histories, if there is one; more of them may be in a folder `…-2` beside it.
        corpus: the histories that are measured.
        is_told: whether each missed and each wrong pair is printed, by its places.
    """
    goals = _measure_reference(cases, histories, is_told=is_told)
    _measure_clauses()
    _look_at_all(cases, corpus)
    return goals


def source_folders(cases: Path | None, histories: Path | None) -> dict[str, Path]:
    """Return the folders that a reference may name under `from`, as far as they are here."""
    folders = {"example": EXAMPLE.parent}
    if cases is not None:
        folders["cases"] = cases
    if histories is not None:
        folders["histories"] = histories
        folders["histories-2"] = histories.with_name(f"{histories.name}-2")
    return folders


def read_reference(path: Path, folders: Mapping[str, Path]) -> Reference | None:
    """Read one file of the reference with its texts; none where its texts are not here."""
    data = json.loads(path.read_text(encoding="utf-8"))
    folder = folders.get(data["from"])
    if folder is None or not all((folder / data[side]).is_file() for side in ("old", "new")):
        return None
    old, new = (read_stripped(folder / data[side]) for side in ("old", "new"))
    links, maybe = (resolve(data[key], old, new) for key in ("links", "maybe"))
    stale = len(data["links"]) - len(links)
    return Reference(path.stem, data["kind"], old, new, links, maybe, stale)


def score_pairs(found: Pairs, reference: Reference) -> Score:
    """Hold the pairs found against the reference."""
    counted = found - (reference.maybe - reference.links)
    return Score(len(counted & reference.links), len(counted), len(reference.links))


def score_differing(found: Pairs, reference: Reference) -> Score:
    """Hold against the reference only what takes some finding: other words, another place, or not what the reader saw.

    Paragraphs that are the same in the same order, most of any two versions, count neither way.
    """
    olds, news = reference.old.digests, reference.new.digests
    steady = {(i, j) for i, j in in_order(reference.links) if olds[i] == news[j]}
    counted = found - (reference.maybe - reference.links) - steady
    wanted = reference.links - steady
    return Score(len(counted & wanted), len(counted), len(wanted))


def resolve(links: Iterable[Sequence[Any]], old: Text, new: Text) -> Pairs:
    """Return links by the places of the texts as they are read today: the nearest paragraph with the same words."""
    return {
        (i, j)
        for old_at, old_digest, new_at, new_digest in links
        if (i := _nearest(old, old_at, old_digest)) is not None and (j := _nearest(new, new_at, new_digest)) is not None
    }


def _nearest(text: Text, at: int, digest: str) -> int | None:
    if at < len(text.digests) and text.digests[at] == digest:
        return at
    places = [place for place, own in enumerate(text.digests) if own == digest]
    return min(places, key=lambda place: abs(place - at), default=None)


def _measure_reference(cases: Path | None, histories: Path | None, *, is_told: bool) -> list[Goal]:
    folders = source_folders(cases, histories)
    paths = sorted(REFERENCE.glob("*.json"))
    rows, notes, absent = [], [], []
    every: list[Score] = []
    differing: list[Score] = []
    moved: list[Score] = []
    for path in paths:
        reference = read_reference(path, folders)
        if reference is None:
            absent.append(path.stem)
            continue
        found = found_pairs(compare(reference.old.version, reference.new.version))
        scores = score_pairs(found, reference), score_differing(found, reference), _moved(found, reference)
        for total, score in zip((every, differing, moved), scores, strict=True):
            total.append(score)
        rows.append([path.stem, *_cells(*scores)])
        if reference.stale:
            notes.append(f"{path.stem}: {reference.stale} links are to paragraphs that are not in the texts today")
        if is_told:
            notes += _told(found, reference)
    if absent:
        notes.append(f"not here, so not measured: {', '.join(absent)}")
    sums = [_sum(scores) for scores in (every, differing, moved)]
    rows.append(["all", *_cells(*sums)])
    head = ("pair", "links", "found", "precision", "recall", "differing", "precision", "recall", "moved", "recall")
    print_table("Paragraphs paired without ids, against a reader", head, rows, notes)
    if len(absent) == len(paths):
        return [Goal("paragraphs paired without ids", "", "no texts", None)]
    here = "" if not absent else f" ({len(paths) - len(absent)} of {len(paths)} pairs)"
    return [
        Goal(f"{name} of {what}{here}", f">= {LEAST[name]:g}", f"{value:.3f}", value >= LEAST[name])
        for what, score in (("pairs of paragraphs", sums[0]), ("those that differ or moved", sums[1]))
        for name, value in (("precision", score.precision), ("recall", score.recall))
    ]


def _moved(found: Pairs, reference: Reference) -> Score:
    """Count only the links that leave the order of the others."""
    wanted = reference.links - in_order(reference.links)
    return Score(len(found & wanted), len(found & wanted), len(wanted))


def _sum(scores: Sequence[Score]) -> Score:
    return Score(*(sum(getattr(score, name) for score in scores) for name in ("right", "found", "wanted")))


def _cells(every: Score, differing: Score, moved: Score) -> list[str]:
    return [
        *(str(every.wanted), str(every.found), f"{every.precision:.3f}", f"{every.recall:.3f}"),
        *(str(differing.wanted), f"{differing.precision:.3f}", f"{differing.recall:.3f}"),
        *(str(moved.wanted), f"{moved.recall:.3f}" if moved.wanted else "-"),
    ]


def _told(found: Pairs, reference: Reference) -> list[str]:
    """Say which pairs are missed and which are wrong, by the places of their paragraphs."""
    wrong = found - reference.links - reference.maybe
    missed = reference.links - found
    return [
        f"{reference.name} {what}: {', '.join(f'{i}>{j}' for i, j in sorted(pairs))}"
        for what, pairs in (("missed", missed), ("wrong", wrong))
        if pairs
    ]


def _measure_clauses() -> None:
    """Print how many of the pairings of clauses that the ids of the example tell are found without ids."""
    paths = sorted(EXAMPLE.glob("[0-9]*.md"))
    rows = []
    totals = [0, 0]
    for old_at, new_at in combinations(range(len(paths)), 2):
        with_ids = [read_with_ids(path) for path in paths[old_at : new_at + 1]]
        known = _known_clauses([text.version for text in with_ids])
        old, new = (read_stripped(paths[at]) for at in (old_at, new_at))
        owners = [_clause_of(text) for text in (with_ids[0], with_ids[-1])]
        found = {(owners[0][i], owners[1][j]) for i, j in found_pairs(compare(old.version, new.version))}
        right = len(known & found)
        rows.append([f"{paths[old_at].stem} {paths[new_at].stem}", str(len(known)), str(right)])
        totals = [totals[0] + len(known), totals[1] + right]
    rows.append(["all", *map(str, totals)])
    print_table("Clauses of the example, paired without ids", ("versions", "known by ids", "found"), rows)


def _known_clauses(versions: Sequence[Version]) -> set[tuple[str, str]]:
    lineage = lineage_between(versions)
    if lineage is None:
        lineage = step_lineage(versions[0], versions[-1])
    return {(carried, clause_id) for clause_id, origins in lineage.items() for carried in origins}


def _clause_of(text: Text) -> list[str]:
    """Return for each paragraph the id of the clause it is in."""
    ids = {id(unit): clause.clause_id or "" for clause in text.version.clauses for unit in clause.units}
    return [ids[id(unit)] for unit in text.units]


def _look_at_all(cases: Path | None, corpus: Corpus) -> None:
    """Print for all pairs of versions how many paragraphs with a like one on the other side are paired with one."""
    sets: list[tuple[str, list[Pair]]] = [("neighbours", corpus.consecutive), ("first against last", corpus.first_last)]
    if cases is not None:
        folders = sorted(path.parent for path in cases.glob("*/old.md"))
        sets.insert(0, ("cases", [(folder / "old.md", folder / "new.md") for folder in folders]))
    texts: dict[Path, Text] = {}
    rows, notes = [], []
    for name, pairs in sets:
        counts = [0, 0, 0, 0]
        worst: list[tuple[float, str]] = []
        for old_path, new_path in pairs:
            for path in (old_path, new_path):
                if path not in texts:
                    texts[path] = read_stripped(path)
            own = _like_ones(texts[old_path], texts[new_path])
            counts = [total + count for total, count in zip(counts, own, strict=True)]
            if own[0] + own[2]:
                share = (own[1] + own[3]) / (own[0] + own[2])
                worst.append((share, f"{old_path.parent.name} {old_path.stem} {new_path.stem}: {share:.2f}"))
        same, same_paired, alike, alike_paired = counts
        rows.append(
            [name, str(len(pairs)), str(same), _share(same_paired, same), str(alike), _share(alike_paired, alike)]
        )
        notes.append(f"least of {name}: {'; '.join(text for share, text in sorted(worst)[:_SHOWN] if share < 1)}")
    head = ("set", "pairs", "same words", "paired", "alike", "paired")
    print_table("Old paragraphs that a new one repeats or resembles, without ids", head, rows, notes)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def _like_ones(old: Text, new: Text) -> list[int]:
    """Count old paragraphs with the words of a new one, and those like one; of both, how many are paired with such."""
    found: dict[int, set[int]] = {}
    for i, j in found_pairs(compare(old.version, new.version)):
        found.setdefault(i, set()).add(j)
    places: dict[str, set[int]] = {}
    for j, digest in enumerate(new.digests):
        places.setdefault(digest, set()).add(j)
    numbers: dict[str, str] = {}
    olds, news = ([_as_chars(words, numbers) for words in text.words] for text in (old, new))
    same = same_paired = alike = alike_paired = 0
    for i, digest in enumerate(old.digests):
        own = found.get(i, set())
        if digest in places:
            same, same_paired = same + 1, same_paired + bool(own & places[digest])
            continue
        like = {j for j, text in enumerate(news) if LCSseq.normalized_similarity(olds[i], text, score_cutoff=_ALIKE)}
        if like:
            alike, alike_paired = alike + 1, alike_paired + bool(own & like)
    return [same, same_paired, alike, alike_paired]


def _as_chars(words: Iterable[str], numbers: dict[str, str]) -> str:
    """Return one character for each word, the same for the same word."""
    return "".join([numbers.setdefault(word, chr(0x4E00 + len(numbers))) for word in words])
