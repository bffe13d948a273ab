"""Every visible character of a source is on its page, and nothing of it runs.

The oracle is the parser's own renderer, which knows nothing of our clauses, units and words.
"""

from __future__ import annotations

import re
from pathlib import Path

import bs4
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from laws import letters
from plain import version
from smallprint.comparing import compare
from smallprint.presenting.html import clause_html
from smallprint.presenting.redline_html import change_html
from smallprint.reading.tree import read_tree
from strategies import clauses

ROOT = Path(__file__).resolve().parents[2]
ORACLE = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='https://example.org/'></iframe>",
    "<base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<style>*{display:none}</style>",
    "[x](javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    '[x](https://example.org/" onmouseover="alert(1))',
    '[x](https://example.org/ "a\\" onmouseover=\\"alert(1)")',
    "![x](javascript:alert(1))",
    "![x](https://example.org/track.png)",
    "<!-- hidden -->",
    "{{ config }} {% raw %} {# note #}",
    "</section></main><script>",
    "`<script>` and `</code><script>`",
    "<a href='https://example.org/' style='position:fixed'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "--8<-- 'secret.md'",
)
TAGS = {
    *("a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "ins", "li", "ol"),
    *("p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href", "title", "aria-label"},
    "div": {"role", "tabindex", "aria-label"},
    "ol": {"start"},
    "li": {"value"},
    "th": {"scope"},
}


def visible(html: str) -> str:
    """Return the characters of HTML, white space apart; images by what is said in their place."""
    soup = bs4.BeautifulSoup(html, "html5lib")
    for image in soup.find_all("img"):
        image.replace_with(image.get("alt") or "image")
    return re.sub(r"\s+", "", soup.get_text())


def shown(markdown: str) -> str:
    """Return the characters that a version's page shows of a source, white space apart."""
    return "".join(character for clause in version(markdown).clauses for character, _ in letters(clause_html(clause)))


@given(clauses())
def test_nothing_of_a_made_policy_is_lost(pieces: list[str]) -> None:
    """A page shows every character that the parser's own renderer shows, in the same order."""
    text = "\n\n".join(pieces)

    assert shown(text) == visible(ORACLE.render(text))


def test_nothing_of_our_own_content_is_lost() -> None:
    """The same for every version in `content/`."""
    for policy in read_tree(ROOT / "content").policies:
        for published in policy.versions:
            body = published.source.split("\n---\n", 1)[1]
            bare = re.sub(r"(?m)^\{#[^}]*\}\n|[ \t]*\{#[^}]*\}$", "", body)

            assert "".join(
                character for clause in published.clauses for character, _ in letters(clause_html(clause))
            ) == visible(ORACLE.render(bare))


@given(
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4),
    st.sampled_from(("{}", "# {}", "- {}", "> {}", "**{}**")),
)
def test_content_never_runs_or_loads(pieces: list[str], place: str) -> None:
    """Whatever a source holds, its HTML has only harmless tags, attributes and addresses, in text and in redlines."""
    text = "\n\n".join(place.format(piece) for piece in pieces)
    comparison = compare(version("A paragraph that goes."), version(text))
    for change in comparison.changes:
        for part in change_html(change):
            harmless = nh3.clean(
                part.html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"}
            )

            assert bs4.BeautifulSoup(harmless, "html5lib") == bs4.BeautifulSoup(part.html, "html5lib")


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_shown_as_text(piece: str) -> None:
    """What looks like HTML or a template is there to be read, as the parser understands it."""
    assert shown(piece) == visible(ORACLE.render(piece))
