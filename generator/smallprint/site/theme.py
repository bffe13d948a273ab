"""The theme as MkDocs finds it, and what of it our pages need in another theme."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from smallprint.presenting.themes import themes_dir

if TYPE_CHECKING:
    from pathlib import Path

THEME = "smallprint"


def theme_folder() -> Path:
    """Return the folder that holds the theme's `mkdocs_theme.yml`."""
    return themes_dir() / THEME


def stylesheets_and_scripts() -> tuple[list[str], list[str]]:
    """Return what another theme has to load for our pages to look right, as paths below the theme's folder."""
    folder = theme_folder()
    styles, scripts = (
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"smallprint*.{ending}"))
        for ending in ("css", "js")
    )
    return styles, scripts


theme = SimpleNamespace(__file__=str(theme_folder() / "mkdocs_theme.yml"))
"""What the entry point `mkdocs.themes` names: MkDocs takes the folder of its `__file__` for the theme's."""
