"""The laws of comparing, over made policies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laws import check_comparison, letters
from moving import with_moves
from plain import version
from smallprint.comparing import compare
from smallprint.presenting.html import clause_html
from strategies import clauses, edited


@given(st.data(), st.booleans())
def test_every_law_holds_for_an_edited_policy(data: st.DataObject, ids: bool) -> None:
    """Whatever is edited, every law of comparisons holds, with ids and without."""
    old = data.draw(clauses(ids=ids), label="old")
    new = data.draw(edited(old), label="new")

    check_comparison(compare(version("\n\n".join(old)), version("\n\n".join(new))))


@given(st.data(), st.booleans())
def test_every_law_holds_where_single_words_moved(data: st.DataObject, ids: bool) -> None:
    """Sentences and parts of sentences may move, within a paragraph or to another clause."""
    old = data.draw(clauses(ids=ids), label="old")
    new = data.draw(edited(old), label="new")

    check_comparison(with_moves(compare(version("\n\n".join(old)), version("\n\n".join(new))), least=2))


@given(clauses(), clauses())
def test_every_law_holds_for_unrelated_policies(old: list[str], new: list[str]) -> None:
    """Two texts that have nothing in common are compared as exactly as any."""
    check_comparison(compare(version("\n\n".join(old)), version("\n\n".join(new))))


@given(clauses(ids=True))
def test_a_version_compared_with_itself_has_no_change(pieces: list[str]) -> None:
    """Comparing a version with itself finds nothing."""
    text = "\n\n".join(pieces)

    assert compare(version(text), version(text)).differing == ()


@given(st.data())
def test_what_reads_differently_is_a_change(data: st.DataObject) -> None:
    """If a reader could see any difference, the comparison has a change that is not “unchanged”."""
    old = data.draw(clauses(), label="old")
    new = data.draw(edited(old), label="new")
    old_version, new_version = version("\n\n".join(old)), version("\n\n".join(new))
    old_seen = [letter for clause in old_version.clauses for letter in letters(clause_html(clause))]
    new_seen = [letter for clause in new_version.clauses for letter in letters(clause_html(clause))]

    if old_seen != new_seen:
        assert compare(old_version, new_version).differing
