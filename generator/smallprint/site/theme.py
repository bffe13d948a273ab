"""The theme as MkDocs finds it, and what of it our pages need in another theme."""

from __future__ import annotations

import re
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


_OURS = re.compile(r"\.smallprint(?![\w-])")
_STRONG = ".smallprint:not(#_)"
_RESET = f"""\
/* In another theme. Its rules for elements and classes do not reach into our pages, and ours reach nothing else. Our
   rules count as one with an id, so that they hold whatever the theme has. */
{_STRONG} :where(:not(svg, svg *)), {_STRONG} ::before, {_STRONG} ::after {{ all: revert; }}
{_STRONG} ::marker {{ all: revert; }}

"""


def style_for_other_themes(name: str) -> bytes:
    """Return a stylesheet of ours as it is to be loaded in another theme.

    Args:
        name: its path below the theme's folder.
    """
    style = (theme_folder() / name).read_text(encoding="utf-8")
    return (_RESET + _OURS.sub(_STRONG, style)).encode("utf-8")


theme = SimpleNamespace(__file__=str(theme_folder() / "mkdocs_theme.yml"))
"""What the entry point `mkdocs.themes` names: MkDocs takes the folder of its `__file__` for the theme's."""
