"""Builds a project for the tests, away from its sources."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import yaml

from judged import find_everywhere, write_reviews
from smallprint.site import gather
from smallprint.site.run import build_site

SPECIAL = Path(__file__).parent / "special"
"""A project with what the example does not hold: tables, Arabic, moves, a version to come …"""


def build_judged(folder: Path, *, preview: bool) -> Path:
    """Build the special project with decisions on it, all of one step and some of the others.

    Whatever the rules say, here they find a loss in every change, so that a preview has something to show.
    """
    copy = folder / "project"
    shutil.copytree(SPECIAL, copy)
    turns = ["reduces", "neutral", "expands", "mixed"] * 9
    write_reviews(copy / "content", "forge", turns, ("2020-01-01", "2022-01-01"))
    write_reviews(copy / "content", "forge", ["reduces"], ("2022-01-01", "2024-01-01"))
    write_reviews(copy / "content", "diwan", turns, ("2021-03-01", "2023-03-01"))
    before, gather.assess = gather.assess, find_everywhere  # type: ignore[assignment] # it is one of its kind
    try:
        build_site(str(copy / "mkdocs.yml"), preview=preview, say=print)
    finally:
        gather.assess = before
    return copy / "site"


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
