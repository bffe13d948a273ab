"""Builds a project for the tests, away from its sources."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import yaml

from smallprint.site.run import build_site

SPECIAL = Path(__file__).parent / "special"
"""A project with what the example does not hold: tables, Arabic, moves, a version to come …"""


def build(project: Path, folder: Path, theme: dict[str, object] | None = None) -> Path:
    """Build a copy of a project in `folder`, in its own theme or another; return the folder of the site."""
    copy = folder / "project"
    shutil.copytree(project, copy)
    settings = copy / "mkdocs.yml"
    if theme:
        config = yaml.safe_load(settings.read_text("utf-8"))
        settings.write_text(yaml.safe_dump({**config, "theme": theme}), "utf-8")
    before = {name: os.environ.pop(name, None) for name in ("SOURCE_DATE_EPOCH", "SMALLPRINT_AS_OF")}
    try:
        build_site(str(settings), strict=True, say=print)
    finally:
        os.environ.update({name: value for name, value in before.items() if value is not None})
    return copy / "site"
