"""Builds that are killed at any moment leave the old site or the new one, never part of either."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from site_builds import leftovers, replace, run, tree

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kills", [10, pytest.param(300, marks=pytest.mark.soak)])
def test_killed_builds_leave_a_whole_site(project: Path, kills: int) -> None:
    version = project / "content" / "privacy" / "2024-01-01.md"
    texts = ("We share nothing.", "We share everything.")
    whole, slowest = [], 0.0
    for old, new in (texts, texts[::-1]):
        start = time.perf_counter()
        assert run(project, "smallprint", "build").returncode == 0
        slowest = max(slowest, time.perf_counter() - start)
        whole.append(tree(project / "site"))
        replace(version, old, new)
    chance = random.Random(1)  # noqa: S311 - any moment will do
    old, new = texts
    for _ in range(kills):
        replace(version, old, new)
        old, new = new, old
        child = subprocess.Popen([sys.executable, "-m", "smallprint", "build", "--quiet"], cwd=project)
        time.sleep(chance.uniform(0, slowest))
        child.kill()
        child.wait()

        assert tree(project / "site") in whole

    done = run(project, "smallprint", "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(project / "site") == whole[texts.index(old)]
    assert leftovers(project) == []
