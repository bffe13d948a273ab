"""IBackup's versions come out as a careful reader wrote them up from the texts.

The write-up, `ibackup_expected.yml`, was made without sight of the rules. What the rules do not see, or see otherwise,
is listed here by name: the list may become shorter, and nothing may be added to it unseen.
"""

from __future__ import annotations

import pytest
from ibackup import Expected, WriteUp, findings, write_ups

from smallprint.judgement import Direction, Finding

_PAIRS = {(each.old, each.new): each for each in write_ups()}
_KEYS = pytest.mark.parametrize("pair", list(_PAIRS), ids=lambda pair: f"{pair[0]}-{pair[1]}")

MISSED_MATERIAL = {
    "We may use “persistent cookies” to save your registration ID",
    "We use “cookies” to collect information and improve our Services.",
    "We will display your personal information in your profile page.",
    "This site gives users the following options for removing their information from our database",
}
"""How the material reductions begin that get no material finding."""
MISSED_GAINS = {
    "use the unsubscribe link within email communications",
    "please contact JAMS at https://www.jamsadr.com/eu-us-privacy-shield (free of charge)",
    "Our website provides users the opportunity to opt-out of receiving communications",
    "We have certified that we adhere to the Safe Harbor Privacy Principles",
    "Pro Softnet Corp. has certified its compliance with the EU-U.S. and Swiss–U.S. Privacy Shield Frameworks",
    "Pro Softnet Corp. complies with the Privacy Shield Principles for all onward transfers",
}
FALSE_MATERIAL = {
    "We may retain and use your information as necessary to comply with our legal obligations, resolve disputes,",
}
"""Called material by the rules; the reader found it unsettled."""


@_KEYS
def test_material_reductions_are_found(pair: tuple[str, str]) -> None:
    missed = [change for change in _losses(pair) if change.material and not _met(change, pair, material=True)]
    assert _unlisted({change.new or change.old for change in missed}, MISSED_MATERIAL) == []


@_KEYS
def test_what_is_called_material_is_a_reduction(pair: tuple[str, str]) -> None:
    false = [
        finding
        for finding in findings(*pair)
        if finding.material and not any(change.is_met_by(finding) for change in _losses(pair))
    ]
    assert _unlisted({finding.new_quote or finding.old_quote for finding in false}, FALSE_MATERIAL) == []


@_KEYS
def test_gains_are_found(pair: tuple[str, str]) -> None:
    gains = [change for change in _PAIRS[pair].changes if change.direction is Direction.EXPANDS]
    missed = {change.new or change.old for change in gains if not _met(change, pair, material=False)}
    assert _unlisted(missed, MISSED_GAINS) == []


@_KEYS
def test_what_only_looks_like_a_change_is_not_called_material(pair: tuple[str, str]) -> None:
    write_up = _PAIRS[pair]
    flagged = [
        (entry.old or entry.new, finding.rule)
        for entry in write_up.not_flagged
        for finding in findings(*pair)
        if finding.material and entry.is_met_by(finding) and not _is_change(write_up, finding)
    ]
    assert flagged == []


def test_few_are_left_to_people() -> None:
    """What the rules cannot decide goes to counsel, and that is to be little."""
    for pair in _PAIRS:
        unclear = [finding for finding in findings(*pair) if finding.direction is Direction.UNCLEAR]
        assert len(unclear) <= max(2, len(findings(*pair)) // 10)


@pytest.mark.parametrize(
    ("pair", "words", "rule"),
    [
        (("2006-06-18", "2020-02-10"), "only upon your express consent", "consent-dropped"),
        (("2008-06-22", "2012-01-09"), "only upon Your express consent", "consent-dropped"),
        (("2006-06-18", "2020-02-10"), "used only to ensure the highest quality", "only-dropped"),
        (("2006-06-18", "2020-02-10"), "we will remove encryption from the files", "decryption-added"),
        (("2008-06-22", "2012-01-09"), "We may disclose to parties outside Pro Softnet files", "recipient-wide-added"),
    ],
)
def test_the_rule_that_speaks_is_the_one_that_should(pair: tuple[str, str], words: str, rule: str) -> None:
    spoken = [f for f in findings(*pair) if words in f"{f.old_quote} {f.new_quote}"]
    assert [(finding.rule, finding.direction, finding.material) for finding in spoken] == [
        (rule, Direction.REDUCES, True)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "evaluation and feedback records indefinitely",
        "we track the category of services selected by our individual users",
        "The user data is password protected",
    ],
)
def test_what_stands_in_both_is_not_flagged(words: str) -> None:
    for pair in _PAIRS:
        assert not [f for f in findings(*pair) if words in f"{f.old_quote} {f.new_quote}" and f.direction.is_down]


def _unlisted(texts: set[str | None], known: set[str]) -> list[str]:
    """Return the texts that begin like none of those known."""
    return sorted(text for text in texts if text and not text.startswith(tuple(known)))


def _losses(pair: tuple[str, str]) -> list[Expected]:
    return [change for change in _PAIRS[pair].changes if change.direction.is_down]


def _met(change: Expected, pair: tuple[str, str], *, material: bool) -> bool:
    wanted = {change.direction, Direction.MIXED, Direction.REDUCES if material else Direction.EXPANDS}
    return any(
        change.is_met_by(finding) and finding.direction in wanted and (finding.material or not material)
        for finding in findings(*pair)
    )


def _is_change(write_up: WriteUp, finding: Finding) -> bool:
    return any(change.is_met_by(finding) for change in write_up.changes)
