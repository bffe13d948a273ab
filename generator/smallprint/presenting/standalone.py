"""A comparison → one HTML file that needs nothing beside it: the redline page without the site around."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from smallprint.model import Policy
from smallprint.presenting.redline_page import redline_view
from smallprint.presenting.standing import Standing
from smallprint.presenting.summary import summarise
from smallprint.presenting.templates import as_html, fill_template
from smallprint.presenting.themes import themes_dir

if TYPE_CHECKING:
    from smallprint.model import Comparison

_ASSETS = ("smallprint.css", "theme.css")


def comparison_page(comparison: Comparison) -> str:
    """Return a whole HTML document that shows a comparison, with its style inside and no script."""
    policy = Policy("", comparison.new.title, (comparison.old, comparison.new), language=comparison.new.language)
    standing = Standing(policy, date.max)
    view = redline_view(standing, comparison, summarise(comparison))
    style = "".join((themes_dir() / "smallprint" / "assets" / name).read_text("utf-8") for name in _ASSETS)
    return fill_template("standalone.html", view=view, say=standing.wording, style=as_html(style)) + "\n"
