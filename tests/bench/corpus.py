"""The texts that are measured: real histories where there are any, else the policies of this repository.

A folder of histories has one folder a policy, with plain Markdown files named after their day: `2020-02-10.md`.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Pair = tuple[Path, Path]

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "SMALLPRINT_HISTORIES"
CASES_VARIABLE = "SMALLPRINT_CASES"
TEXTS_VARIABLE = "SMALLPRINT_TEXTS"
PAGES_VARIABLE = "SMALLPRINT_PAGES"
SEED = 20200210

_BESIDE = ROOT.parent / "shared" / "policies" / "histories"
_CASES_BESIDE = ROOT.parent / "shared" / "gold" / "cases"
_TEXTS_BESIDE = ROOT.parent / "shared" / "policies" / "ibackup"
_PAGES_BESIDE = ROOT.parent / "shared" / "policies" / "html"
_FIRST_DAY = dt.date(1990, 1, 1)
_VERSION = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].md"
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
_WAS = re.compile(r' was="[^"]*"')
_MADE_VERSIONS = 40
_PROSE_WORDS = 20
_EDITS = 2


@dataclass(frozen=True, slots=True)
class History:
    """The versions of one policy, oldest first."""

    slug: str
    versions: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All histories that are measured."""

    histories: tuple[History, ...]
    told: str
    """Where they come from, for the person who reads the figures."""

    @property
    def consecutive(self) -> list[Pair]:
        """Each version and the one after it."""
        return [pair for history in self.histories for pair in pairwise(history.versions)]

    @property
    def first_last(self) -> list[Pair]:
        """The first version of each policy and the last one."""
        return [(h.versions[0], h.versions[-1]) for h in self.histories if len(h.versions) > 1]

    @property
    def size(self) -> str:
        """How much text it is, in words."""
        count = sum(len(history.versions) for history in self.histories)
        size = sum(path.stat().st_size for history in self.histories for path in history.versions)
        return f"{len(self.histories)} policies, {count} versions, {size / 1e6:.1f} MB of Markdown"


def find_corpus(given: Path | None, scratch: Path) -> Corpus:
    """Return the histories in the folder that is given, named by the environment, or beside the repository.

    Where there is none, the policies in `content/` are measured, and a history made from one of them in `scratch`.
    """
    folder = find_histories(given)
    if folder is not None:
        histories = tuple(_histories(folder.resolve()))
        if not histories:
            raise SystemExit(
                f"{folder} holds no histories: a folder for each policy, with files such as 2020-02-10.md."
            )
        return Corpus(histories, f"histories in {folder}")
    made = scratch / "made"
    write_made(made, _MADE_VERSIONS)
    told = (
        f"content/ and a made history of {_MADE_VERSIONS} versions. THESE ARE NOT REAL HISTORIES: "
        f"name a folder of them with --histories or {VARIABLE}."
    )
    return Corpus((*_histories(ROOT / "content"), History("made", tuple(sorted(made.glob(_VERSION))))), told)


def find_histories(given: Path | None) -> Path | None:
    """Return the folder of histories that is given, named by the environment, or beside the repository."""
    return _found(given, VARIABLE, _BESIDE)


def find_cases(given: Path | None) -> Path | None:
    """Return the folder of labelled pairs that is given, named by the environment, or beside the repository."""
    return _found(given, CASES_VARIABLE, _CASES_BESIDE)


def find_texts(given: Path | None) -> Path | None:
    """Return the folder of raw texts that is given, named by the environment, or beside the repository."""
    return _found(given, TEXTS_VARIABLE, _TEXTS_BESIDE)


def find_pages(given: Path | None) -> Path | None:
    """Return the folder of saved pages that is given, named by the environment, or beside the repository."""
    return _found(given, PAGES_VARIABLE, _PAGES_BESIDE)


def _found(given: Path | None, variable: str, beside: Path) -> Path | None:
    told = os.environ.get(variable)
    folder = given or (Path(told) if told else None)
    return folder or (beside if beside.is_dir() else None)


def named(pair: Pair) -> str:
    """Return what a pair is called: its policy and its two days."""
    old, new = pair
    return f"{old.parent.name} {old.stem} {new.stem}"


def write_made(folder: Path, count: int) -> None:
    """Write a history of `count` versions into a folder, a day between each two."""
    folder.mkdir(parents=True)
    for number, text in enumerate(made_versions(real_text(), count)):
        day = _FIRST_DAY + dt.timedelta(days=number)
        (folder / f"{day}.md").write_text(text, encoding="utf-8")


def real_text() -> str:
    """Return the newest text of the first policy in `content/`: its clauses keep their ids, but not what they were."""
    newest = next(_histories(ROOT / "content")).versions[-1]
    return _WAS.sub("", without_front_matter(newest.read_text(encoding="utf-8")))


def without_front_matter(text: str) -> str:
    """Return a text without the lines between `---` and `---` at its head."""
    return _FRONT_MATTER.sub("", text, count=1)


def made_versions(text: str, count: int, seed: int = SEED) -> Iterator[str]:
    """Yield `count` versions of a text; from one to the next a word changes in each of two paragraphs.

    The same seed makes the same versions.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    paragraphs = text.split("\n\n")
    prose = [at for at, paragraph in enumerate(paragraphs) if len(_plain_words(paragraph)) >= _PROSE_WORDS]
    vocabulary = sorted({word for paragraph in paragraphs for word in paragraph.split(" ") if word.isalpha()})
    for _ in range(count):
        yield "\n\n".join(paragraphs)
        for at in chance.sample(prose, _EDITS):
            words = paragraphs[at].split(" ")
            words[chance.choice(_plain_words(paragraphs[at]))] = chance.choice(vocabulary)
            paragraphs[at] = " ".join(words)


def _plain_words(paragraph: str) -> Sequence[int]:
    """Return the positions of the words that are letters only, so that no formatting breaks."""
    return [at for at, word in enumerate(paragraph.split(" ")) if word.isalpha()]


def _histories(folder: Path) -> Iterator[History]:
    for policy in sorted(path for path in folder.iterdir() if path.is_dir()):
        versions = tuple(sorted(policy.glob(_VERSION)))
        if versions:
            yield History(policy.name, versions)
