"""A home page for a site whose content has none: it lists the policies."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from smallprint.site.files import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from smallprint.model import Policy
    from smallprint.presenting.names import Name

_HOMES: Final = frozenset({"index.html"})
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:^])")


def has_home(files: Files) -> bool:
    """Return whether some file is to be the home page."""
    return any(file.dest_uri in _HOMES and file.inclusion not in LEFT_OUT for file in files)


def home_page(policies: Iterable[tuple[Policy, Name]], config: MkDocsConfig) -> str:
    """Return a home page as Markdown.

    Args:
        policies: those of the site in the order in which they are listed, with their names.
        config: that of MkDocs.
    """
    lines = [f"# {_text(config.site_name)}", ""]
    if config.site_description:
        lines += [_text(config.site_description), ""]
    site_language = str(getattr(config.theme, "locale", "") or "en").split("_")[0]
    for policy, name in policies:
        title = _text(name.whole)
        if policy.language.split("-")[0] != site_language:
            title = f'<span lang="{html.escape(policy.language)}" dir="auto">{title}</span>'
        lines.append(f"- [{title}]({policy.slug}/index.md) ([history]({policy.slug}/history.md))")
    return "\n".join([*lines, ""])


def _text(text: str) -> str:
    """Return a text as Markdown that shows just that."""
    return _SIGNS.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False)).replace("\\:", ":").replace("\\^", "^")
