"""The reference of paragraph pairs in `tests/bench/pairs`, and how a comparison is held against it."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plain import version
from smallprint.comparing import compare

Bench = Callable[[str], Any]

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "tests" / "bench" / "pairs").glob("*.json"))
KEYS = {"from", "old", "new", "kind", "read", "by", "old_paragraphs", "new_paragraphs", "links", "maybe"}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Import modules of the benchmarks, which are no package."""
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "bench"))
    return importlib.import_module


def read(path: Path) -> dict[str, Any]:
    """Return a file of the reference."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_ten_pairs_at_least_of_all_sources() -> None:
    """A reader looked at ten pairs or more, of every kind of text at hand."""
    assert len(FILES) >= 10
    assert {read(path)["from"] for path in FILES} == {"example", "cases", "histories", "histories-2"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_links_are_well_formed_and_hold_no_text(path: Path) -> None:
    """Each link is two places and two hashes, once, and every place has one hash."""
    data = read(path)

    assert set(data) == KEYS
    links, maybe = ([tuple(link) for link in data[key]] for key in ("links", "maybe"))
    assert links == sorted(set(links))
    assert maybe == sorted(set(maybe))
    assert not set(links) & set(maybe)
    for old, old_digest, new, new_digest in (*links, *maybe):
        assert 0 <= old < data["old_paragraphs"]
        assert 0 <= new < data["new_paragraphs"]
        assert re.fullmatch("[0-9a-f]{16}", old_digest)
        assert re.fullmatch("[0-9a-f]{16}", new_digest)
    for at in (0, 2):
        known: dict[int, str] = {}
        for link in (*links, *maybe):
            assert known.setdefault(link[at], link[at + 1]) == link[at + 1], "one place, two texts"


@pytest.mark.parametrize(
    "path", [path for path in FILES if read(path)["from"] == "example"], ids=lambda path: path.stem
)
def test_the_links_of_the_example_are_to_its_paragraphs(path: Path, bench: Bench) -> None:
    """The texts that are part of the repository have the paragraphs that the links name."""
    paragraphs = bench("paragraphs")
    data = read(path)

    old, new = (paragraphs.read_stripped(ROOT / "content" / data[side]) for side in ("old", "new"))

    assert (len(old.units), len(new.units)) == (data["old_paragraphs"], data["new_paragraphs"])
    for i, old_digest, j, new_digest in (*data["links"], *data["maybe"]):
        assert (old.digests[i], new.digests[j]) == (old_digest, new_digest)


def test_the_example_has_no_ids_once_they_are_stripped(bench: Bench) -> None:
    """Stripping takes the ids out and leaves the paragraphs."""
    paragraphs = bench("paragraphs")

    for path in (ROOT / "content" / "ibackup-privacy").glob("[0-9]*.md"):
        stripped, whole = paragraphs.read_stripped(path), paragraphs.read_with_ids(path)

        assert not stripped.version.has_ids
        assert whole.version.has_ids
        assert stripped.words == whole.words


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param("One two.\n\nThree four.", "One two.\n\nThree four.", {(0, 0), (1, 1)}, id="unchanged"),
        pytest.param("# Keep\n\nWe keep it.", "# Hold\n\nWe hold it.", {(0, 0), (1, 1)}, id="reworded"),
        pytest.param(
            "We keep your mail for two years. We send your order to a carrier in town.",
            "We keep your mail for two years.\n\nWe send your order to a carrier in town.",
            {(0, 0), (0, 1)},
            id="divided",
        ),
        pytest.param(
            "We keep your mail for two years.\n\nWe send your order to a carrier in town.",
            "We keep your mail for two years. We send your order to a carrier in town.",
            {(0, 0), (1, 0)},
            id="joined",
        ),
        pytest.param("Alpha beta gamma.\n\nWe keep your mail.", "We keep your mail.", {(1, 0)}, id="removed"),
        pytest.param(
            "# A\n\nWe keep your mail for two years.\n\nAlpha.\n\n# B\n\nBeta.",
            "# A\n\nAlpha.\n\n# B\n\nBeta.\n\nWe keep your mail for two years.",
            {(0, 0), (1, 4), (2, 1), (3, 2), (4, 3)},
            id="moved",
        ),
        pytest.param("One two.\n\n* * *\n\nThree.", "One two.\n\nThree.", {(0, 0), (1, 1)}, id="a rule has no place"),
    ],
)
def test_pairs_are_what_a_comparison_shows(old: str, new: str, pairs: set[tuple[int, int]], bench: Bench) -> None:
    """Paragraphs in one row, of which enough is kept, and those shown as moved are pairs."""

    assert bench("paragraphs").found_pairs(compare(version(old), version(new))) == pairs


def test_links_follow_their_words_when_places_shift(bench: Bench) -> None:
    """A paragraph is found by its hash; links that may be seen or not count neither way."""
    paragraphs, pairing = bench("paragraphs"), bench("pairing")
    old, new = (paragraphs.as_text(version(text)) for text in ("New.\n\nSame.\n\nTwo words.", "Two words.\n\nSame."))
    reference = pairing.Reference("x", "x", old, new, {(1, 1), (2, 0)}, {(0, 1)}, 0)

    assert pairing.resolve([[0, old.digests[2], 0, new.digests[0]], [1, "0" * 16, 1, new.digests[1]]], old, new) == {
        (2, 0)
    }
    assert pairing.score_pairs({(0, 1), (1, 1), (2, 1)}, reference) == pairing.Score(1, 2, 2)
    assert pairing.score_differing({(0, 1), (1, 1), (2, 1)}, reference) == pairing.Score(0, 1, 1)
