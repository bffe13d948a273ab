"""The laws of a comparison, as checks that any test may call on any comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bs4

from smallprint.comparing.side import row_words
from smallprint.model import ChangeKind, Op
from smallprint.presenting.canonical import change_edits, clause_text
from smallprint.presenting.html import clause_html
from smallprint.presenting.redline_html import change_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.model import Change, Clause, Comparison

Letters = list[tuple[str, tuple[str, ...]]]
"""Each visible character with the formatting it stands in."""

_INLINE = {"em", "strong", "code", "a"}


def check_comparison(comparison: Comparison) -> None:
    """Assert every law that a comparison and its redline must hold."""
    check_partition(comparison)
    for change in comparison.changes:
        check_rows(change)
        check_edits(change)
        check_html(change)


def check_partition(comparison: Comparison) -> None:
    """Every clause of both sides is in exactly one change."""
    for version, side in ((comparison.old, "old"), (comparison.new, "new")):
        found = sorted(id(clause) for change in comparison.changes for clause in getattr(change, side))
        assert found == sorted(map(id, version.clauses))


def check_rows(change: Change) -> None:
    """The spans of each row lead over every word of both sides, and what they keep is the same on both."""
    if change.kind is ChangeKind.UNCHANGED:
        assert [clause.key for clause in change.old] == [clause.key for clause in change.new]
        return
    for side in ("old", "new"):
        units = "".join(unit.chars for clause in getattr(change, side) for unit in clause.units)
        assert units == "".join(unit.chars for row in change.rows for unit in getattr(row, side))
    for row in change.rows:
        old, new = row_words(row.old), row_words(row.new)
        i = j = 0
        for span in row.spans:
            assert (span.old_start, span.new_start) == (i, j)
            i, j = span.old_end, span.new_end
            assert span.op is not Op.DELETE or span.new_start == span.new_end
            assert span.op is not Op.INSERT or span.old_start == span.old_end
            if span.op is Op.KEEP:
                kept = [(word.text, word.marks) for word in old[span.old_start : i]]
                assert kept == [(word.text, word.marks) for word in new[span.new_start : j]]
        assert (i, j) == (len(old), len(new))


def check_edits(change: Change) -> None:
    """Without its insertions the edit script is the old text, without its deletions the new one; no change is lost."""
    edits = change_edits(change)
    assert "".join(text for op, text in edits if op is not Op.INSERT) == "".join(map(clause_text, change.old))
    assert "".join(text for op, text in edits if op is not Op.DELETE) == "".join(map(clause_text, change.new))
    assert all(text for _, text in edits)


def check_html(change: Change) -> None:
    """The HTML of a redline without insertions shows the old text, without deletions the new, formatting included."""
    parts = change_html(change)
    old = [letter for part in parts for letter in letters(part.html, without="ins")]
    new = [letter for part in parts for letter in letters(part.html, without="del")]
    assert old == _letters_of(change.old)
    assert new == _letters_of(change.new)
    for part in parts:
        check_nesting(part.html)


def letters(html: str, *, without: str = "") -> Letters:
    """Return the visible characters of HTML, white space apart, with their formatting, one side's marks taken out."""
    soup = bs4.BeautifulSoup(html, "html5lib")
    if without:
        for mark in soup.find_all(without):
            mark.decompose()
    for ours in soup.select(".vh, .form, .break, .permalink, .note-label, .moved-from, .moved-to"):
        ours.decompose()
    for box in soup.select(".cp"):
        # A space that is named where it is marked is white space again.
        if not box.get_text().startswith("[U+"):
            box.decompose()
    found: Letters = []
    for string in soup.find_all(string=True):
        tags = tuple(
            f"{tag.name} {tag.get('href', '')}".strip()
            for tag in reversed(list(string.parents))
            if tag.name in _INLINE and not (tag.parent and tag.parent.name == "pre")
        )
        found.extend((character, tags) for character in string if not character.isspace())
    return found


def _letters_of(clauses: Iterable[Clause]) -> Letters:
    return [letter for clause in clauses for letter in letters(clause_html(clause))]


def check_nesting(html: str) -> None:
    """The HTML is what a parser makes of it: every tag closed in order, no mark round a block."""
    soup = bs4.BeautifulSoup(html, "html.parser")
    strict = bs4.BeautifulSoup(f"<!doctype html><title>t</title><body>{html}", "html5lib")
    assert [tag.name for tag in soup.find_all(True)] == [tag.name for tag in strict.body.find_all(True)]
    for mark in strict.find_all(["ins", "del"]):
        assert all(tag.name in {*_INLINE, "span", "br"} for tag in mark.find_all(True)), mark
