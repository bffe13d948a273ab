"""The line that tells of a change quotes the words its verdict is about, with the changed ones marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judged import Decided, Rules, finding, review
from plain import version
from smallprint.comparing import compare
from smallprint.judgement import Direction, Right
from smallprint.presenting.judging import Judging
from smallprint.presenting.summary import summarise

if TYPE_CHECKING:
    from smallprint.judgement import Finding, Review
    from smallprint.presenting.quotes import Quote
    from smallprint.presenting.summary import ChangeLine

OPENING = "We were founded long ago and have made anvils ever since, of iron at first and of steel in these days."
OLD = f"## A {{#a}}\n\n{OPENING} We share data only with your consent.\n"
NEW = f"## A {{#a}}\n\n{OPENING.replace('iron', 'lead, brass, bronze and tin')} We share data with anyone.\n"
SHARED = finding(old_quote="We share data only with your consent.", new_quote="We share data with anyone.")


def line(*findings: Finding, decided: Review | None = None, old: str = OLD, new: str = NEW) -> ChangeLine:
    comparison = compare(version(old, "2020-01-01"), version(new, "2021-01-01"))
    titles = [(change.new or change.old)[0].title for change in comparison.differing]
    reviews = {titles[-1]: decided} if decided else {}
    judged = Judging(Decided(reviews), True, Rules({titles[-1]: findings})).judged(comparison)
    return summarise(comparison, judged=judged).lines[-1]


def marked(quote: Quote | None) -> str:
    assert quote
    return "".join(f"[{text}]" if is_changed else text for text, is_changed in quote.pieces)


def test_the_words_of_the_finding_are_quoted() -> None:
    told = line(SHARED, decided=review())

    assert marked(told.before) == "We share data[ only] with[ your consent]."
    assert marked(told.now) == "We share data with[ anyone]."
    assert told.more == "and in 1 more place"


def test_a_proposal_is_quoted_too() -> None:
    assert marked(line(SHARED).now) == "We share data with[ anyone]."


def test_without_words_of_a_rule_the_largest_place_is_quoted() -> None:
    for told in (line(), line(finding(new_quote="Words of another clause."), decided=review())):
        assert "bronze" in marked(told.now)


def test_what_a_rule_quotes_against_the_verdict_is_no_example_of_it() -> None:
    told = line(SHARED, decided=review(Direction.EXPANDS, material=False))

    assert "bronze" in marked(told.now)


def test_the_finding_on_the_rights_decided_comes_first() -> None:
    other = finding(new_quote="We were founded long ago", rights=(Right.OTHER,))
    told = line(other, SHARED, decided=review(rights=(Right.CONSENT,)))

    assert marked(told.now) == "We share data with[ anyone]."


def test_a_long_sentence_is_clipped_round_what_the_rule_names() -> None:
    words = " ".join(f"word{number}" for number in range(120))
    added = f"## B {{#b}}\n\nWe {words} sell your data {words}.\n"
    found = finding(new_quote=f"We {words} sell your data {words}.", reason="Data is sold: “sell your data”.")
    told = line(found, old=OLD, new=OLD + added)

    assert told.now
    assert len(told.now.plain.split()) <= 42
    assert told.now.plain.startswith("… ")
    assert "word119 sell your data word0" in told.now.plain
    assert told.now.plain.endswith(" …")
    assert told.now.changed == "", "all of an added clause is new"
