"""The laws of a comparison, as checks that any test may call on any comparison."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import bs4

from smallprint.comparing.side import BOUNDARY, row_words
from smallprint.model import ChangeKind, Op
from smallprint.presenting.canonical import change_edits, noted_edits
from smallprint.presenting.clause_text import clause_text
from smallprint.presenting.html import clause_html
from smallprint.presenting.move_ends import move_ends
from smallprint.presenting.redline_html import change_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smallprint.model import Change, Clause, Comparison, Span
    from smallprint.presenting.move_ends import MoveEnds
    from smallprint.text import Word

Letters = list[tuple[str, tuple[str, ...]]]
"""Each visible character with the formatting it stands in."""

_INLINE = {"em", "strong", "code", "a"}


def check_comparison(comparison: Comparison) -> None:
    """Assert every law that a comparison and its redline must hold."""
    check_partition(comparison)
    check_moves(comparison)
    check_nothing_is_removed_and_added(comparison)
    for change in comparison.changes:
        check_rows(change)
        check_edits(change)
        check_html(change)
    check_shown_moves(comparison)


def check_partition(comparison: Comparison) -> None:
    """Every clause of both sides is in exactly one change."""
    for version, side in ((comparison.old, "old"), (comparison.new, "new")):
        found = sorted(id(clause) for change in comparison.changes for clause in getattr(change, side))
        assert found == sorted(map(id, version.clauses))


def check_moves(comparison: Comparison) -> None:
    """The words of each move are the same at both ends, formatting apart, and are removed here and added there."""
    ends: dict[int, tuple[list[str], list[str]]] = {}
    for change in comparison.changes:
        for row in change.rows:
            old, new = row_words(row.old), row_words(row.new)
            for span in row.spans:
                if span.moved:
                    assert span.op is not Op.KEEP
                    gone, come = ends.setdefault(span.moved, ([], []))
                    gone += [word.text for word in old[span.old_start : span.old_end]]
                    come += [word.text for word in new[span.new_start : span.new_end]]
    assert sorted(ends) == list(range(1, len(ends) + 1))
    for gone, come in ends.values():
        assert gone == come


def check_nothing_is_removed_and_added(comparison: Comparison) -> None:
    """No run of eight or more equal words is both removed and added, but for text that is shown as moved.

    Text that got another formatting in its place is shown on both sides, with a remark, and left out here.
    """
    gone, come = (
        {gram for run in _unmoved_runs(comparison, op) for gram in _grams(run)} for op in (Op.DELETE, Op.INSERT)
    )
    assert not gone & come


def _unmoved_runs(comparison: Comparison, op: Op) -> Iterator[list[str]]:
    """Yield the words of one side that differ and did not move, in runs that nothing kept or moved divides."""
    for change in comparison.changes:
        run: list[str] = []
        for row in change.rows:
            words = row_words(row.old if op is Op.DELETE else row.new)
            for span in row.spans:
                if span.op is Op.KEEP or (span.op is op and (span.moved or span.is_reformatted)):
                    yield run
                    run = []
                elif span.op is op:
                    run += _texts(words, span)
        yield run


def _texts(words: Sequence[Word], span: Span) -> list[str]:
    start, end = (span.old_start, span.old_end) if span.op is Op.DELETE else (span.new_start, span.new_end)
    return [word.text for word in words[start:end] if word is not BOUNDARY]


def _grams(run: list[str]) -> Iterator[tuple[str, ...]]:
    yield from (tuple(run[at : at + 8]) for at in range(len(run) - 7))


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


def check_shown_moves(comparison: Comparison) -> None:
    """The words of a move are the same at both ends, and every output shows both ends."""
    words, moves = _moved_words(comparison), move_ends(comparison)
    shown: dict[tuple[Op, int], str] = defaultdict(str)
    html = ""
    for change in comparison.changes:
        html += "".join(part.html for part in change_html(change, moves))
        for edit in noted_edits(change):
            if edit.moved:
                shown[edit.op, edit.moved] += edit.text
    assert shown.keys() == words.keys()
    soup = bs4.BeautifulSoup(html, "html5lib")
    for (op, number), moved in words.items():
        other = Op.INSERT if op is Op.DELETE else Op.DELETE
        assert "".join(moved) == "".join(words[other, number])
        assert _bare(shown[op, number]) == _bare(shown[other, number])
        marks = soup.select("del.moved-away" if op is Op.DELETE else "ins.moved")
        marked = _bare("".join(mark.get_text() for mark in marks if not _drop_ours(mark)))
        assert all(_bare(piece) in marked for piece in moved)
    for end in moves.values():
        for anchor in (end.old_anchor, end.new_anchor):
            assert len(soup.find_all(id=anchor)) == 1
            assert len(soup.find_all("a", href=f"#{anchor}")) == 1
    for change in comparison.changes if moves else ():
        check_html(change, moves)


def _moved_words(comparison: Comparison) -> dict[tuple[Op, int], list[str]]:
    """Return the words of each end of each move, a text for each span."""
    found: dict[tuple[Op, int], list[str]] = defaultdict(list)
    for row in (row for change in comparison.changes for row in change.rows):
        old, new = row_words(row.old), row_words(row.new)
        for span in row.spans:
            assert not span.moved or span.op is not Op.KEEP
            if span.moved:
                words = old[span.old_start : span.old_end] if span.op is Op.DELETE else ()
                words = new[span.new_start : span.new_end] if span.op is Op.INSERT else words
                found[span.op, span.moved].append("".join(word.text for word in words))
    return found


def _drop_ours(mark: bs4.Tag) -> None:
    """Take the words of ours out of a mark."""
    for ours in mark.select(".vh, .form, .break, .cp"):
        ours.decompose()


def _bare(text: str) -> str:
    """Return the letters of a text, without link targets."""
    return "".join(filter(str.isalpha, re.sub(r"\]\(\S*?( \".*?\")?\)", "", text)))


def check_edits(change: Change) -> None:
    """Without its insertions the edit script is the old text, without its deletions the new one; no change is lost."""
    edits = change_edits(change)
    assert "".join(text for op, text in edits if op is not Op.INSERT) == "".join(map(clause_text, change.old))
    assert "".join(text for op, text in edits if op is not Op.DELETE) == "".join(map(clause_text, change.new))
    assert all(text for _, text in edits)


def check_html(change: Change, moves: Mapping[int, MoveEnds] | None = None) -> None:
    """The HTML of a redline without insertions shows the old text, without deletions the new, formatting included."""
    parts = change_html(change, moves)
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
        # What is named where it is marked is itself again; a space is white space.
        code = re.match(r"\[U\+([0-9A-F]+) ", box.get_text())
        box.replace_with(chr(int(code[1], 16)) if code else " ")
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
