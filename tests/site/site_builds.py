"""Helpers of the tests of the site: builds in this process and in others, and what a folder holds."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.site.run import Built


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below `folder`; for a link, where it leads."""
    return {
        path.relative_to(folder).as_posix(): os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def leftovers(project: Path) -> list[str]:
    """Return what a build has left beside the site that the next one makes no use of."""
    work = project / ".smallprint-cache" / "site"
    kept = ("lock", "spare", "record-")
    return [path.name for path in work.iterdir() if not path.name.startswith(kept) or path.suffix == ".part"]


def build(project: Path, **options: object) -> tuple[Built, list[str]]:
    """Build a project in this process; return what was built and the warnings."""
    from smallprint.site.run import build_site  # noqa: PLC0415 - not every test of the site needs MkDocs

    said: list[str] = []
    built = build_site(str(project / "mkdocs.yml"), say=said.append, **options)  # type: ignore[arg-type]
    return built, said


def run(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module, such as `smallprint build`, in a project."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
