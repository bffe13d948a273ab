"""A copy of the example with a notice to plan: its content, its built site, and people who are made up."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from smallprint.site.run import build_site

ROOT = Path(__file__).resolve().parents[1]
POLICY, VERSION = "ibackup-privacy", "2020-02-10"
DAY = "2020-02-10"
PEOPLE = "email,language,name\nann@people.example,en,Ann\nbob@people.example,fr,Bob\ncem@people.example,,\n"


@cache
def _project() -> Path:
    folder = Path(mkdtemp(prefix="smallprint-notices-"))
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    build_site(str(folder / "mkdocs.yml"), as_of=DAY, say=lambda _: None)
    return folder


def project(folder: Path) -> Path:
    """Copy the built example into a folder, with a file of three people."""
    shutil.copytree(_project(), folder, dirs_exist_ok=True)
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return folder
