"""Rule files: what a team writes is heard, and what is wrong with it is told with its place and a remedy."""

from __future__ import annotations

import re
import tempfile
from dataclasses import fields
from pathlib import Path

import pytest
from frame import framed
from hypothesis import given
from hypothesis import strategies as st

from plain import version
from smallprint.assessing import assess
from smallprint.assessing.rule import Example, Rule, When
from smallprint.assessing.rule_file import parse_rules
from smallprint.assessing.rules import load_rules, read_rules, team_rules
from smallprint.assessing.vocabulary import vocabulary
from smallprint.comparing import compare
from smallprint.errors import ContentError, Fault
from smallprint.judgement import Direction, Right
from smallprint.reading.report import format_fault

RULE = """\
- id: faces-scanned
  direction: reduces
  weight: 0.9
  rights: [collection, security]
  message: "Faces are now spoken of: {said}."
  why: A face cannot be changed.
  source: GDPR Art. 9
  when:
    gained-words: 'face ?scan'
    gained: [data.biometric]
    novelty: 0.2
  material:
  - old: ""
    new: We make a biometric face scan of each visitor.
  not-material:
  - old: We make a biometric face scan of each visitor.
    new: ""
"""


def faults_of(text: str) -> tuple[Fault, ...]:
    return parse_rules(text, "content/rules/ours.yml").faults


def told(text: str) -> str:
    return "\n\n".join(map(format_fault, faults_of(text)))


def replaced(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new)


def write(folder: Path, **files: str) -> Path:
    (folder / "rules").mkdir()
    for name, text in files.items():
        (folder / "rules" / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def findings_on(old: str, new: str, content: Path) -> dict[str, Direction]:
    comparison = compare(version(framed(old), "2020-01-01"), version(framed(new), "2021-01-01"))
    found = assess(comparison, team_rules(content, "content").rules)
    return {finding.rule: finding.direction for claims in found.values() for finding in claims}


def test_a_rule_is_read_whole() -> None:
    """Every key of a rule arrives, and what was left out is empty."""
    parsed = parse_rules(RULE, "ours.yml")
    (rule,) = parsed.rules

    assert (parsed.faults, parsed.switched_off) == ((), ())
    assert (rule.id, rule.direction, rule.weight) == ("faces-scanned", Direction.REDUCES, 0.9)
    assert rule.rights == (Right.COLLECTION, Right.SECURITY)
    assert (rule.message, rule.why) == ("Faces are now spoken of: {said}.", "A face cannot be changed.")
    assert rule.source == "GDPR Art. 9"
    assert rule.when.gained == {"data.biometric"}
    assert rule.when.gained_words is not None
    assert rule.when.gained_words.search("Face Scans")
    assert (rule.when.novelty, rule.when.own, rule.when.stance) == (0.2, 0.0, "")
    assert rule.material == (Example("", "We make a biometric face scan of each visitor."),)
    assert rule.not_material == (Example("We make a biometric face scan of each visitor.", ""),)
    assert (rule.line, rule.column) == (1, 3)


def test_an_empty_file_has_no_rules() -> None:
    assert parse_rules("", "ours.yml") == parse_rules("# Nothing yet.\n", "ours.yml")
    assert parse_rules("", "ours.yml").rules == ()


BROKEN = {
    "a bracket that nothing closes": (
        replaced("[data.biometric]", "[data.biometric"),
        ("SP500", 11, 12, "A bracket is opened and not closed", "in double quotes"),
    ),
    "a colon in plain text": (
        replaced("A face cannot", "Why: a face cannot"),
        ("SP500", 6, 11, "A colon followed by a space", "in double quotes"),
    ),
    "a tab": (
        replaced("  why: A", "\twhy: A"),
        ("SP500", 6, 1, "A tab stands here", "write spaces"),
    ),
    "a character that YAML has not": (
        replaced("A face", "A\x07 face"),
        ("SP500", 6, 9, "U+0007", "Delete the character"),
    ),
    "no list": (
        "id: faces-scanned\n",
        ("SP500", 1, 1, "no list", "Begin each entry with a hyphen"),
    ),
    "two documents": (
        f"{RULE}---\n{RULE}",
        ("SP500", 18, 1, "A second list begins here", "`---`"),
    ),
    "an anchor": (
        replaced("rights: [", "rights: &ours ["),
        ("SP500", 4, 11, "`&ours` is a YAML anchor", "in double quotes"),
    ),
    "an alias": (
        replaced("weight: 0.9", "weight: *ours"),
        ("SP500", 3, 11, "`*ours` is a YAML alias", "in double quotes"),
    ),
    "a tag on a text": (
        replaced("weight: 0.9", "weight: !!python/name:os.system 0.9"),
        ("SP500", 3, 11, "has a YAML tag", "in double quotes"),
    ),
    "a tag on a list": (
        replaced("rights: [", "rights: !!set ["),
        ("SP500", 4, 11, "has a YAML tag", "in double quotes"),
    ),
    "a tag on a mapping": (
        replaced("- id:", "- !rule\n  id:"),
        ("SP500", 1, 3, "has a YAML tag", "in double quotes"),
    ),
    "a key twice": (
        replaced("  why:", "  weight: 0.1\n  why:"),
        ("SP205", 6, 3, "`weight` is given twice (first on line 3)", "Keep the one"),
    ),
    "a key that is a list": (
        replaced("  why:", "  ? [why]\n  :"),
        ("SP500", 6, 5, "A key has to be a word", "key: value"),
    ),
    "nested too deeply": (
        replaced("[data.biometric]", "[[[[[[data.biometric]]]]]]"),
        ("SP500", 10, 16, "many levels deep", "key: value"),
    ),
    "a key with a slip": (
        replaced("source:", "sourse:"),
        ("SP501", 7, 3, "`sourse` is no known key", "Did you mean `source`?"),
    ),
    "a key nobody knows": (
        replaced("  why:", "  colour: red\n  why:"),
        ("SP501", 6, 3, "`colour` is no known key", "The keys known here are `id`"),
    ),
    "a key of `when` with a slip": (
        replaced("    gained:", "    gaind:"),
        ("SP501", 10, 5, "`gaind` is no known key", "Did you mean `gained`?"),
    ),
    "a key of an example with a slip": (
        replaced("    new: We make", "    nev: We make"),
        ("SP501", 14, 5, "`nev` is no known key", "Did you mean `new`?"),
    ),
    "a term with a slip": (
        replaced("data.biometric", "data.biometrics"),
        ("SP501", 10, 14, "“data.biometrics” is not known", "Did you mean `data.biometric`?"),
    ),
    "a term nobody knows": (
        replaced("data.biometric", "zebra"),
        ("SP501", 10, 14, "“zebra” is not known", "assessing/vocabulary.yml"),
    ),
    "a right nobody knows": (
        replaced("[collection, security]", "[collection, securty]"),
        ("SP501", 4, 24, "“securty” is not known", "Did you mean `security`?"),
    ),
    "a direction that only people give": (
        replaced("direction: reduces", "direction: neutral"),
        ("SP501", 2, 14, "“neutral” is not known", "`reduces`, `expands` and `unclear`"),
    ),
    "a stance nobody takes": (
        replaced("    novelty:", "    stance: refuses\n    novelty:"),
        ("SP501", 11, 13, "“refuses” is not known", "Did you mean `refusal`?"),
    ),
    "a pattern that is none": (
        replaced("'face ?scan'", "'face (scan'"),
        ("SP501", 9, 19, "This is no pattern: missing )", "regular expression"),
    ),
    "a pattern that Python may read otherwise one day": (
        replaced("'face ?scan'", "'[[a]'"),
        ("SP501", 9, 19, "This is no pattern: Possible nested set", "regular expression"),
    ),
    "a pattern that repeats beyond all bounds": (
        replaced("'face ?scan'", "'a{99999999999}'"),
        ("SP501", 9, 19, "This is no pattern: the repetition number is too large", "regular expression"),
    ),
    "a pattern too long": (
        replaced("face ?scan", "a" * 401),
        ("SP501", 9, 19, "too long", "at most 400"),
    ),
    "a share above one": (
        replaced("weight: 0.9", "weight: 1.5"),
        ("SP501", 3, 11, "`weight: 1.5` is no share", "from 0 to 1"),
    ),
    "a share in words": (
        replaced("novelty: 0.2", "novelty: some"),
        ("SP501", 11, 14, "`novelty: some` is no share", "from 0 to 1"),
    ),
    "an id in capital letters": (
        replaced("id: faces-scanned", "id: Faces Scanned"),
        ("SP501", 1, 7, "“Faces Scanned” is no id", "consent-dropped"),
    ),
    "no id": (
        replaced("id: faces-scanned", "id:"),
        ("SP501", 1, 3, "has no `id`", "docs/judging.md"),
    ),
    "no reason and no source": (
        replaced("  why: A face cannot be changed.\n  source: GDPR Art. 9\n", ""),
        ("SP501", 1, 3, "has no `why` and `source`", "docs/judging.md"),
    ),
    "a field that stands for nothing": (
        replaced("{said}", "{quote}"),
        ("SP501", 5, 12, "“{quote}” stands for nothing", "`{things}` and `{said}`"),
    ),
    "nothing to look for": (
        replaced("    gained-words: 'face ?scan'\n    gained: [data.biometric]\n", ""),
        ("SP501", 9, 5, "does not say what it looks for", "`gained`"),
    ),
    "an example of nothing": (
        replaced("    new: We make a biometric face scan of each visitor.\n", '    new: ""\n'),
        ("SP501", 13, 5, "The example is empty", "as `old`"),
    ),
    "no examples": (
        RULE[: RULE.index("  not-material:")],
        ("SP501", 1, 3, "has no `not-material` examples", "at least one pair"),
    ),
    "a list of examples with none in it": (
        RULE[: RULE.index("  not-material:")] + "  not-material:\n",
        ("SP501", 15, 16, "has no `not-material` examples", "at least one pair"),
    ),
    "a rule switched off without a reason": (
        "- off: marketing-added\n",
        ("SP501", 1, 3, "`because` is missing", "because: REASON"),
    ),
    "an entry that is a mere text": (
        "- faces-scanned\n",
        ("SP501", 1, 3, "has no `id`", "docs/judging.md"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_fault_has_its_place_and_a_remedy(text: str, expected: tuple[str, int, int, str, str]) -> None:
    """What is wrong with a file is told with code, line, column and remedy, and the rule does not hold."""
    code, line, column, what, remedy = expected
    faults = faults_of(text)
    near = [one for one in faults if one.code == code and what in one.what]

    assert near, told(text)
    assert (near[0].line, near[0].column) == (line, column), told(text)
    assert remedy in near[0].remedy, told(text)
    assert near[0].excerpt == text.split("\n")[line - 1]
    assert parse_rules(text, "ours.yml").rules == ()


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """One broken rule does not hide the next; the good one between them is read."""
    text = replaced("weight: 0.9", "weight: much") + RULE.replace("faces", "eyes") + replaced("id: faces", "id: 1faces")
    parsed = parse_rules(text, "ours.yml")

    assert [(fault.line, fault.column) for fault in parsed.faults] == [(3, 11), (35, 7)]
    assert [rule.id for rule in parsed.rules] == ["eyes-scanned"]


def test_a_fault_as_a_person_sees_it() -> None:
    expected = (
        "content/rules/ours.yml:10:14: SP501 “data.biometrics” is not known here.\n"
        "  10 |     gained: [data.biometrics]\n"
        "     |              ^\n"
        "  help: Did you mean `data.biometric`?"
    )

    assert told(replaced("data.biometric", "data.biometrics")) == expected


def test_a_file_too_long_is_not_read() -> None:
    (fault,) = faults_of("# " + "a" * 500_001)

    assert (fault.code, fault.line) == ("SP500", 1)
    assert "Divide it" in fault.remedy


def test_a_rule_of_a_team_is_heard(tmp_path: Path) -> None:
    """A rule in the content folder counts beside those that come with smallprint, by its own weight."""
    pair = "We count our visitors.", "We count our visitors by means of a biometric face scan."

    assert "faces-scanned" not in findings_on(*pair, tmp_path)

    content = write(tmp_path, ours=RULE)

    assert findings_on(*pair, content)["faces-scanned"] is Direction.REDUCES
    assert team_rules(content, "content").rules[:-1] == load_rules()


def test_a_rule_that_is_switched_off_is_not_heard(tmp_path: Path) -> None:
    pair = "We use your messages only to deliver them.", "We use your messages for targeted ads."
    before = findings_on(*pair, tmp_path)
    named = "\n".join(f"- off: {rule}\n  because: We decide on these ourselves." for rule in before)
    content = write(tmp_path, ours=named)
    rules = team_rules(content, "content")

    assert before
    assert not before.keys() & findings_on(*pair, content).keys()
    assert dict(rules.off) == dict.fromkeys(before, "We decide on these ourselves.")
    assert {rule.id for rule in load_rules()} - {rule.id for rule in rules.rules} == set(before)


def test_without_a_folder_the_rules_are_our_own(tmp_path: Path) -> None:
    rules = team_rules(tmp_path, "content")

    assert (rules.rules, rules.off) == (load_rules(), ())


def test_files_are_read_by_name(tmp_path: Path) -> None:
    """A rule of an earlier file can be switched off in a later one; other files do not count."""
    content = write(tmp_path, a=RULE, b="- off: faces-scanned\n  because: Not any more.\n")
    (content / "rules" / "README.md").write_text("Ours.\n", encoding="utf-8")

    assert team_rules(content, "content").rules == load_rules()


MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "judging.md").read_text(encoding="utf-8")


def test_the_rule_in_the_manual_is_one(tmp_path: Path) -> None:
    """The rule that docs/judging.md explains is read without a fault, and does on its pairs what it says."""
    example, switch = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    content = write(tmp_path, ours=example + switch)
    rules = team_rules(content, "content")
    rule = rules.rules[-1]

    assert [rule for rule, _ in rules.off] == ["marketing-added"]
    for pair in rule.material:
        assert findings_on(pair.old, pair.new, content)[rule.id] is rule.direction
    for pair in rule.not_material:
        assert rule.id not in findings_on(pair.old, pair.new, content)


def test_the_manual_names_all_there_is() -> None:
    """Each direction, right, facet and key has its place on the page, and no term on it is made up."""
    keys = {field.name.replace("_", "-") for field in (*fields(Rule), *fields(When))} - {"line", "column"}
    facets = {term.facet for term in vocabulary().terms.values()}
    missing = [name for name in (*Direction, *Right, *keys, *facets) if f"`{name}`" not in MANUAL]
    named = set(re.findall(rf"`((?:{'|'.join(facets)})\.[\w-]+)`", MANUAL))

    assert missing == []
    assert named <= set(vocabulary().terms)


FOLDERS = {
    "two rules with one id": (
        {"a": RULE, "b": f"# Ours.\n\n{RULE}"},
        "content/rules/b.yml:3:3: SP502 There is a rule “faces-scanned” already.",
        "Give this one another id",
    ),
    "the id of a rule that comes with smallprint": (
        {"a": replaced("faces-scanned", "consent-dropped")},
        "content/rules/a.yml:1:3: SP502 There is a rule “consent-dropped” already.",
        "Give this one another id",
    ),
    "an id with a slip, to switch off": (
        {"a": "- off: marketing-aded\n  because: Our newsletter is the service.\n"},
        "content/rules/a.yml:1:3: SP503 There is no rule “marketing-aded” to switch off.",
        "Did you mean `marketing-added`?",
    ),
    "an id nobody has, to switch off": (
        {"a": "- off: zzzz\n  because: It sleeps.\n"},
        "content/rules/a.yml:1:3: SP503 There is no rule “zzzz” to switch off.",
        "“How changes are judged”",
    ),
    "a broken file beside a good one": (
        {"a": RULE, "b": "- id: [\n"},
        "content/rules/b.yml:1:1: SP500 A bracket is opened and not closed, or a value is missing.",
        "in double quotes",
    ),
}


@pytest.mark.parametrize(("files", "first", "remedy"), FOLDERS.values(), ids=FOLDERS)
def test_a_folder_with_faults_is_refused(files: dict[str, str], first: str, remedy: str, tmp_path: Path) -> None:
    """Nothing is judged by half of the rules: the faults of all files are raised together."""
    with pytest.raises(ContentError) as raised:
        team_rules(write(tmp_path, **files), "content")
    (fault,) = raised.value.faults

    assert format_fault(fault).startswith(first)
    assert remedy in fault.remedy


def test_a_file_with_the_other_ending_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "rules" / "ours.yaml").write_text(RULE, encoding="utf-8")

    with pytest.raises(ContentError) as raised:
        team_rules(tmp_path, "content")

    assert [(fault.path, fault.code, fault.remedy) for fault in raised.value.faults] == [
        ("content/rules/ours.yaml", "SP500", "Call it ours.yml.")
    ]


def read_as_rules(data: bytes) -> None:
    """Read bytes as a team's rule file; only a `ContentError` may come of it, and each fault can be told."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ours.yml").write_bytes(data)
        try:
            read_rules(Path(folder), "content/rules", load_rules())
        except ContentError as error:
            for fault in error.faults:
                assert fault.path == "content/rules/ours.yml"
                assert fault.what
                assert fault.remedy
                assert format_fault(fault)


@given(st.binary(max_size=200))
def test_bytes_raise_content_errors_only(data: bytes) -> None:
    read_as_rules(data)


YAMLISH = st.text(
    st.sampled_from("-:?[]{}&*!|>'\"%@`#, \n\t\\_~=<+.0aeé…\x00\x07\x85\u2028\ufeff") | st.characters(codec="utf-8"),
    max_size=120,
)


@given(YAMLISH)
def test_text_raises_content_errors_only(text: str) -> None:
    read_as_rules(text.encode())


@given(st.integers(0, len(RULE)), st.integers(0, 30), YAMLISH)
def test_a_rule_with_a_piece_replaced_raises_content_errors_only(start: int, length: int, piece: str) -> None:
    read_as_rules((RULE[:start] + piece + RULE[start + length :]).encode())


@given(st.text(st.sampled_from("()[]{}|*+?^$\\.,-<=!:P'a19") | st.characters(codec="utf-8"), max_size=60))
def test_patterns_raise_content_errors_only(pattern: str) -> None:
    quoted = pattern.replace("'", "''").replace("\n", " ")
    read_as_rules(replaced("face ?scan", quoted).encode())
