"""Review files: what is read from them, what is refused, and what the command leaves alone when it writes them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from review_texts import DECISION, FIRST, NAMES, SECOND, THIRD, completed, finding, policy, questions, read

from plain import version
from smallprint.comparing import compare
from smallprint.errors import Severity, UsageError
from smallprint.judgement import Direction, Practice, Right
from smallprint.model import VersionId
from smallprint.reading.report import format_fault
from smallprint.reading.tree import read_tree
from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.entry import read_entry, rules_of
from smallprint.reviewing.fields import read_rights, rights_in_rules, rule_line
from smallprint.reviewing.file import parse_review
from smallprint.reviewing.scalars import value_lines
from smallprint.reviewing.writing import decide, write_review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.errors import Fault
    from smallprint.model import Change
    from smallprint.reviewing.file import ReviewFile

LAST = VersionId(NAMES[-1])
GOOD = """\
# Counsel's review.
version: 2024-01-01
changes:
# The one that matters.
- clauses: choice
  since: 2022-01-01
  words: 0123456789abcdef0123456789abcdef
  rules:
  - consent-dropped · reduces · material · consent, sharing — Consent is no longer asked.
  - >-
    purpose-added · reduces · not material · purpose — A purpose was added: mail about
    the products of others.
  verdict: reduces
  material: yes
  rights:
  reason: >-
    Consent before sending mail is no longer asked:
    “only upon your express consent” was dropped.
  for-readers: "We now send mail # to everyone: without asking."
  practice: changed
  by: Mary Smith
  on: 2024-02-29

- clauses: contact
  since: 2022-01-01
  words: fedcba9876543210fedcba9876543210
  rules:
  verdict:
"""


def parse(text: str) -> tuple[ReviewFile, list[Fault]]:
    return parse_review(text, LAST, path="r.yml")


def told(text: str) -> list[str]:
    """Return the faults of a text as `line:column code what`."""
    return [f"{fault.line}:{fault.column} {fault.code} {fault.what}" for fault in parse(text)[1]]


def folder_with(tmp_path: Path, text: str | bytes, name: str = f"{LAST}.yml") -> Path:
    folder = tmp_path / "reviews"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def entry_of(folder: Path, clause: str, name: str = LAST) -> tuple[str, str]:
    """Return the digest of the open entry on a clause, and its lines."""
    text = (folder / f"{name}.yml").read_text(encoding="utf-8")
    part = next(part for part in text.split("\n- ") if part.startswith(f"clauses: {clause}\n"))
    return part.partition("words: ")[2][:32], part


def take(folder: Path, words: str, name: str = LAST, **more: str) -> None:
    """Take down a decision."""
    file, faults = parse_review((folder / f"{name}.yml").read_text(), VersionId(name))
    assert not faults
    (folder / f"{name}.yml").write_text(decide(file, words, DECISION | more))


# Reading


def test_a_decision_is_read_with_all_its_values() -> None:
    file, faults = parse(GOOD)

    assert faults == []
    assert [entry.clauses for entry in file.changes] == ["choice", "contact"]
    review = file.changes[0].review
    assert review is not None
    assert review.direction is Direction.REDUCES
    assert review.material
    assert review.reason.endswith("is no longer asked: “only upon your express consent” was dropped.")
    assert review.for_readers == "We now send mail # to everyone: without asking."
    assert review.practice is Practice.CHANGED
    assert (review.by, review.on.isoformat()) == ("Mary Smith", "2024-02-29")
    assert file.changes[1].review is None


def test_rights_left_empty_are_those_the_rules_named() -> None:
    assert parse(GOOD)[0].changes[0].review.rights == (Right.CONSENT, Right.PURPOSE, Right.SHARING)  # type: ignore[union-attr]
    named = GOOD.replace("  rights:\n", "  rights: Sharing,  notice\n")
    assert parse(named)[0].changes[0].review.rights == (Right.SHARING, Right.NOTICE)  # type: ignore[union-attr]
    neutral = GOOD.replace("verdict: reduces", "verdict: neutral").replace("material: yes", "material: no")
    assert parse(neutral)[0].changes[0].review.rights == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n- ", "\n  - ").replace("\n  ", "\n    ").replace("\n    - clauses", "\n  - clauses"),
        GOOD.replace("verdict: reduces", "verdict: 'Reduces'").replace("material: yes", 'material: "YES"'),
        GOOD.replace("  by: Mary", "  # Who else?\n  by:   Mary"),
        GOOD.rstrip("\n"),
        GOOD.replace("changes:\n", "changes:   # below\n\n"),
        GOOD.replace("- clauses", "-\n  clauses"),
        GOOD.replace("reason: >-", "reason: |"),
        GOOD.replace("words: 0123456789abcdef0123456789abcdef", "words: '0123456789abcdef0123456789abcdef'"),
    ],
    ids=range(9),
)
def test_other_ways_to_write_the_same(text: str, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, text)
    made = policy()
    _, faults = read(folder, made)
    expected, _ = read(folder_with(tmp_path, GOOD), made)

    assert faults == ()
    assert read(folder_with(tmp_path, text), made)[0].digest == expected.digest != ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "reason: >-\n",
            "reason: We collect: more\n",
            "16:21 SP510 A colon followed by a space stands within a value.",
        ),
        ("  by: Mary", "    by: Mary", "21:7 SP510 This line stands further in than the one above it"),
        ("by: Mary Smith", "by: *me", "21:7 SP510 `*me` is a YAML alias."),
        ("by: Mary Smith", "by: &me Mary", "21:7 SP510 `&me` is a YAML anchor."),
        ("by: Mary Smith", "by: !who Mary", "21:7 SP510 It has a YAML tag (`!`)."),
        ("by: Mary Smith", "by: [Mary, Smith]", "21:7 SP510 `by` is not plain text."),
        ("by: Mary Smith", "by:\n    first: Mary", "22:5 SP510 `by` is not plain text."),
        ("by: Mary Smith", 'by: "Mary Smith', "21:7 SP510 A quotation mark is opened and not closed."),
        ("by: Mary Smith", "by:\tMary\n\tSmith", "21:6 SP510 A tab stands here."),
        ("by: Mary Smith", 'by: "Mary \\u202e"', "21:7 SP110 U+202E RIGHT-TO-LEFT OVERRIDE changes the order"),
        ("by: Mary Smith", 'by: "Mary \\ud800"', "21:7 SP113 U+D800 SURROGATE is no character of Unicode."),
        ("by: Mary Smith", "by: Mary\u202e", "21:11 SP110 U+202E RIGHT-TO-LEFT OVERRIDE changes the order"),
        ("by: Mary Smith", "by: Mary\u2028", "21:11 SP109 U+2028 LINE SEPARATOR ends a line in some programs"),
        ("by: Mary Smith", "by: Mary\n  by: Mary", "22:3 SP205 `by` is given twice (first on line 21)."),
        ("by: Mary Smith", "who: Mary", "21:3 SP511 `who` is no known key of an entry."),
        ("  by: Mary Smith\n", "", "5:3 SP512 The decision lacks `by`."),
        ("  by: Mary Smith\n", "  by:\n", "21:3 SP512 The decision lacks `by`."),
        ("  material: yes\n", "  material:\n", "14:3 SP512 The decision lacks `material`."),
        ("  verdict: reduces\n", "  verdict:\n", "13:3 SP512 The decision lacks `verdict`."),
        ("verdict: reduces", "verdict: unclear", "13:12 SP513 `verdict: unclear` is none of the words known here."),
        ("verdict: reduces", "verdict: expands", "14:13 SP513 A change that is `expands` takes nothing away"),
        ("material: yes", "material: maybe", "14:13 SP513 `material: maybe` is none of the words known here."),
        ("  rights:\n", "  rights: consent, privacy\n", "15:11 SP513 “privacy” is none of the rights known."),
        ("on: 2024-02-29", "on: 2023-02-29", "22:7 SP513 `on: 2023-02-29` is no day."),
        ("words: 0123", "words: 012", "7:10 SP513 `words: 012456789abcdef0123456789abcdef` is not what"),
        ("words: 0123", "words: 3:23", "7:10 SP513 `words: 3:23456789abcdef0123456789abcdef` is not what"),
        ("words: 0123", "words: 2:0123", "7:10 SP513 `words: 2:0123456789abcdef0123456789abcdef` is not what"),
        ("words: fedcba9876543210fedcba9876543210", "", "24:3 SP512 `words` is missing"),
        (
            "fedcba9876543210fedcba9876543210",
            "0123456789abcdef0123456789abcdef",
            "26:10 SP516 There is an entry for these words already (on line 7).",
        ),
        ("version: 2024-01-01", "version: 2024-01-02", "2:10 SP515 `version: 2024-01-02` is not the version"),
        ("version: 2024-01-01\n", "", "1:1 SP512 The file does not say which version it reviews."),
        ("version: 2024-01-01", "version: 2024-01-01\npolicy: x", "3:1 SP511 `policy` is no known key above"),
        ("version: 2024-01-01", "---\nversion: 2024-01-01", "2:1 SP510 This line has no place in a review."),
        ("version: 2024-01-01", "  version: 2024-01-01", "2:1 SP510 `version` does not stand at the margin."),
        ("changes:\n", "changes: []\n", "3:1 SP510 Entries do not stand on the line of `changes:`."),
        ("changes:\n", "chances:\n", "1:1 SP510 The file has no list of changes."),
        ("changes:\n", "changes:\n  x\n", "4:1 SP510 This line belongs to no entry."),
        ("\n- clauses: contact", "\nchanges:\n- clauses: contact", "24:1 SP510 The list `changes` begins twice."),
        ("\n- clauses: contact", "\n...\n- clauses: contact", "24:1 SP510 This line belongs to no entry."),
        ("changes:\n", "changes-before:\n", "3:1 SP510 `changes-before` stands above `changes`."),
        ("- clauses: contact", "- ? clauses\n  : contact", "24:5 SP510 This is no line `key: value`."),
        (
            "\n- clauses: contact",
            "\n- contact\n- clauses: contact",
            "24:3 SP510 This is no entry of `key: value` lines.",
        ),
        ("  rules:\n  verdict:\n", "  rules: x\n", "27:10 SP510 `rules` is a list."),
    ],
)
def test_faults_have_their_place(old: str, new: str, expected: str) -> None:
    assert old in GOOD
    faults = told(GOOD.replace(old, new, 1))

    assert any(fault.startswith(expected) for fault in faults), faults


def test_a_fault_quotes_its_line_and_says_how_to_mend_it() -> None:
    text = GOOD.replace("verdict: reduces", "verdict: reduce")

    assert "\n\n".join(map(format_fault, parse(text)[1])) == (
        "r.yml:13:12: SP513 `verdict: reduce` is none of the words known here.\n"
        "  13 |   verdict: reduce\n"
        "     |            ^^^^^^\n"
        "  help: Did you mean `reduces`?"
    )


def test_every_fault_is_told_at_once() -> None:
    text = (
        GOOD.replace("verdict: reduces", "verdict: x")
        .replace("on: 2024-02-29", "on: y")
        .replace("clauses: c", "clses: c")
    )

    assert len(told(text)) == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "SP510"),
        (b"version: 2024-01-01", "SP510"),
        (b"\xff\xfe", "SP102"),
        (b"changes:\0", "SP103"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "SP107"),
        (GOOD.encode().replace(b"Mary", b"M\xe4ry"), "SP101"),
        (GOOD.encode().replace(b"Mary", b"Mary\r"), "SP109"),
    ],
)
def test_bytes_that_are_no_review(data: bytes, code: str, tmp_path: Path) -> None:
    _, faults = read(folder_with(tmp_path, data), policy())

    assert code in {fault.code for fault in faults}
    assert all(fault.path == f"reviews/{LAST}.yml" and fault.remedy for fault in faults)


@given(data=st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_explained(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    reviews, faults = read(folder_with(tmp_path_factory.mktemp("any"), data), policy())

    assert any(fault.severity is Severity.ERROR for fault in faults) or data.startswith(b"\xef\xbb\xbf")
    assert reviews.digest == ""


PIECES = st.sampled_from(
    [
        "- ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        ": ",
        ":",
        "#",
        " #",
        '"',
        "'",
        ">-",
        "|",
        "[",
        "{",
        "*a",
        "&a",
        "!",
        "\t",
        "\\",
        *(
            "x",
            "yes",
            "rules:",
            "changes:",
            "\r",
            "\0",
            "é",
            "\u0301",
            "\u202e",
            "\ufeff",
            "😀",
            "---\n",
            "...",
            "? ",
            "%",
        ),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return the good file with a few things put in or taken out."""
    text = GOOD
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES) + text[at + draw(st.sampled_from([0, 0, 1, 2, 10, 60])) :]
    return text


@given(mutated())
def test_a_mutated_file_is_read_as_yaml_reads_it_or_explained(text: str) -> None:
    """What is accepted is YAML, and says to any reader of YAML what it says to us."""
    file, faults = parse(text)
    lines = text.count("\n") + 1

    assert all(0 <= fault.line <= lines and fault.remedy for fault in faults)
    if not any(fault.severity is Severity.ERROR for fault in faults):
        whole = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text, lists and mappings
        for entries, name in ((file.changes, "changes"), (file.before, "changes-before")):
            ours = [{key: node.value for key, node in entry.node.fields.items() if key != "rules"} for entry in entries]
            theirs = [{k: v for k, v in entry.items() if k != "rules"} for entry in whole.get(name) or []]
            assert ours == theirs
            assert [entry.rules for entry in entries] == [
                list(entry.get("rules") or []) for entry in whole.get(name) or []
            ]


@pytest.mark.parametrize(
    "text",
    [
        "version: 2024-01-01\nchanges:\n" + "- clauses: [x\n" * 300_000,
        "version: 2024-01-01\nchanges:\n- clauses: " + "[" * 4_000_000,
        "version: 2024-01-01\nchanges:\n- clauses: " + "x" * 4_000_000,
        "version: 2024-01-01\nchanges:\n- " + "- " * 2_000_000,
        "version: 2024-01-01\nchanges:\n" + "- words: x\n" * 400_000,
        "version: 2024-01-01\nchanges:\n- words: 'x'\n" + "  #\n" * 1_000_000,
        "changes:\n" * 500_000,
        "- x\n" * 1_000_000,
        "version: 2024-01-01\nchanges:\n- clauses: &a x\n" + "  words: *a\n" * 300_000,
        "version: 2024-01-01\nchanges:\n- clauses: >-\n" + "    x\n" * 700_000,
    ],
    ids=range(10),
)
def test_hostile_text_ends_soon(text: str) -> None:
    start = time.process_time()
    _, faults = parse(text)

    assert faults
    assert time.process_time() - start < 5


def test_unknown_clauses_and_versions_are_errors(tmp_path: Path) -> None:
    words = "words: 0123456789abcdef0123456789abcdef"
    text = f"version: {LAST}\nchanges:\n- clauses: choice, coice -> contact\n  since: 2022-01-01\n  {words}\n"
    _, faults = read(folder_with(tmp_path, text), policy())

    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("SP514", 3, 12)]
    assert "“coice” in 2024-01-01 or 2022-01-01" in faults[0].what
    _, faults = read(folder_with(tmp_path, text.replace("coice", "choice").replace("2022", "2023")), policy())
    assert [fault.code for fault in faults] == ["SP515"]


def test_a_file_of_no_version_is_an_error(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, GOOD, "2024-01-01.yaml")
    folder_with(tmp_path, GOOD, "2024-01-02.yml")
    for ignored in ("_draft.yml", ".2024-01-01.yml.1.tmp", "notes.md"):
        folder_with(tmp_path, "x", ignored)
    _, faults = read(folder, policy())

    assert [(fault.path, fault.code) for fault in faults] == [
        ("reviews/2024-01-01.yaml", "SP515"),
        ("reviews/2024-01-02.yml", "SP515"),
    ]
    assert faults[0].remedy == "Rename it to 2024-01-01.yml."


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text(GOOD)
    folder = tmp_path / "content" / "privacy" / "reviews"
    folder.mkdir(parents=True)
    (folder / f"{LAST}.yml").symlink_to(tmp_path / "outside.yml")

    assert [fault.code for fault in read(folder, policy())[1]] == ["SP106"]
    (folder / f"{LAST}.yml").unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert [fault.code for fault in read(folder, policy())[1]] == ["SP106"]


def test_no_folder_is_no_review(tmp_path: Path) -> None:
    reviews, faults = read(tmp_path / "reviews", policy())

    assert (reviews.digest, dict(reviews.texts), faults) == ("", {}, ())


def test_the_example_in_the_manual_is_a_decision_on_our_own_content() -> None:
    """The entry in docs/reviewing.md is whole, and bound to the words of the IBackup policy."""
    root = Path(__file__).resolve().parents[2]
    manual = (root / "docs" / "reviewing.md").read_text(encoding="utf-8")
    text = manual.partition("```yaml review\n")[2].partition("```")[0]
    made = next(one for one in read_tree(root / "content").policies if one.slug == "ibackup-privacy")
    file, faults = parse_review(text, VersionId("2012-01-09"))

    assert faults == []
    assert file.changes[0].review is not None
    asked = questions(made, "2012-01-09")[file.changes[0].words]
    assert asked.clauses == file.changes[0].clauses
    assert asked.comparison.old.version_id == file.changes[0].node.text("since")
    assert all(f"`{right}`" in manual for right in Right)


# Looking up decisions


def decided(tmp_path: Path, clause: str = "choice", name: str = LAST, **more: str) -> Path:
    """Return a folder with a review in which one decision is taken."""
    folder = tmp_path / "reviews"
    completed(folder, policy(), name)
    take(folder, entry_of(folder, clause, name)[0], name, **more)
    return folder


def change_of(old: str, new: str, clause: str) -> Change:
    comparison = compare(version(old, NAMES[0]), version(new, NAMES[1]))
    return next(change for change in comparison.changes if any(one.anchor == clause for one in change.new))


def test_a_decision_holds_wherever_the_same_words_are_compared(tmp_path: Path) -> None:
    reviews, _ = read(decided(tmp_path), policy())
    step, whole = change_of(SECOND, THIRD, "choice"), change_of(FIRST, THIRD, "choice")

    for name in NAMES:
        assert reviews.decision(VersionId(name), step) == reviews.decision(VersionId(name), whole)
        assert reviews.decision(VersionId(name), step) is not None
    assert reviews.decision(LAST, change_of(SECOND, THIRD, "contact")) is None


def test_the_review_of_the_version_comes_first_then_the_newest(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    words, _ = entry_of(folder, "choice")
    text = (folder / f"{LAST}.yml").read_text()
    for name, by in ((NAMES[0], "First"), (NAMES[1], "Second")):
        other = text.replace(f"version: {LAST}", f"version: {name}").replace("  since: 2022-01-01\n", "")
        (folder / f"{name}.yml").write_text(other.replace("Mary Smith", by))
    reviews, faults = read(folder, policy())

    assert not [fault for fault in faults if fault.code not in {"SP514", "SP515"}]
    assert reviews.decision_on(VersionId(NAMES[0]), words).by == "First"  # type: ignore[union-attr]
    assert reviews.decision_on(LAST, words).by == "Mary Smith"  # type: ignore[union-attr]
    (folder / f"{LAST}.yml").unlink()
    assert read(folder, policy())[0].decision_on(LAST, words).by == "Second"  # type: ignore[union-attr]


def test_the_digest_tells_decisions_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    completed(folder, policy())
    assert read(folder, policy())[0].digest == ""
    take(folder, entry_of(folder, "choice")[0])
    first = read(folder, policy())[0].digest
    path = folder / f"{LAST}.yml"
    path.write_text(path.read_text().replace("# A decision", "# Any decision"))
    assert read(folder, policy())[0].digest == first
    path.write_text(path.read_text().replace("by: Mary", "by: Anne"))
    assert read(folder, policy())[0].digest not in {first, ""}


# What a decision is bound to


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("We send mail only upon", "We send\nmail only upon", True),
        ("{#choice}", "{#consent}", True),
        ("Write to us.", "Write to us, please.", True),
        ("upon your express consent", "upon your consent", False),
        ("express consent", "**express** consent", False),
        ("We send mail", "- We send mail", False),
        ("We send mail", "We [send](https://a.example/) mail", False),
        ("## Choice", "## Consent", False),
    ],
)
def test_what_reopens_a_decision_on_a_clause(old: str, new: str, is_same: bool) -> None:
    dropped = FIRST.replace(" only upon your express consent", "")
    before = words_digest(change_of(FIRST, dropped, "choice"))
    other = FIRST.replace(old, new)
    clause = "consent" if "{#consent}" in new else "choice"
    dropped = dropped.replace("{#choice}", f"{{#{clause}}}")

    assert (words_digest(change_of(other, dropped, clause)) == before) is is_same


@pytest.mark.parametrize("side", ["old", "new"])
def test_another_link_target_reopens_a_decision(side: str) -> None:
    linked = FIRST.replace("express consent", "[express consent](https://a.example/)")
    other = linked.replace("a.example", "b.example")
    pairs = [(linked, FIRST), (other, FIRST)] if side == "old" else [(FIRST, linked), (FIRST, other)]

    assert len({words_digest(change_of(*pair, "choice")) for pair in pairs}) == 2


# Writing

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
PROSE = st.lists(
    st.sampled_from(
        ["consent:", "#", "“only”", "-", "—", "it’s", "数据。", "ข้อมูล", "x" * 40, "", " ", "'", '"', "\\", "a:b"]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(TEXT, PROSE), st.sampled_from([0, 2, 6]))
@example(" x", 0)
@example("x ", 0)
@example("\ud800 \U0001f600 \x85", 0)
@example("---", 0)
@example("a\u200eb", 0)
def test_any_text_is_read_back_as_it_was_written(text: str, margin: int) -> None:
    """Whatever a rule quotes or a person writes: what is read is what was written."""
    space = " " * margin
    lines = [
        f"{space}- words: x",
        *value_lines(f"{space}  reason:", text, margin + 4),
        f"{space}  rules:",
        *value_lines(f"{space}  -", text, margin + 4),
        *value_lines(f"{space}  -", "last", margin + 4),
        f"{space}  by:",
    ]
    entry, flaws = read_entry(lines, 1)
    assert [flaw for flaw in flaws if flaw.code == "SP510"] == []
    assert entry.fields["reason"].value == text
    assert rules_of(entry) == [text, "last"]
    assert entry.fields["by"].value == ""


def test_long_text_is_folded_and_short_text_is_plain() -> None:
    assert value_lines("  reason:", "It is lost.", 4) == ["  reason: It is lost."]
    assert value_lines("  reason:", "Lost: all", 4) == ['  reason: "Lost: all"']
    assert value_lines("  reason:", 'It says "all": ' + "word " * 30 + "end", 4)[:2] == [
        "  reason: >-",
        '    It says "all": word word word word word word word word word word word word word word word word',
    ]


def test_a_new_review_has_an_entry_for_each_change_that_needs_a_person(tmp_path: Path) -> None:
    done = completed(tmp_path / "reviews", policy())

    assert [question.clauses for question in done.open] == ["choice", "sharing"]
    assert [question.comparison.old.version_id for question in done.open] == ["2022-01-01", "2020-01-01"]
    body = done.text[done.text.index("version:") :]
    assert body.startswith(
        "version: 2024-01-01\nchanges:\n- clauses: choice\n  since: 2022-01-01\n  words: "
        + done.open[0].words
        + "\n  rules:\n"
        "  - >-\n    test-rule · reduces · material · consent — This was lost: Choice We send mail only upon your\n"
        "    express consent.\n"
        "  verdict:\n  material:\n  rights:\n  reason:\n  for-readers:\n  practice:\n  by:\n  on:\n"
        "\n- clauses: sharing\n"
    )


def test_what_the_step_before_decided_is_not_asked_again(tmp_path: Path) -> None:
    """The way from the baseline has the same words as an earlier step: the decision on that step holds."""
    folder = decided(tmp_path, "sharing", NAMES[1])

    assert [question.clauses for question in completed(folder, policy()).open] == ["choice"]


def test_nothing_to_ask_makes_no_file(tmp_path: Path) -> None:
    done = completed(tmp_path / "reviews", policy(FIRST, FIRST.replace("Write to us", "Call us")), NAMES[1])

    assert (done.text, done.open) == ("", ())
    assert not (tmp_path / "reviews").exists()


def test_neutral_findings_need_no_person(tmp_path: Path) -> None:
    made = policy(FIRST, SECOND)
    asked = {
        words: replace(question, findings=(finding(direction=Direction.NEUTRAL),))
        for words, question in questions(made, NAMES[1]).items()
    }

    assert not any(question.is_needed for question in asked.values())
    assert all(question.is_needed for question in questions(made, NAMES[1]).values())
    assert not list(tmp_path.iterdir())


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    before = (folder / f"{LAST}.yml").read_bytes()
    done = completed(folder, policy())

    assert (folder / f"{LAST}.yml").read_bytes() == before
    assert (len(done.open), len(done.decided), done.set_aside, done.taken_up) == (1, 1, (), ())


@given(steps=st.lists(st.sampled_from([0, 1, 2, 3]), min_size=1, max_size=5), data=st.data())
def test_whatever_is_edited_no_decision_is_lost(
    steps: Sequence[int], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """However the policy is edited: decisions stay and hold for their words alone; a second run changes nothing."""
    texts = [THIRD, THIRD.replace("share your", "sell your"), SECOND, FIRST.replace("express ", "")]
    folder = tmp_path_factory.mktemp("edits") / "reviews"
    taken = {}
    for number, step in enumerate(steps):
        made = policy(FIRST, SECOND, texts[step])
        done = completed(folder, made)
        again = completed(folder, made)
        assert again.text == done.text
        assert again.set_aside == again.taken_up == ()
        for question in done.open:
            if data.draw(st.booleans()):
                take(folder, question.words, by=f"Person {number}")
                taken[question.words] = f"Person {number}"
        reviews, faults = read(folder, made)
        assert faults == ()
        file = reviews.file(LAST)
        there = {} if file is None else {e.words: e.review.by for e in (*file.changes, *file.before) if e.review}
        assert there == taken
        asked = questions(made)
        held = {} if file is None else {entry.words for entry in file.changes if entry.review}
        assert held == {words for words in taken if words in asked}


def test_decided_entries_are_kept_to_the_letter(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    done = completed(folder, policy())
    first, second = (question.words for question in done.open)
    own = f"""\
# My own heading
version: {LAST}
changes:

  # Asked the product team.
  -   words: {second}   # bound
      clauses: sharing
      since: 2020-01-01
      on:   2020-01-02
      by: 'Mary Smith'
      # It is a loss.
      verdict:    mixed
      material: no
      reason: |
        One,
          two.
      # end
"""
    (folder / f"{LAST}.yml").write_text(own)
    done = completed(folder, policy())

    assert own.partition("changes:\n\n")[2] in done.text
    assert done.text.startswith(f"# My own heading\nversion: {LAST}\nchanges:\n  - clauses: choice\n    since:")
    assert [question.words for question in done.open] == [first]


def test_open_entries_get_new_findings_and_keep_their_comments(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    done = completed(folder, policy())
    path = folder / f"{LAST}.yml"
    commented = done.text.replace("- clauses: choice", "# Ask Anne.\n- clauses: choice").replace(
        "  verdict:\n", "  # hm\n  verdict:  # not sure\n", 1
    )
    path.write_text(commented.replace("test-rule · reduces · material", "old-rule · expands"))
    done = completed(folder, policy())

    assert done.text == commented
    take(folder, done.open[0].words)
    assert "  # hm\n  verdict: reduces\n  # not sure\n  material: yes\n" in path.read_text()
    assert "# Ask Anne.\n- clauses: choice" in path.read_text()


def test_a_decision_whose_words_were_edited_is_set_aside_and_taken_up_again(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    before = (folder / f"{LAST}.yml").read_text()
    _, entry = entry_of(folder, "choice")
    other = policy(FIRST, SECOND, THIRD.replace("send mail", "send letters"))
    done = completed(folder, other)

    assert [entry.clauses for entry in done.set_aside] == ["choice"]
    assert [question.clauses for question in done.open] == ["choice", "sharing"]
    head, _, kept = done.text.partition("\nchanges-before:\n")
    assert kept == f"- {entry.rstrip()}\n"
    assert head.endswith("# Decided on words that have been edited since: kept for the record, and no longer applied.")
    reviews, _ = read(folder, other)
    assert reviews.digest == ""
    done = completed(folder, policy())
    assert [entry.clauses for entry in done.taken_up] == ["choice"]
    assert [question.clauses for question in done.open] == ["sharing"]
    assert read(folder, policy())[0].digest != ""
    assert f"changes:\n- {entry.rstrip()}\n\n- clauses: sharing" in done.text
    assert done.text == before


def test_an_open_entry_that_is_no_longer_asked_goes_unless_someone_wrote_on_it(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    done = completed(folder, policy())
    path = folder / f"{LAST}.yml"
    other = policy(FIRST, SECOND, THIRD.replace("send mail", "send letters"))
    gone = done.open[0].words

    assert gone not in completed(folder, other).text
    path.write_text(done.text.replace("- clauses: choice", "# Ask Anne.\n- clauses: choice"))
    assert f"# Ask Anne.\n- clauses: choice\n  since: 2022-01-01\n  words: {gone}" in completed(folder, other).text


def test_a_clause_may_be_asked_about_without_findings(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    words = next(words for words, question in questions(policy()).items() if question.clauses == "contact")
    done = completed(folder, policy(), added={words})

    assert [question.clauses for question in done.open] == ["choice", "contact", "sharing"]
    assert completed(folder, policy()).text == done.text


def test_new_ids_are_written_into_entries_whose_words_hold(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    renamed = policy(*(text.replace("{#choice}", "{#consent}") for text in (FIRST, SECOND, THIRD)))
    assert {fault.code for fault in read(folder, renamed)[1]} == {"SP514"}
    done = completed(folder, renamed)

    assert [entry.clauses for entry in done.decided] == ["consent"]
    assert read(folder, renamed)[1] == ()


def test_a_decision_is_not_taken_twice(tmp_path: Path) -> None:
    folder = decided(tmp_path)

    with pytest.raises(UsageError, match="was changed meanwhile"):
        take(folder, entry_of(folder, "choice")[0])


def test_a_file_is_put_in_place_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reviews" / "a.yml"
    write_review(path, "one\n", before=None)
    with pytest.raises(UsageError, match="was changed meanwhile"):
        write_review(path, "two\n", before="other\n")
    path.chmod(0o640)
    write_review(path, "two\n", before="one\n")
    assert path.read_text() == "two\n"
    assert path.stat().st_mode & 0o777 == 0o640

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UsageError, match=r"cannot be written: No space left on device\."):
        write_review(path, "three\n", before="two\n")
    assert [(file.name, file.read_text()) for file in path.parent.iterdir()] == [("a.yml", "two\n")]


# Findings as lines


def test_a_finding_in_a_line_names_its_rights() -> None:
    line = rule_line(replace(finding("It is — lost."), rights=(Right.CONSENT, Right.SALE)))

    assert line == "test-rule · reduces · material · consent, sale — It is — lost."
    assert rights_in_rules([line, "nonsense", ""]) == (Right.CONSENT, Right.SALE)
    assert rule_line(replace(finding("x" * 3_000), rights=())).endswith("x…")
    assert read_rights("sale , Consent,x, sale") == ((Right.SALE, Right.CONSENT), ["x"])
