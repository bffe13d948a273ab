"""The words of a policy, once from its source and once from what a browser shows, told apart from our own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import bs4
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CLAUSE_ID = re.compile(r"\s*\{#[^}]*\}")
_BLOCK_END = re.compile(r"(</(?:p|h\d|li|td|th|tr|pre|blockquote)>|<br ?/?>)")
_NOTE = re.compile(r"^\[\^[^\]]+\]: | {4}", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^\]]+)\]")
_MARKDOWN = MarkdownIt("commonmark").enable("table")

_SHOWN = """(hidden) => {
    const ours = ".vh, .permalink, .note-label, .form, .moved-from, .moved-to, .crumb, .moved-note";
    const parts = document.querySelectorAll(".text-page h1[id], .text .clause");
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const away = [...document.querySelectorAll([ours, ...hidden].join(", "))].filter((element) => !element.hidden);
    for (const element of away) element.style.setProperty("display", "none", "important");
    // A sign for the end of a paragraph or a cell is a gap between words.
    const signs = [...document.querySelectorAll(".clause .break")].map((sign) => [sign, sign.textContent]);
    for (const [sign] of signs) sign.textContent = " ";
    const texts = [...parts].map((part) => part.innerText);
    for (const [sign, text] of signs) sign.textContent = text;
    for (const element of away) element.style.removeProperty("display");
    return texts;
}"""


def source_words(path: Path) -> list[str]:
    """Return the words of a source file in reading order, as a Markdown parser other than ours makes them out."""
    body = _CLAUSE_ID.sub("", _FRONT_MATTER.sub("", path.read_text("utf-8")))
    if "[^" in body:
        # A note is written where it is shown, at the end of its clause.
        body = _REFERENCE.sub(r"[\1]", _NOTE.sub("", body))
    html = _BLOCK_END.sub(r"\1 ", _MARKDOWN.render(body))
    return bs4.BeautifulSoup(html, "html.parser").get_text().split()


def shown_clauses(page: Page, *hidden: str) -> list[list[str]]:
    """Return the words of each clause that a page shows, folded ones too, in reading order.

    Args:
        page: a page of a version or a redline; what is folded stays open.
        hidden: selectors of what not to read, such as `del`.
    """
    texts: list[str] = page.evaluate(_SHOWN, list(hidden))
    return [text.split() for text in texts]


def shown_words(page: Page, *hidden: str) -> list[str]:
    """Return the same words in one list."""
    return [word for clause in shown_clauses(page, *hidden) for word in clause]
