"""The memory of a history: that of its largest versions, however many there are."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from git_histories import make_repository

if TYPE_CHECKING:
    from pathlib import Path

_MEASURED = """
import resource, sys
from smallprint.cli.main import main
assert main(["import-history", "repository", "p.md", "--policy", "p", "--until", sys.argv[1]]) == 0
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("peak", peak if sys.platform == "darwin" else peak * 1024)
"""
_SIZE = 100_000
_VERSIONS = 20
_ROOM = 22_000_000
"""If all texts are kept, 16 more versions take 43 MB."""


def _text(number: int) -> str:
    """Return a text of which no sentence is in another one."""
    chance = random.Random(number)  # noqa: S311 - words for a test
    words = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=6)) for _ in range(400)]
    parts = ["# Privacy Policy\n"]
    while sum(map(len, parts)) < _SIZE:
        sentences = (" ".join(chance.choices(words, k=15)).capitalize() + "." for _ in range(30))
        parts.append(f"## {' '.join(chance.choices(words, k=3))}\n\n{' '.join(sentences)}\n")
    return "\n".join(parts)


def _peak(folder: Path, until: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, until], cwd=folder, capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1])


@pytest.mark.skipif(sys.platform == "win32", reason="there is no measure of it")
def test_memory_does_not_grow_with_the_number_of_versions(tmp_path: Path) -> None:
    made = make_repository(tmp_path / "repository")
    for number in range(1, _VERSIONS + 1):
        made.commit(f"2020-01-{number:02}", "x", {"p.md": _text(number)})
    few = _peak(tmp_path, "2020-01-04")
    (tmp_path / "content").rename(tmp_path / "few")

    many = _peak(tmp_path, f"2020-01-{_VERSIONS}")

    assert len(list((tmp_path / "content" / "p").glob("2*.md"))) == _VERSIONS
    assert many - few < _ROOM, f"{few / 1e6:.0f} MB for four, {many / 1e6:.0f} MB for all"
