"""Which words of a page are in which language (WCAG 3.1.2), where ours are not in the language of the policy.

The texts of a policy are made without regard to language: what we say within them, such as “[removed: ” for screen
readers, is the same in every language. On a page of a policy in another language it is marked here as ours. An
attribute has the language of its element, so no `aria-label` mixes our words with those of the policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from smallprint.presenting.dates import text_direction
from smallprint.presenting.templates import as_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.presenting.quotes import Quote
    from smallprint.presenting.wording import Wording

# No text of a policy can look like one of these: its angle brackets are escaped.
_SAID = re.compile(r'<span class="(vh|form|cp)">([^<]*)</span>')
_PERMALINK = re.compile(r'(<a class="permalink" href="[^"]*" aria-label=")Link to “([^"]*)”">')
_LABEL = re.compile(r'(<a class="(?!permalink)[^>]* aria-label="[^"]*")(?! lang)')
_MOVE = re.compile(r'<a class="(moved-from|moved-to)" href="([^"]*)">(Moved here from |Moved to )?([^<]*)</a>')
_TABLE = re.compile(r'(<div class="table" role="group" aria-label="[^"]*")( tabindex="0"><table)>')
_QUOTED = re.compile(r"“(?:[^“”]|“[^“”]*”)*”")
_LAST_LATIN = 0x24F


@dataclass(frozen=True, slots=True)
class LanguageParts:
    """Marks words for pages of a policy; where all are in one language, returns them as they are."""

    language: str
    """That of the policy: `ar`."""
    words_language: str
    """That of our own words where it is another, else empty."""

    @property
    def direction(self) -> str:
        """Which way the policy is written."""
        return text_direction(self.language)

    def theirs(self, text: str) -> Markup:
        """Return words of the policy for a place in our own words."""
        if not self.words_language:
            return Markup.escape(text)
        return Markup('<span lang="{}" dir="auto">{}</span>').format(self.language, text)

    def ours(self, text: str) -> Markup:
        """Return words of ours for a place in the policy's."""
        if not self.words_language:
            return Markup.escape(text)
        return Markup('<span lang="{}" dir="ltr">{}</span>').format(self.words_language, text)

    def name(self, text: str) -> Markup:
        """Return a name for a place in our own words: as the policy's where its letters are none of ours.

        A name is in no language, but letters of another script are read out by a voice that knows them, or not at all.
        """
        is_foreign = any(ord(letter) > _LAST_LATIN and letter.isalpha() for letter in text)
        return self.theirs(text) if is_foreign else Markup.escape(text)

    def telling(self, text: str) -> Markup:
        """Return a sentence of ours, in which what stands in quotation marks is the policy's."""
        if not self.words_language:
            return Markup.escape(text)
        parts, at = [], 0
        for found in _QUOTED.finditer(text):
            parts += [Markup.escape(text[at : found.start()]), self.theirs(found.group())]
            at = found.end()
        return Markup().join([*parts, Markup.escape(text[at:])])

    def titles(self, titles: Iterable[str], wording: Wording) -> str:
        """Return titles in a row for a place in the policy's words: no “and” of ours stands between them."""
        quoted = [wording.quoted(title) for title in titles]
        return wording.comma.join(quoted) if self.words_language else wording.listed(quoted)

    def quote(self, quote: Quote | None, wording: Wording) -> Quote | None:
        """Return a quotation with the remark on where its words link to marked as ours."""
        if quote is None or not self.words_language:
            return quote
        before, after = (re.escape(part) for part in wording.link_to.format(text="", target="\0").split("\0"))
        remark = re.compile(f"{before}.*{after}\\Z", re.DOTALL)
        pieces = []
        for piece in quote.pieces:
            found = remark.search(piece.text) if piece.is_changed else None
            marked = found and Markup.escape(piece.text[: found.start()]) + self.ours(found.group())
            pieces.append(piece._replace(text=marked) if marked else piece)
        return replace(quote, pieces=tuple(pieces))

    def text(self, html: str) -> Markup:
        """Return HTML of a text of the policy, with what we say in it marked as ours."""
        if not self.words_language:
            return as_html(html)
        html = _SAID.sub(self._said, html)
        html = _PERMALINK.sub(r'\1\2">', html)
        html = _MOVE.sub(self._moved, html)
        ours, theirs = f' lang="{self.words_language}"', f' lang="{escape(self.language)}"'
        return as_html(_TABLE.sub(rf"\1{ours}\2{theirs}>", _LABEL.sub(rf"\1{ours}", html)))

    def _said(self, found: re.Match[str]) -> str:
        kind, said = found.groups()
        if kind == "vh":
            is_word = any(letter.isalpha() for letter in said)
            return f'<span class="vh" lang="{self.words_language}">{said}</span>' if is_word else found.group()
        theirs = rf'<span lang="{escape(self.language)}" dir="auto">\g<0></span>'
        return f'<span class="{kind}" lang="{self.words_language}" dir="ltr">{_QUOTED.sub(theirs, said)}</span>'

    def _moved(self, found: re.Match[str]) -> str:
        kind, href, said, title = found.groups()
        theirs = f'<span lang="{escape(self.language)}" dir="auto">'
        # A part of a paragraph names the other place within its own sentence.
        title = f"{theirs}{title}</span>" if said else _QUOTED.sub(rf"{theirs}\g<0></span>", title)
        return f'<a class="{kind}" lang="{self.words_language}" dir="ltr" href="{href}">{said or ""}{title}</a>'
