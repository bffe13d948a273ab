"""Real changes that people labelled → what the assessment heard in them, and whether it should have.

Two sources. *Cases*: folders with `old.md`, `new.md` and `labels.json`, every change labelled by two readers; the texts
are their publishers' and are not part of this project. *Histories*: a folder of versions for each policy, with the
labels in `labels/` beside this file. Those hold no text: a changed paragraph is known by the hash of both its sides.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from smallprint.assessing.assess import hear
from smallprint.assessing.rules import load_rules
from smallprint.comparing import compare, lineage_between
from smallprint.judgement import Direction
from smallprint.reading.version import parse_version, read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smallprint.assessing.assess import Heard
    from smallprint.assessing.matching import Match
    from smallprint.model import Comparison

_LABELS = Path(__file__).with_name("labels")
EXAMPLE = Path(__file__).parents[2] / "content" / "ibackup-privacy"
"""The worked example."""
_WRITE_UP = Path(__file__).parents[1] / "assessing" / "ibackup_expected.yml"
_WORD = re.compile(r"\w+")
_ENOUGH_WORDS = 3
_SAME_PARAGRAPH = 0.5


@dataclass(frozen=True)
class Label:
    """What readers said of one change."""

    number: int
    direction: Direction
    material: bool
    rights: tuple[str, ...]

    @property
    def is_loss(self) -> bool:
        """Whether it is one that people are to be told of."""
        return self.material and self.direction.is_down


@dataclass(frozen=True)
class Said:
    """A sentence that rules spoke of, and the labels of the changes it belongs to."""

    case: str
    company: str
    old: str | None
    new: str | None
    matched: tuple[Match, ...]
    features: Mapping[str, float]
    labels: tuple[Label, ...]
    """By the words of its quotes, as the score counts."""
    near: tuple[Label, ...]
    """Those of them whose whole text is much the same as its paragraph: what to learn from."""
    is_case: bool


@dataclass(frozen=True)
class Case:
    """Two versions with labels."""

    name: str
    company: str
    labels: tuple[Label, ...]


def read_cases(folder: Path) -> tuple[list[Case], list[Said]]:
    """Return the cases of a folder, and all that is heard in them."""
    cases, said = [], []
    for path in sorted(path.parent for path in folder.glob("*/labels.json")):
        data = json.loads((path / "labels.json").read_text(encoding="utf-8"))
        company = path.name.split("_")[0]
        labels = [
            (Label(one["n"], Direction(one["direction"]), one["material"], tuple(one["rights"])), _bags(one))
            for one in data["changes"]
        ]
        cases.append(Case(path.name, company, tuple(label for label, _ in labels)))
        comparison = compare(read_plain(path / "old.md"), read_plain(path / "new.md"))
        for heard in hear(comparison, load_rules()):
            old, new = _texts(heard)
            quotes = _bag(old), _bag(new)
            sides = _bag(heard.passage.old_text), _bag(heard.passage.new_text)
            own = [(label, bags) for label, bags in labels if _belongs(quotes, bags)]
            near = tuple(label for label, bags in own if _share(sides, bags) >= _SAME_PARAGRAPH)
            labels_of = tuple(label for label, _ in own)
            said.append(
                Said(path.name, company, old, new, heard.matched, heard.features, labels_of, near, is_case=True)
            )
    return cases, said


def read_histories(folder: Path) -> tuple[list[Case], list[Said]]:
    """Return the labelled pairs of a folder of histories, and all that is heard in their labelled paragraphs."""
    cases, said = [], []
    for path in sorted(_LABELS.glob("*.json")):
        company = path.stem
        pairs: dict[tuple[str, str], dict[str, Label]] = {}
        for number, (old, new, digest, direction, material, rights) in enumerate(json.loads(path.read_text())):
            label = Label(number, Direction(direction), material, tuple(rights))
            pairs.setdefault((old, new), {})[digest] = label
        for (old, new), labels in pairs.items():
            texts = [folder / company / f"{version}.md" for version in (old, new)]
            if all(text.exists() for text in texts):
                comparison = compare(*(read_plain(text) for text in texts))
                case = Case(f"{company} {old} {new}", company, tuple(labels.values()))
                cases.append(case)
                said += _heard_of(comparison, labels, case)
    return cases, said


def read_write_ups(folder: Path) -> list[Said]:
    """Return all that is heard in the versions of the worked example, whose changes were written up with quotes.

    Args:
        folder: the policy's folder; the write-up stands in the tests.
    """
    versions = {path.stem: parse_version(path.read_text(encoding="utf-8"), path=path.name, version_id=path.stem)[0]
                for path in sorted(folder.glob("*-*.md"))}  # fmt: skip
    said = []
    for pair in yaml.safe_load(_WRITE_UP.read_text(encoding="utf-8")):
        old, new = str(pair["old"]), str(pair["new"])
        names = sorted(versions)
        between = [version for name in names[names.index(old) : names.index(new) + 1] if (version := versions[name])]
        comparison = compare(between[0], between[-1], lineage_between(between))
        labels = [(_written(number, entry), entry) for number, entry in enumerate(_entries(pair))]
        for heard in hear(comparison, load_rules()):
            texts = _texts(heard)
            own = tuple(label for label, entry in labels if _quotes(entry, texts))
            if own:
                case = f"{folder.name} {old} {new}"
                said.append(Said(case, folder.name, *texts, heard.matched, heard.features, own, own, is_case=True))
    return said


def _entries(pair: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from pair["changes"]
    yield from ({**entry, "direction": "neutral", "material": False, "rights": []} for entry in pair["not_flagged"])


def _written(number: int, entry: Mapping[str, Any]) -> Label:
    return Label(number, Direction(entry["direction"]), bool(entry["material"]), tuple(entry["rights"]))


def _quotes(entry: Mapping[str, Any], texts: tuple[str | None, str | None]) -> bool:
    quotes = entry["old_quote"], entry["new_quote"]
    return any(quote and text and (quote in text or text in quote) for quote, text in zip(quotes, texts, strict=True))


def paragraph_digest(old: str, new: str) -> str:
    """Return what a changed paragraph is known by, white space apart."""
    bare = "\0".join("".join(text.split()) for text in (old, new))
    return hashlib.sha256(bare.encode()).hexdigest()[:16]


def _heard_of(comparison: Comparison, labels: Mapping[str, Label], case: Case) -> Iterator[Said]:
    for heard in hear(comparison, load_rules()):
        label = labels.get(paragraph_digest(heard.passage.old_text, heard.passage.new_text))
        if label:
            old, new = _texts(heard)
            yield Said(
                case.name, case.company, old, new, heard.matched, heard.features, (label,), (label,), is_case=False
            )


def _texts(heard: Heard) -> tuple[str | None, str | None]:
    pair = heard.step.pair
    return pair.old.text if pair.old else None, pair.new.text if pair.new else None


def _bag(text: str | None) -> Counter[str]:
    return Counter(_WORD.findall((text or "").lower()))


def _bags(change: Mapping[str, str]) -> tuple[Counter[str], Counter[str]]:
    return _bag(change["old"]), _bag(change["new"])


def _belongs(quotes: tuple[Counter[str], ...], change: tuple[Counter[str], ...]) -> bool:
    """Tell whether half of the words of a quote, and three at least, stand in a change's text of the same side."""
    for quote, text in zip(quotes, change, strict=True):
        total = quote.total()
        shared = (quote & text).total()
        if total and shared >= min(_ENOUGH_WORDS, total) and shared * 2 >= total:
            return True
    return False


def _share(sides: tuple[Counter[str], ...], change: tuple[Counter[str], ...]) -> float:
    shared = sum((side & text).total() for side, text in zip(sides, change, strict=True))
    return shared / max(1, sum(side.total() for side in sides))
