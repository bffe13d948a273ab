"""How well `smallprint import` finds clauses, ids and words, and how long a history takes.

Clauses and ids are held against versions made by hand of the same texts; the words of saved pages against the text that
another tool took from them. *Precision* is the share of what was found that is right, *recall* the share of what is
right that was found.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import ROOT, made_versions, real_text
from markdown_it import MarkdownIt
from processes import RunError, run_measured
from report import Goal, print_table, ratio_goal
from stripped import measure_stripped

from smallprint.importing.carry import Heritage
from smallprint.importing.importing import import_draft
from smallprint.importing.source import Asked, read_any
from smallprint.reading.version import parse_version, read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smallprint.model import Version

_BY_HAND = ROOT / "content" / "ibackup-privacy"
_PARTS = {"buffer-privacy-policy": ("privacy-policy", "crpn", "gdpr", "dpf", "data-retention")}
"""Pages that hold several documents, and those of them that the text beside the page has."""
_LEAST = 0.9
_WORDS_KEPT = 0.99
_WORDS_FOREIGN = 0.02
_COMMITS = 100
_SECONDS = 10.0
_MARK = re.compile(r"[ ]?\{#[^}\n]*\}\n?")
_WORD = re.compile(r"\w+")
_SHOWN = {"image": "", "html_inline": "", "softbreak": " ", "hardbreak": " "}
"""What parts of running text show, where that is not what they hold."""
_FIRST_DAY = dt.date(2001, 1, 1)
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "bench" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


@dataclass(frozen=True)
class Found:
    """How much of something was found: how much of it is right, how much there was and should be."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """The share of what is right that was found."""
        return self.right / max(1, self.wanted)

    def __add__(self, other: Found) -> Found:
        """Return both together."""
        return Found(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    def cells(self) -> list[str]:
        """Return the figures of a table's line."""
        return [f"{self.precision:.3f}", f"{self.recall:.3f}"]


def measure_importing(texts: Path | None, pages: Path | None, histories: Path | None, scratch: Path) -> list[Goal]:
    """Print how well texts and pages are imported, as far as there are any, and how long a history takes.

    Args:
        texts: the raw texts of the versions in `content/ibackup-privacy`, named after their days.
        pages: saved pages, each with its text in Markdown beside it.
        histories: versions of policies in Markdown, a folder for each.
        scratch: a folder to write into.
    """
    goals = _measure_clauses(texts) if texts else [Goal("clauses and ids", "", "no raw texts", None)]
    goals += measure_stripped(histories) if histories else []
    goals += _measure_words(pages) if pages else [Goal("words of saved pages", "", "no saved pages", None)]
    return [*goals, _measure_history(scratch)]


def _measure_clauses(folder: Path) -> list[Goal]:
    rows = []
    total = [Found(0, 0, 0), Found(0, 0, 0)]
    for version in _imported(folder):
        boundaries, ids = _held_against(version, read_plain(_BY_HAND / f"{version.version_id}.md"))
        rows.append([version.version_id, str(boundaries.wanted), *boundaries.cells(), *ids.cells()])
        total = [total[0] + boundaries, total[1] + ids]
    rows.append(["all", str(total[0].wanted), *total[0].cells(), *total[1].cells()])
    head = ["version", "clauses", "boundaries: precision", "recall", "ids: precision", "recall"]
    print_table("Clauses and ids of raw texts, each imported like the one before", head, rows)
    return [
        Goal(f"{measure} of {name}", f">= {_LEAST:g}", f"{value:.3f}", value >= _LEAST)
        for name, found in zip(("clause boundaries", "clause ids"), total, strict=True)
        for measure, value in (("precision", found.precision), ("recall", found.recall))
    ]


def _imported(folder: Path) -> Iterator[Version]:
    """Yield the versions made of the texts of a folder, oldest first."""
    before: list[Version] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.stem):
        if not (_BY_HAND / f"{path.stem}.md").exists():
            continue
        like = before[-1] if before else None
        now = {clause.clause_id for clause in like.clauses} if like else set()
        gone = {clause.clause_id for version in before for clause in version.clauses if clause.clause_id} - now
        imported = import_draft(
            read_any(path.read_bytes(), path.name, path.name).draft,
            version_id=path.stem,
            heritage=Heritage(like, retired=frozenset(name for name in gone if name)),
        )
        version, _ = parse_version(imported.markdown, path=path.name, version_id=path.stem)
        before.append(version)
        yield version


def _held_against(ours: Version, hand: Version) -> tuple[Found, Found]:
    """Return how many clauses begin at the same word as by hand, and how many of these have the same id too."""
    words, begins = _begins(ours)
    hand_words, hand_begins = _begins(hand)
    same = SequenceMatcher(None, words, hand_words, autojunk=False).get_matching_blocks()
    place = {block.a + at: block.b + at for block in same for at in range(block.size)}
    right = [(name, hand_begins[place[at]]) for at, name in begins.items() if place.get(at) in hand_begins]
    counts = len(begins), len(hand_begins)
    return Found(len(right), *counts), Found(sum(one == other for one, other in right), *counts)


def _begins(version: Version) -> tuple[list[str], dict[int, str]]:
    """Return the words of a version, and the id of the clause that begins at each of some of them."""
    words: list[str] = []
    begins: dict[int, str] = {}
    for clause in version.clauses:
        begins[len(words)] = str(clause.clause_id or "")
        words += [word for unit in clause.units for word in _WORD.findall(unit.plain.lower())]
    return words, begins


def _measure_words(folder: Path) -> list[Goal]:
    rows = []
    kept_of, foreign_of = [], []
    all_ours, all_theirs, all_kept = 0, 0, 0
    for page in sorted(folder.glob("*.html")):
        parts = _PARTS.get(page.stem, ())
        draft = read_any(page.read_bytes(), page.name, page.name, Asked(only=parts)).draft
        ours = Counter(word for piece in draft.pieces for word in _words(piece.text))
        theirs = Counter(_words(_shown(page.with_suffix(".md").read_text(encoding="utf-8"))))
        kept_of.append((ours & theirs).total() / max(1, theirs.total()))
        foreign_of.append((ours - theirs).total() / max(1, ours.total()))
        all_ours += ours.total()
        all_theirs += theirs.total()
        all_kept += (ours & theirs).total()
        named = f"{page.stem}, {len(parts)} parts" if parts else page.stem
        rows.append([named, f"{theirs.total():,}", f"{kept_of[-1]:.4f}", f"{foreign_of[-1]:.4f}"])
    shares = all_kept / max(1, all_theirs), (all_ours - all_kept) / max(1, all_ours)
    rows.append(["all", f"{all_theirs:,}", *(f"{share:.4f}" for share in shares)])
    print_table("Words of saved pages, beside the text another tool took", ["page", "words", "kept", "foreign"], rows)
    if not kept_of:
        return [Goal("words of saved pages", "", "no saved pages", None)]
    kept, foreign = min(kept_of), max(foreign_of)
    return [
        Goal("words kept, the worst page", f">= {_WORDS_KEPT:g}", f"{kept:.4f}", kept >= _WORDS_KEPT),
        ratio_goal("foreign words, the worst page", foreign, _WORDS_FOREIGN, measured=f"{foreign:.4f}"),
    ]


def _shown(markdown: str) -> str:
    """Return the text that readers of Markdown see: no tags, no descriptions of pictures, no addresses."""
    texts = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "inline":
            texts.append("".join(_SHOWN.get(child.type, child.content) for child in token.children or ()))
        elif token.type in {"fence", "code_block"}:
            texts.append(token.content)
    return "\n".join(texts)


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text.replace("\u200b", "").lower())


def _measure_history(scratch: Path) -> Goal:
    """Time the import of a made history, the start of the process included."""
    name = f"import of a history of {_COMMITS} versions, seconds"
    folder = scratch / "history"
    (folder / "content").mkdir(parents=True)
    try:
        _write_repository(folder / "repository")
    except (OSError, subprocess.CalledProcessError) as error:
        raise RunError(f"git could not make a repository: {error}") from error
    program = str(Path(sys.executable).with_name("smallprint"))
    used = run_measured([program, "import-history", "repository", "privacy.md", "--policy", "made"], folder)
    made = len(list((folder / "content" / "made").glob("[0-9]*.md")))
    rows = [[f"{_COMMITS} commits", str(made), f"{used.seconds:.1f} s", f"{used.peak / 1e6:.0f} MB"]]
    print_table("A made history", ["", "versions", "time", "memory"], rows)
    if made != _COMMITS:
        raise RunError(f"{_COMMITS} commits became {made} versions.")
    return ratio_goal(name, used.seconds, _SECONDS, measured=f"{used.seconds:.1f}")


def _write_repository(folder: Path) -> None:
    """Make a git repository of a text without ids, a day between each two of its versions."""
    folder.mkdir()
    git = ["git", "-c", "gc.auto=0"]
    subprocess.run([*git, "init", "-q"], cwd=folder, env={**os.environ, **_GIT}, check=True)
    for number, text in enumerate(made_versions(_MARK.sub("", real_text()), _COMMITS)):
        (folder / "privacy.md").write_text(text, encoding="utf-8")
        day = f"{_FIRST_DAY + dt.timedelta(days=number)}T12:00:00+00:00"
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        for command in (["add", "privacy.md"], ["commit", "-q", "-m", f"Version {number}"]):
            subprocess.run([*git, *command], cwd=folder, env={**os.environ, **_GIT, **dates}, check=True)
