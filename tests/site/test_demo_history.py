"""`make demo-history` does what it says: a repository, its history imported, and a site to look at."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import demo_history
from smallprint.reading.tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_demonstration_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    assert demo_history.run() == 0

    (folder,) = tmp_path.iterdir()
    out, err = capsys.readouterr()
    assert err == ""
    assert f"The site:        {folder / 'site'}\n" in out
    (policy,) = read_tree(folder / "content").policies
    assert len(policy.versions) == 17
    retitled = next(version for version in policy.versions if version.version_id == "2014-01-15")
    assert "\n## Your Choices {#correction}\n" in retitled.source
    assert "was=" not in retitled.source
    assert policy.about.startswith("The texts of 2006")
    for why in ("a technical change", "no word of the policy changed", "took its place", "words only"):
        assert why in out
    assert (folder / "site" / demo_history.SLUG / "history" / "index.html").is_file()
