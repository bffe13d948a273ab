"""A comparison → one HTML file that needs nothing beside it: the redline page without the site around."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from smallprint.model import Policy
from smallprint.presenting.judging import Judged, judged_in_full
from smallprint.presenting.redline_page import redline_view
from smallprint.presenting.standing import Standing
from smallprint.presenting.summary import summarise
from smallprint.presenting.templates import as_html, fill_template
from smallprint.presenting.themes import themes_dir

if TYPE_CHECKING:
    from smallprint.judgement import Assessment
    from smallprint.model import Comparison

_ASSETS = ("smallprint.css", "theme.css")


def comparison_page(comparison: Comparison, assessment: Assessment | None = None) -> str:
    """Return a whole HTML document that shows a comparison, with its style inside and no script.

    With an assessment every change says what it does to rights, by a person's verdict or by what the rules propose.
    """
    policy = Policy("", comparison.new.title, (comparison.old, comparison.new), language=comparison.new.language)
    standing = Standing(policy, date.max)
    judged = Judged() if assessment is None else judged_in_full(comparison, assessment)
    view = redline_view(standing, comparison, summarise(comparison, judged=judged), judged)
    style = "".join((themes_dir() / "smallprint" / "assets" / name).read_text("utf-8") for name in _ASSETS)
    return fill_template("standalone.html", view=view, say=standing.wording, style=as_html(style)) + "\n"
