"""What keeps a version that is not yet in force from being published, and when that is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallprint.assessing.promise import promise_findings
from smallprint.comparing import compare
from smallprint.judgement import Direction, Finding, Review, Right
from smallprint.model import Policy
from smallprint.reading.report import format_fault
from smallprint.reading.version import parse_version
from smallprint.reviewing import judge, words_digest
from smallprint.reviewing.assessed import Assessed
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.gate import gate, undecided, weaker_marks
from smallprint.reviewing.owed import Owed, material_reductions, owed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from smallprint.errors import Fault
    from smallprint.model import Change, Comparison, Version

DAY = dt.date(2026, 1, 10)
MARK = " promise=notice days=30 by=email"
LOSS = Finding(
    rule="purpose-added",
    direction=Direction.REDUCES,
    material=True,
    rights=(Right.PURPOSE,),
    reason="Your name is now also used for advertising.",
    source="WP260 rev.01, paragraph 29",
    new_quote="and for advertising",
)
DECIDED = Review(Direction.REDUCES, True, (Right.PURPOSE,), "A new purpose.", "Ann Other", dt.date(2026, 1, 2))


def text(name: str, use: str = "", *, mark: str = MARK, promise: str = "", head: str = "") -> Version:
    """Return a version with a clause on use and one that promises notice."""
    promise = promise or "We will tell you by email 30 days before a change that reduces your rights."
    markdown = (
        f"---\ntitle: Privacy\neffective: {name}\n{head}---\n\n# Privacy {{#policy}}\n\n"
        f"## Use {{#use}}\n\nWe use your name to bill you{use}.\n\n"
        f"## Changes {{#changes{mark}}}\n\n{promise}\n"
    )
    version, faults = parse_version(markdown, path=f"content/privacy/{name}.md", version_id=name)
    assert {fault.code for fault in faults} <= {"SP210"}
    return version


def findings_of_use(comparison: Comparison) -> dict[int, tuple[Finding, ...]]:
    """Find a loss in each change of the clause on use, as a rule might."""
    found = dict(promise_findings(comparison))
    for change in comparison.differing:
        if any(clause.clause_id == "use" for clause in (*change.old, *change.new)):
            found[change.number] = (LOSS,)
    return found


def ask(
    *versions: Version, decide: Callable[[Change], Review | None] = lambda _: None, day: dt.date = DAY
) -> tuple[Fault, ...]:
    """Ask the gate of the last of some versions."""
    return gate(Policy("privacy", "Privacy", versions), versions[-1], known_of(*versions, decide=decide), day)


def known_of(*versions: Version, decide: Callable[[Change], Review | None] = lambda _: None) -> list[Assessed]:
    """Return what is known of the last of some versions."""
    return [
        Assessed(comparison, judge(comparison, findings_of_use(comparison), decide))
        for comparison in ReviewComparisons(Policy("privacy", "Privacy", versions)).of(versions[-1])
    ]


def told(faults: Iterable[Fault]) -> str:
    return "\n\n".join(map(format_fault, faults))


def decided(_: Change) -> Review:
    return DECIDED


OLD = text("2025-01-01")
NEW = text("2026-03-01", " and for advertising")
HELD = "notified: 2024-12-01\nnotified-by: email\n"


def test_an_undecided_change_is_told_at_its_clause() -> None:
    expected = """\
content/privacy/2026-03-01.md:8: SP520 Nobody has decided on the clause “use”, reworded since 2025-01-01: \
Your name is now also used for advertising [purpose-added, reduces].
  8 | ## Use {#use}
  help: Run `smallprint review privacy 2026-03-01`, and let counsel decide."""

    assert told(ask(OLD, NEW)) == expected


def test_nothing_is_asked_of_what_is_in_force_or_the_first() -> None:
    assert ask(OLD, NEW, day=dt.date(2026, 3, 1)) == ()
    assert [fault.code for fault in ask(OLD, NEW, day=dt.date(2026, 2, 28))] == ["SP520"]
    assert ask(NEW) == ()


def test_what_is_in_force_can_be_asked_the_same_by_others() -> None:
    policy, day = Policy("privacy", "Privacy", (OLD, NEW)), dt.date(2026, 3, 1)
    weak = text("2026-03-01", mark="")

    assert ask(OLD, NEW, day=day) == ()
    assert [fault.code for fault in undecided(policy, NEW, known_of(OLD, NEW))] == ["SP520"]
    assert list(undecided(policy, NEW, known_of(OLD, NEW, decide=decided))) == []
    assert [fault.code for fault in weaker_marks(weak, known_of(OLD, weak))] == ["SP525"]


def test_a_removed_clause_is_told_at_the_file() -> None:
    markdown = NEW.source.replace("## Use {#use}\n\nWe use your name to bill you and for advertising.\n\n", "")
    new, _ = parse_version(markdown, path=NEW.path, version_id="2026-03-01")
    (fault,) = ask(OLD, new)

    assert (fault.code, fault.line) == ("SP520", 0)
    assert "the clause “use” of the old version, removed since 2025-01-01" in fault.what


def test_what_is_decided_as_harmless_passes() -> None:
    harmless = replace(DECIDED, direction=Direction.NEUTRAL, material=False)
    small = replace(DECIDED, material=False)

    assert ask(OLD, NEW, decide=lambda _: harmless) == ()
    assert ask(OLD, NEW, decide=lambda _: small) == ()


def test_a_material_reduction_needs_notice() -> None:
    expected = """\
content/privacy/2026-03-01.md:3:1: SP521 A change reduces the rights of readers materially (“use”), and no `notified` \
says that users are told before it takes effect on 2026-03-01.
  3 | effective: 2026-03-01
    | ^^^^^^^^^^^^^^^^^^^^^
  help: Tell users by email by 2026-01-30, and write `notified: ` with the day, which may be a plan, and \
`notified-by: email`."""

    assert told(ask(OLD, NEW, decide=decided)) == expected


def test_without_a_promise_any_notice_will_do() -> None:
    old, new = text("2025-01-01", mark=""), text("2026-03-01", " and for ads", mark="", head="notified: 2026-02-27\n")

    assert ask(old, new, decide=decided) == ()
    late = text("2026-03-01", " and for ads", mark="", head="notified: 2026-03-02\n")
    (fault,) = ask(old, late, decide=decided)
    assert (fault.code, fault.remedy) == (
        "SP522",
        "Tell them by 2026-03-01, or let the version take effect on 2026-03-02 or later.",
    )
    assert fault.what.endswith("users are told 1 day after it takes effect on 2026-03-01.")
    bare = replace(new, notified=None)
    assert [fault.code for fault in ask(old, bare, decide=decided)] == ["SP521"]


def test_what_is_too_late_has_to_move() -> None:
    expected = """\
content/privacy/2026-03-01.md:3:1: SP524 A change reduces the rights of readers materially (“use”); 2025-01-01 \
promises 30 days of notice, nobody was told, and 28 days are left.
  3 | effective: 2026-03-01
    | ^^^^^^^^^^^^^^^^^^^^^
  help: Let the version take effect on 2026-03-03 or later: rename the file to 2026-03-03.md, and its review with it. \
Tell users by email, and \
write `notified: ` with the day, which may be a plan, and `notified-by: email`."""

    assert told(ask(OLD, NEW, decide=decided, day=dt.date(2026, 2, 1))) == expected


@pytest.mark.parametrize(
    ("head", "day", "remedy"),
    [
        (
            "notified: 2026-02-01",
            DAY,
            "Tell them by 2026-01-30, or let the version take effect on 2026-03-03 or later.",
        ),
        ("notified: 2026-02-01", dt.date(2026, 2, 5), "Let the version take effect on 2026-03-03 or later."),
    ],
)
def test_notice_later_than_promised(head: str, day: dt.date, remedy: str) -> None:
    new = text("2026-03-01", " and for advertising", head=f"{head}\nnotified-by: email\n")
    (fault,) = ask(OLD, new, decide=decided, day=day)

    assert (fault.code, fault.line, fault.excerpt) == ("SP522", 4, "notified: 2026-02-01")
    assert fault.what.endswith(
        "users are told 28 days before it takes effect on 2026-03-01; 2025-01-01 promises 30 days."
    )
    assert fault.remedy == remedy


@pytest.mark.parametrize(
    ("by", "said"), [("website", "`notified-by` says `website`"), ("", "there is no `notified-by`")]
)
def test_notice_in_another_way_than_promised(by: str, said: str) -> None:
    head = "notified: 2026-01-15\n" + (f"notified-by: {by}\n" if by else "")
    (fault,) = ask(OLD, text("2026-03-01", " and for advertising", head=head), decide=decided)

    assert (fault.code, fault.line) == ("SP523", 5 if by else 4)
    assert fault.what.endswith(f"(“use”); 2025-01-01 promises notice by email, and {said}.")
    assert fault.remedy == "Tell users by email, and write `notified-by: email`."


def test_a_promise_that_is_kept() -> None:
    head = "notified: 2026-01-30\nnotified-by: email\n"

    assert ask(OLD, text("2026-03-01", " and for advertising", head=head), decide=decided) == ()


def test_the_promise_users_hold_counts_and_not_the_new_one() -> None:
    """Nobody shortens a promise for the very change that shortens it, nor by a version nobody was told of."""
    short = " promise=notice days=5 by=website"
    head = "notified: 2026-02-20\nnotified-by: website\n"
    promise = "We will tell you on our website 5 days before a change that reduces your rights."
    new = text("2026-03-01", " and for advertising", mark=short, promise=promise, head=head)
    between = text("2025-06-01", mark=short, promise=promise)

    assert [fault.code for fault in ask(OLD, new, decide=decided)] == ["SP522", "SP523"]
    assert [fault.code for fault in ask(OLD, between, new, decide=decided)] == ["SP522", "SP523"]


def test_a_promise_made_since_counts_too() -> None:
    """Readers of the text in force rely on what it promises, whether they were told of it or not."""
    first = text("2024-01-01", mark="", promise="This policy may change.", head="notified: 2024-01-01\n")
    new = text("2026-03-01", " and for advertising", head="notified: 2026-02-20\nnotified-by: email\n")

    assert [fault.code for fault in ask(first, OLD, new, decide=decided)] == ["SP522"]


def test_the_baseline_is_what_users_were_told_of() -> None:
    """A loss in an earlier step that nobody was told of is asked about again."""
    first = text("2024-01-01", head="notified: 2024-01-01\nnotified-by: email\n")
    between = text("2025-06-01", " and for advertising")
    new = text("2026-03-01", " and for advertising", promise="We will tell you 30 days before, by email, of changes.")
    whats = [fault.what for fault in ask(first, between, new) if "“use”" in fault.what]

    assert len(whats) == 1
    assert "reworded since 2024-01-01" in whats[0]


def test_the_same_words_are_told_once() -> None:
    first = text("2024-01-01", head=HELD.replace("2024-12-01", "2024-01-01"))
    faults = ask(first, replace(OLD, notified=None), NEW)

    assert [fault.code for fault in faults] == ["SP520"]
    assert words_digest(compare(first, NEW).differing[0]) == words_digest(compare(OLD, NEW).differing[0])


@pytest.mark.parametrize(
    ("mark", "lost"),
    [
        ("", "notice of changes that reduce rights materially"),
        (" promise=notice days=10 by=email", "30 days of notice (now 10)"),
        (" promise=notice by=banner", "30 days of notice and notice by email (now by a banner)"),
        (" promise=notice days=30", "notice by email"),
    ],
)
def test_a_mark_that_is_weaker_than_its_words(mark: str, lost: str) -> None:
    (fault,) = ask(OLD, text("2026-03-01", mark=mark))

    assert (fault.code, fault.line) == ("SP525", 12)
    assert fault.what.endswith(f"no longer says what they promise: {lost}.")


@pytest.mark.parametrize("mark", [MARK, " promise=notice days=31 by=post", " promise=notice days=30 by=post"])
def test_a_mark_that_is_as_strong_is_no_fault(mark: str) -> None:
    assert ask(OLD, text("2026-03-01", mark=mark)) == ()


@pytest.mark.parametrize(
    ("mark", "rule", "reason"),
    [
        ("", "promise-weakened", "Notice of changes that reduce rights materially is no longer promised."),
        (" promise=notice days=7 by=email", "promise-weakened", "30 days of notice (now 7) is no longer promised."),
        (
            " promise=notice by=app",
            "promise-weakened",
            "30 days of notice and notice by email (now in the app) are no longer promised.",
        ),
        (" promise=notice days=60 by=email", "promise-strengthened", "60 days of notice (before 30) is now promised."),
    ],
)
def test_a_promise_that_changes_with_its_words_is_found(mark: str, rule: str, reason: str) -> None:
    promise = "We may tell you of changes." if rule == "promise-weakened" else "We give 60 days of notice."
    comparison = compare(OLD, text("2026-03-01", mark=mark, promise=promise))
    ((finding,),) = promise_findings(comparison).values()

    assert (finding.rule, finding.reason, finding.rights) == (rule, reason, (Right.NOTICE,))
    assert finding.direction is (Direction.REDUCES if rule == "promise-weakened" else Direction.EXPANDS)
    assert finding.material == (rule == "promise-weakened")
    assert finding.old_quote == "We will tell you by email 30 days before a change that reduces your rights."
    assert finding.new_quote == promise


def test_a_promise_that_goes_or_comes_with_its_clause() -> None:
    without, _ = parse_version(OLD.source.partition("## Changes")[0], path="a.md", version_id="2026-03-01")
    ((gone,),) = promise_findings(compare(OLD, without)).values()
    ((came,),) = promise_findings(compare(without, OLD)).values()

    assert (gone.rule, gone.new_quote) == ("promise-weakened", None)
    assert (came.rule, came.old_quote) == ("promise-strengthened", None)


def test_a_mark_that_is_new_on_old_words_is_no_gain() -> None:
    bare = text("2025-01-01", mark="")

    assert promise_findings(compare(bare, text("2026-03-01"))) == {}
    assert promise_findings(compare(bare, text("2026-03-01", promise="We will email you 30 days before."))) == {}


def test_what_is_owed_is_the_strictest_promise_that_readers_hold() -> None:
    longer = text("2025-03-01", mark=" promise=notice days=45 by=banner")
    later = text("2025-06-01", mark=" promise=notice days=20 by=post")
    versions = (OLD, longer, later, NEW)

    assert owed(Policy("privacy", "Privacy", versions), NEW, known_of(*versions)) == Owed(
        45, longer.version_id, ("email", "post"), later.version_id
    )
    assert owed(Policy("privacy", "Privacy", versions), longer, known_of(*versions[:2])).days == 30
    bare = text("2025-01-01", mark="")
    assert owed(Policy("privacy", "Privacy", (bare, NEW)), NEW, known_of(bare, NEW)) == Owed()


def test_the_channels_owed_in_words() -> None:
    assert Owed(ways=("email", "post")).by == "by email or by post"
    assert Owed().by == ""


def test_material_reductions_are_those_that_people_decided_to_be() -> None:
    first = text("2024-01-01", head=HELD.replace("2024-12-01", "2024-01-01"))
    versions = (first, replace(OLD, notified=None), NEW)

    (change,) = material_reductions(known_of(*versions, decide=decided))
    assert [clause.clause_id for clause in change.new] == ["use"]
    assert material_reductions(known_of(*versions)) == []
    for other in (
        replace(DECIDED, material=False),
        replace(DECIDED, direction=Direction.EXPANDS),
    ):
        assert material_reductions(known_of(*versions, decide=lambda _, other=other: other)) == []  # type: ignore[misc]


@given(
    days=st.integers(0, 120),
    lead=st.integers(-20, 150),
    left=st.integers(1, 150),
    is_told=st.booleans(),
)
def test_the_gate_opens_just_when_the_promise_is_kept(days: int, lead: int, left: int, is_told: bool) -> None:
    """For any promise and any day: no fault means enough notice, and doing as the fault says ends it."""
    effective = dt.date(2026, 6, 1)
    old = text("2025-01-01", mark=f" promise=notice days={days} by=email")
    mark = f" promise=notice days={days} by=email"
    new = replace(text("2026-06-01", " and for advertising", mark=mark), notified_by="email")
    new = replace(new, notified=effective - dt.timedelta(days=lead) if is_told else None)
    faults = ask(old, new, decide=decided, day=effective - dt.timedelta(days=left))

    assert (not faults) == (is_told and lead >= days)
    if faults and not is_told:
        assert faults[0].code == ("SP521" if left >= days else "SP524")
    for fault in faults:
        if "take effect on" in fault.remedy:
            earliest = fault.remedy.partition("take effect on ")[2][:10]
            moved = text(earliest, " and for advertising", mark=mark)
            told = new.notified or effective - dt.timedelta(days=left)
            as_said = replace(moved, notified=told, notified_by="email")
            assert ask(old, as_said, decide=decided, day=told) == ()


def test_days_at_the_end_of_the_calendar_are_days() -> None:
    new = text("9999-12-31", " and for advertising", head="notified: 9999-12-30\nnotified-by: email\n")

    assert [fault.code for fault in ask(OLD, new, decide=decided)] == ["SP522"]
