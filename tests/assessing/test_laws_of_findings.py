"""The laws of findings, over made policies."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech import Policy, check_findings, compared, edited, paragraphs, policies, sides, spoken, written

import strategies
from plain import version
from smallprint import assessing
from smallprint.assessing import assess
from smallprint.assessing.languages import unread_language
from smallprint.assessing.rules import load_rules
from smallprint.assessing.statements import statement
from smallprint.assessing.vocabulary import vocabulary
from smallprint.comparing import compare

ROOT = Path(__file__).resolve().parents[2]


@given(st.data())
def test_every_finding_shows_what_it_rests_on(data: st.DataObject) -> None:
    """Each has a rule, a reason, a source and true quotes, and is filed under a change that differs."""
    old = data.draw(policies(), label="old")
    new = data.draw(edited(old), label="new")
    comparison = compared(old, new)

    check_findings(comparison, assess(comparison))


@given(st.data(), st.booleans())
def test_odd_texts_are_assessed_as_well(data: st.DataObject, ids: bool) -> None:
    """Tables, code, lone signs and other scripts get findings that hold, or none."""
    old = data.draw(strategies.clauses(ids=ids), label="old")
    new = data.draw(strategies.edited(old), label="new")
    comparison = compare(version("\n\n".join(old)), version("\n\n".join(new)))

    check_findings(comparison, assess(comparison))


@given(policies(), policies())
def test_policies_that_have_nothing_in_common_are_assessed(old: Policy, new: Policy) -> None:
    comparison = compared(old, new)

    check_findings(comparison, assess(comparison))


@given(policies())
def test_a_version_compared_with_itself_finds_nothing(policy: Policy) -> None:
    assert assess(compared(policy, policy)) == {}


@given(policies(), st.data())
def test_what_no_reader_would_call_a_change_finds_nothing(policy: Policy, data: st.DataObject) -> None:
    """White space, the numbers of headings, where links lead, and the order of clauses take nothing from anyone."""
    new = data.draw(st.permutations(policy))
    if data.draw(st.booleans(), label="numbers"):
        new = [[re.sub(r"^(#+) ", rf"\1 {n}. ", clause[0]), *clause[1:]] for n, clause in enumerate(new, 1)]
    if data.draw(st.booleans(), label="links"):
        new = [[block.replace("example.org", "example.com/new") for block in clause] for clause in new]
    if data.draw(st.booleans(), label="white space"):
        new = [[clause[0], *(re.sub(r"(?<=[a-z]) (?=[a-z])", "  ", block) for block in clause[1:])] for clause in new]
    comparison = compared(policy, new)

    assert assess(comparison) == {} or unread_language(comparison)


@given(st.lists(spoken, min_size=1, max_size=4, unique=True), st.data())
def test_sentences_that_stand_in_both_versions_are_neither_lost_nor_gained(
    said: list[str], data: st.DataObject
) -> None:
    """However they are dealt out anew among paragraphs and clauses, nothing is found."""
    old, new = (
        [" ".join(data.draw(st.permutations(said))[start:]) for start in (0, *data.draw(starts))]
        for starts in [st.lists(st.integers(0, len(said) - 1), max_size=2)] * 2
    )

    assert assess(sides(old, new)) == {}


@given(st.data())
def test_findings_depend_on_nothing_but_the_comparison(data: st.DataObject) -> None:
    """What was assessed before, and how often, does not matter."""
    old = data.draw(policies(), label="old")
    news = [data.draw(edited(old), label="new") for _ in range(2)]
    first = [assess(compared(old, new)) for new in news]
    second = [assess(compared(old, new)) for new in reversed(news)]

    assert first == second[::-1]


_DIFFS = """
import sys
from smallprint.cli.main import main
for pair in sys.argv[1:]:
    sys.argv = ["smallprint", "diff", "ibackup-privacy", *pair.split(), "--format", "json"]
    try:
        main()
    except SystemExit as end:
        assert not end.code, end.code
"""


def test_processes_agree() -> None:
    """Neither the order of sets, another in each process, nor that of the work shows in what is found."""
    pairs = ["2006-06-18 2020-02-10", "2008-06-22 2012-01-09", "2012-01-09 2020-02-10"]
    records = []
    for seed, order in (("1", pairs), ("2", pairs[::-1])):
        command = [sys.executable, "-c", _DIFFS, *order]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        decoder, text, shown = json.JSONDecoder(), done.stdout.strip(), []
        while text:
            record, end = decoder.raw_decode(text)
            shown.append(record)
            text = text[end:].strip()
        records.append(shown)

    assert len(records[0]) == len(pairs)
    assert records[0] == records[1][::-1]
    assert any(change["findings"] for change in records[0][0]["changes"])


_ANYTHING = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=200)
"""What a file may hold when its line ends are one kind."""


@given(_ANYTHING, _ANYTHING)
def test_no_text_breaks_it(old: str, new: str) -> None:
    frame = "# Policy\n\nWe may share your name with partners, and we will tell you before.\n\n{}\n\nThe end.\n"
    comparison = compare(version(frame.replace("{}", old)), version(frame.replace("{}", new)))

    check_findings(comparison, assess(comparison))


@given(st.text(st.one_of(st.characters(), st.sampled_from("İẞß\u017f\u212a’_-\u00a0 wenotdata")), max_size=60))
def test_terms_stand_where_they_are_said_to(text: str) -> None:
    for hit in statement(text).hits:
        assert 0 <= hit.start < hit.end <= len(text)


def _table(word: str) -> str:
    rows = "".join(f"| We {word} data {n} | with partner {n % 97} | for {n} days |\n" for n in range(1200))
    return f"| What | Whom | How long |\n| --- | --- | --- |\n{rows}"


_LONG = "we share your name with our partners and never sell it to anyone only with your consent"
HEAVY = {
    "one-sentence": (f"{_LONG}, " * 3500, f"{_LONG.replace('never', 'may')}, " * 3500),
    "one-sentence-added": ("Hello.", f"{_LONG}, " * 3500),
    "one-sentence-cut-up": (f"{_LONG}, " * 1200, f"{_LONG}. " * 1200),
    "a-long-paragraph": ("We share your name with them. " * 3500, "We sell your name to anyone. " * 3500),
    "different-sentences": (
        "".join(f"We share item {n} with partner {n % 7}. " for n in range(1500)),
        "".join(f"We may sell thing {n} to advertiser {n % 5}. " for n in range(1500)),
    ),
    "other-sentences": (
        f"{_LONG}. " * 700 + "".join(f"Alpha{n} beta{n} gamma{n}. " for n in range(2000)),
        f"{_LONG}. " * 700 + "".join(f"Delta{n} epsilon{n} zeta{n}. " for n in range(2000)),
    ),
    "cells": (_table("keep"), _table("sell")),
    "cells-added": ("Hello.", _table("sell")),
    "one-long-word": ("share" * 4000, "shared_" * 4000),
    "dashes": ("- " * 4000, "-'" * 4000 + " not"),
    "empty": ("", ""),
    "emptied": (_LONG, ""),
    "only-headings": ("# One\n\n## Two", "# Two\n\n## One\n\n### We sell your data"),
    "deep": ("> " * 60 + _LONG, "- " * 60 + _LONG),
}


@pytest.mark.parametrize(("old", "new"), HEAVY.values(), ids=HEAVY)
def test_large_and_odd_versions_take_seconds(old: str, new: str) -> None:
    comparison = compare(version(old), version(new))
    start = time.process_time()
    found = assess(comparison)

    assert time.process_time() - start < 8
    check_findings(comparison, found)


MODULES = [import_module(f"{assessing.__name__}.{entry.name}") for entry in pkgutil.iter_modules(assessing.__path__)]
PATTERNS = {
    **{f"{m.__name__}.{n}": each for m in MODULES for n, each in vars(m).items() if isinstance(each, re.Pattern)},
    **{term.key: pattern for term, pattern in vocabulary().patterns},
    **{f"{rule.id} gained": rule.when.gained_words for rule in load_rules() if rule.when.gained_words},
    **{f"{rule.id} lost": rule.when.lost_words for rule in load_rules() if rule.when.lost_words},
}
HOSTILE = (
    *("we will not not not ", "a ", "(", ",", ".", "-", "'", "a-", "a'", "\u00a0", "aaaaaaaa", "not", "1"),
    *("if you have ", "by using a ", "may share a ", "change a b ", "share", "scan", "be we will to ", "sale of the "),
)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_no_pattern_takes_long_on_hostile_text(piece: str) -> None:
    """Time grows with the text: twenty thousand characters of the same are nothing."""
    text = piece * (20_000 // len(piece))
    for name, pattern in PATTERNS.items():
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        assert time.process_time() - start < 0.5, name


def test_long_words_joined_by_low_lines_take_no_time_either() -> None:
    start = time.process_time()
    for word in ("change_", "share_with_", "provide_a_", "not_"):
        assert statement(word * 5000).hits is not None

    assert time.process_time() - start < 2


@given(policies(), st.lists(paragraphs, max_size=2))
def test_what_is_only_added_is_not_said_to_be_gone(policy: Policy, more: list[str]) -> None:
    """Where the old text stands as it was, no finding quotes old words as changed or gone."""
    comparison = compared(policy, [*policy, ["## Further", *more]])

    assert all(claim.old_quote is None for claims in assess(comparison).values() for claim in claims)
    assert written(policy) in written([*policy, ["## Further", *more]])
