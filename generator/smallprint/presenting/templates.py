"""The one place where values meet templates, and where text is declared to be HTML."""

from __future__ import annotations

from functools import cache

import jinja2
from markupsafe import Markup

from smallprint.presenting.themes import themes_dir


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(themes_dir() / "bodies"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )


def fill_template(name: str, **values: object) -> str:
    """Return a template of `themes/bodies` with its values placed; text is escaped, only `Markup` is not."""
    return _environment().get_template(name).render(values)


def as_html(html: str) -> Markup:
    """Declare HTML made by `smallprint.presenting.html` to be HTML."""
    return Markup(html)  # noqa: S704 - every text in it was escaped where the HTML was made


def sentence(pattern: str, **values: object) -> Markup:
    """Fill the gaps of a sentence, everything escaped but values that are `Markup`.

    >>> sentence("{a} & {b}", a="<", b=Markup("<b>c</b>"))
    Markup('&lt; &amp; <b>c</b>')
    """
    return Markup.escape(pattern).format(**values)
