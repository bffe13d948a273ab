"""What decisions and released versions are bound to: whatever a comparison calls a change, and nothing else."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plain import version
from smallprint.comparing import compare
from smallprint.presenting.html import block_html
from smallprint.reviewing import words_digest
from smallprint.reviewing.fingerprint import fingerprint_of, fingerprint_with_promises, has_fingerprint
from smallprint.reviewing.legacy import is_legacy, legacy_fingerprint_of, legacy_words_digest
from strategies import clauses, edited, restructured, structures

if TYPE_CHECKING:
    from smallprint.model import Change, Version

_BEFORE = "# Policy {#policy}\n\n## Changes {#changes}\n\nWe may tell you.\n"
_AFTER = "# Policy {{#policy}}\n\n## Changes {{#changes{mark}}}\n\nWe will tell you of changes.\n"


def _digest(mark: str) -> str:
    comparison = compare(version(_BEFORE), version(_AFTER.format(mark=mark)))
    return next(words_digest(change) for change in comparison.differing)


def _of(body: str) -> Version:
    return version(f"# Data {{#data}}\n\n{body}\n")


def _change(body: str, before: str = "Nothing yet.") -> Change:
    """Return the change by which a body comes into a clause."""
    (change,) = compare(_of(before), _of(body)).changes
    return change


def _html(made: Version) -> list[str]:
    """Return what a page shows of a version, without what it says of clause ids."""
    return [block_html(block) for clause in made.clauses for block in clause.blocks]


# Promises


def test_a_weaker_mark_on_the_same_words_is_another_matter() -> None:
    marks = ["", " promise=notice", " promise=notice days=30", " promise=notice days=30 by=email"]
    assert len({_digest(mark) for mark in marks}) == len(marks)


def test_the_same_mark_is_the_same() -> None:
    assert _digest(" promise=notice days=30") == _digest("  promise=notice  days=30")


def test_how_text_is_cut_into_words_does_not_count() -> None:
    """Decisions hold and public versions stay as they were, whatever a later smallprint takes for one word."""
    old, new = (
        version(
            f"# Fees {{#fees}}\n\nWe ask £{pounds}.5m, CHF 1'500.–, 10 000\n000 €, 1,000元 or 5-й, **from** 10:30am"
            " (v2.0.1), می\u200cفروشیم 30\u202f000.\n"
        )
        for pounds in (1, 2)
    )
    (change,) = compare(old, new).differing

    assert legacy_words_digest(change) == "ce252889ed9f21c6a12aa52aa8cfdb12"
    assert legacy_fingerprint_of(new) == "f5a65993872c131256049751dd7a1263a1eb51287f7179b14283eb712e7c9930"


def test_a_mark_counts_for_plans_of_notices_and_not_for_what_was_released() -> None:
    """The mark of an old version may be completed; a notice says what is promised."""
    plain, marked = (version(_AFTER.format(mark=mark)) for mark in ("", " promise=notice days=30"))

    assert fingerprint_of(plain) == fingerprint_of(marked)
    assert fingerprint_with_promises(plain) != fingerprint_with_promises(marked)


# Structure

_OTHER = {
    "column": (
        "| Data | Shared | Sold |\n|---|---|---|\n| Location | banks | |",
        "| Data | Shared | Sold |\n|---|---|---|\n| Location | | banks |",
    ),
    "column added": ("| a | b |\n|---|---|\n| c | d |", "| a | b | |\n|---|---|---|\n| c | d | |"),
    "alignment of a column": ("| a |\n|---|\n| b |", "| a |\n|--:|\n| b |"),
    "table or paragraphs": ("| a |\n|---|\n| b |", "a\n\nb"),
    "level of a list": ("- We share with:\n  - banks\n  - insurers", "- We share with:\n- banks\n- insurers"),
    "item or paragraph": ("- banks\n\n  you know", "- banks\n- you know"),
    "list or paragraphs": ("- banks\n- insurers", "banks\n\ninsurers"),
    "kind of list": ("- banks\n- insurers", "1. banks\n2. insurers"),
    "number of a list": ("1. banks\n2. insurers", "4. banks\n5. insurers"),
    "one list or two": ("- one\n- other\n- third", "- one\n- other\n\n* third"),
    "one quotation or two": ("> one\n>\n> other", "> one\n\n> other"),
    "quotation or not": ("> We sell it.", "We sell it."),
    "what is quoted": ("> one\n\nother", "> one\n>\n> other"),
    "bold": ("We **never** sell it.", "We never sell it."),
    "bold or italics": ("We **never** sell it.", "We *never* sell it."),
    "where bold ends": ("**We never** sell it.", "**We** never sell it."),
    "code": ("Say `no`.", "Say no."),
    "target of a link": ("See [this](https://a.example/).", "See [this](https://b.example/)."),
    "title of a link": ("See [this](https://a.example/).", 'See [this](https://a.example/ "Ours").'),
    "where a link ends": ("See [this list](https://a.example/).", "See [this](https://a.example/) list."),
    "link or image": ("See [this](https://a.example/x.png).", "See ![this](https://a.example/x.png)."),
    "level of a title": ("### Sharing\n\nx", "#### Sharing\n\nx"),
    "title or paragraph": ("### Sharing\n\nx", "Sharing\n\nx"),
    "language of code": ("```sh\nx\n```", "```\nx\n```"),
    "lines of code": ("```\nx\ny\n```", "```\nx y\n```"),
    "break of a line": ("one\\\ntwo", "one two"),
    "rule": ("one\n\n---\n\ntwo", "one\n\ntwo"),
    "space or none": ("We may not.", "We maynot."),
}
_SAME = {
    "lines": ("We never\nsell   it.", "We never sell it."),
    "signs of emphasis": ("We *never* and __ever__.", "We _never_ and **ever**."),
    "nesting of emphasis": ("We ***never*** sell.", "We **_never_** sell."),
    "bold link": ("See **[this](https://a.example/)**.", "See [**this**](https://a.example/)."),
    "bullets": ("- one\n- other", "*   one\n*   other"),
    "numbers of items": ("1. one\n1. other", "1. one\n2. other"),
    "space between items": ("- one\n- other", "- one\n\n- other"),
    "titles": ("### Sharing ###\n\nx", "### Sharing\n\nx"),
    "rules": ("one\n\n---\n\ntwo", "one\n\n* * *\n\ntwo"),
    "breaks of lines": ("one\\\ntwo", "one  \ntwo"),
    "code": ("    x", "```\nx\n```"),
    "tables": ("| a | b |\n|---|---|\n| c | |", "a|b\n-|-\nc"),
    "escapes": ("We &amp; you\\.", "We & you."),
    "link": ("See [this][1].\n\n[1]: https://a.example/", "See [this](https://a.example/)."),
}


@pytest.mark.parametrize(("one", "other"), _OTHER.values(), ids=_OTHER)
def test_the_same_words_in_another_place_are_another_matter(one: str, other: str) -> None:
    assert words_digest(_change(one)) != words_digest(_change(other))
    assert words_digest(_change("x", one)) != words_digest(_change("x", other))
    assert fingerprint_of(_of(one)) != fingerprint_of(_of(other))


@pytest.mark.parametrize(("one", "other"), _SAME.values(), ids=_SAME)
def test_another_way_to_write_it_is_the_same(one: str, other: str) -> None:
    assert words_digest(_change(one)) == words_digest(_change(other))
    assert words_digest(_change("x", one)) == words_digest(_change("x", other))
    assert fingerprint_of(_of(one)) == fingerprint_of(_of(other))


def test_words_are_taken_as_text_and_not_as_they_are_cut() -> None:
    """Two links to one place that touch each other look like one; so do they where each is a word."""
    one, other = "[sha](https://a.example/)[re](https://a.example/)", "[share](https://a.example/)"

    assert words_digest(_change(one)) == words_digest(_change(other))
    assert fingerprint_of(_of(one)) == fingerprint_of(_of(other))


def test_the_hashes_are_as_they_ever_were() -> None:
    """They are committed beside the texts for good."""
    body = "1. We share:\n   - *names*\n\n| a | [b](/x) |\n|---|--:|\n| c | |"
    change = _change(body)

    assert words_digest(change) == "2:55547ac1816ea6fbb4e63e22d2e73f"
    assert fingerprint_of(_of(body)) == "2:747db0f65e0766c06d89b886dc4242eaf69d3f20b50945080006b24f1afd2b71"
    assert legacy_words_digest(change) == "91bdc9e14a98ba3de92f36c673eaf10f"
    assert legacy_fingerprint_of(_of(body)) == "faf71cee06dd3188bb8495bea1e8824511d81e6a1c9c048a44516f1ef1294948"


def test_the_form_of_a_hash_can_be_told() -> None:
    change, made = _change("x"), _of("x")

    assert [is_legacy(one) for one in (words_digest(change), fingerprint_of(made))] == [False, False]
    assert [is_legacy(one) for one in (legacy_words_digest(change), legacy_fingerprint_of(made))] == [True, True]
    assert has_fingerprint(made, fingerprint_of(made))
    assert has_fingerprint(made, legacy_fingerprint_of(made))
    assert not has_fingerprint(made, fingerprint_of(_of("y")))
    assert not has_fingerprint(made, legacy_fingerprint_of(_of("y")))


# Laws


@given(st.data())
def test_what_compares_as_changed_never_shares_a_hash(data: st.DataObject) -> None:
    """Whatever is moved within a clause: the hash is another just where the comparison says so and readers see it."""
    bodies = [data.draw(structures)]
    bodies += [data.draw(restructured(bodies[0])) for _ in range(2)]
    made = [_of(body) for body in bodies]
    # A quotation of nothing is a block that nobody can see.
    assume(all(block.units for each in made for clause in each.clauses for block in clause.blocks))

    for one, other in combinations(made, 2):
        is_changed = bool(compare(one, other).differing)
        assert (fingerprint_of(one) != fingerprint_of(other)) == is_changed
        assert (fingerprint_of(one) != fingerprint_of(other)) == (_html(one) != _html(other))
        # As the new side, as the old side, and as both.
        for before in (_of("Nothing yet."), made[0]):
            forth = [[words_digest(change) for change in compare(before, each).changes] for each in (one, other)]
            back = [[words_digest(change) for change in compare(each, before).changes] for each in (one, other)]
            assert (forth[0] != forth[1]) == (back[0] != back[1]) == is_changed


@given(st.data())
def test_what_compares_as_changed_never_shares_a_hash_in_a_policy(data: st.DataObject) -> None:
    """The same for whole policies: every change that differs from another has a hash of its own."""
    first = data.draw(clauses(ids=True), label="first")
    second = data.draw(edited(first), label="second")
    third = data.draw(edited(second), label="third")
    made = [version("\n\n".join(pieces)) for pieces in (first, second, third)]
    changes = [change for one, other in combinations(made, 2) for change in compare(one, other).changes]

    for one, other in combinations(changes, 2):
        assert (words_digest(one) == words_digest(other)) == (_sides(one) == _sides(other))
    for old, new in combinations(made, 2):
        assert (fingerprint_of(old) == fingerprint_of(new)) == (_text(old) == _text(new))
        assert (fingerprint_of(old) == fingerprint_of(new)) <= (_html(old) == _html(new))


def _sides(change: Change) -> list[str]:
    """Return what a comparison goes by, of both sides; where a clause begins is a matter of its id."""
    return ["\n".join(clause.key for clause in side) for side in (change.old, change.new)]


def _text(made: Version) -> str:
    return "\n".join(clause.key for clause in made.clauses)
