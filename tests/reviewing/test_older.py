"""Decisions bound by the older form of the hash: kept where only the form differs, open where anything else may."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from review_texts import DECISION, find_losses

from plain import version
from smallprint.model import Policy, VersionId
from smallprint.reading.version import parse_version
from smallprint.reviewing.baseline import ReviewComparisons
from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.file import parse_review
from smallprint.reviewing.legacy import legacy_fingerprint_of, legacy_words_digest
from smallprint.reviewing.published import Published, Released, release
from smallprint.reviewing.questions import ask_of
from smallprint.reviewing.reviews import read_reviews
from smallprint.reviewing.settled import settled_versions
from smallprint.reviewing.writing import complete

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from smallprint.model import Change
    from smallprint.reviewing.reviews import Reviews
    from smallprint.reviewing.writing import Completed

FIRST, SECOND, THIRD = NAMES = tuple(map(VersionId, ("2020-01-01", "2022-01-01", "2024-01-01")))
TABLE = "# Data {{#data}}\n\n| Data | Shared | Sold |\n|---|---|---|\n| Place | {} | {} |\n"
SHARED, SOLD = TABLE.format("only with banks", ""), TABLE.format("", "only with banks")
NEITHER = TABLE.format("no", "no")


def policy(*texts: str) -> Policy:
    return Policy("privacy", "Privacy", tuple(version(text, name) for text, name in zip(texts, NAMES, strict=False)))


def changes(made: Policy, name: VersionId) -> list[Change]:
    reviewed = next(one for one in made.versions if one.version_id == name)
    return [change for each in ReviewComparisons(made).of(reviewed) for change in each.differing]


def entry(words: str, *, is_decided: bool = True, comment: str = "") -> str:
    values = DECISION if is_decided else dict.fromkeys(DECISION, "")
    lines = [f"- clauses: data\n  since: {FIRST}\n  words: {words}{comment}\n  rules:\n  - r · unclear — A rule spoke."]
    return "\n".join([*lines, *(f"  {key}: {value}" for key, value in values.items())]) + "\n"


def write(folder: Path, name: VersionId, *entries: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yml").write_text(f"version: {name}\nchanges:\n" + "\n".join(entries), encoding="utf-8")
    return folder


def read(folder: Path, made: Policy, settled: Collection[VersionId] = ()) -> Reviews:
    reviews, faults = read_reviews(folder, "reviews", made, lambda: settled)
    assert faults == ()
    return reviews


def completed(folder: Path, made: Policy, name: VersionId, *, binds_older: bool) -> Completed:
    reviewed = next(one for one in made.versions if one.version_id == name)
    asked = ask_of(ReviewComparisons(made).of(reviewed), find_losses)
    text = (folder / f"{name}.yml").read_text(encoding="utf-8")
    file, faults = parse_review(text, name)
    assert faults == []
    return complete(file, asked, version=name, binds_older=binds_older)


# Looking decisions up


def test_it_holds_for_a_text_that_is_past_deciding_on_and_for_no_other(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    (change,) = changes(made, SECOND)
    folder = write(tmp_path / "reviews", SECOND, entry(legacy_words_digest(change)))

    assert read(folder, made, NAMES).decision(SECOND, change)
    assert read(folder, made, [FIRST]).decision(SECOND, change) is None
    assert read(folder, made).decision(SECOND, change) is None


def test_the_same_words_in_another_column_are_not_what_was_decided(tmp_path: Path) -> None:
    """The decision was on what is in force; the version to come has it in another column."""
    made = policy(NEITHER, SHARED, SOLD)
    (decided,) = changes(made, SECOND)
    sale = next(one for one in changes(made, THIRD) if legacy_words_digest(one) == legacy_words_digest(decided))
    folder = write(tmp_path / "reviews", SECOND, entry(legacy_words_digest(decided)))
    reviews = read(folder, made, [FIRST, SECOND])

    assert reviews.decision(THIRD, decided)
    assert reviews.decision(THIRD, sale) is None
    assert reviews.is_decided_elsewhere(THIRD, words_digest(decided))
    assert not reviews.is_decided_elsewhere(THIRD, words_digest(sale))
    assert not reviews.is_decided_elsewhere(SECOND, words_digest(decided))


def test_it_holds_for_nothing_where_two_changes_have_the_same_older_hash(tmp_path: Path) -> None:
    """It was sold before the step, and shared before the way from the baseline: nobody knows which was decided on."""
    made = policy(SHARED, SOLD, NEITHER)
    step, whole = changes(made, THIRD)
    assert legacy_words_digest(step) == legacy_words_digest(whole)
    folder = write(tmp_path / "reviews", THIRD, entry(legacy_words_digest(step)))
    reviews = read(folder, made, NAMES)

    assert [reviews.decision(THIRD, change) for change in (step, whole)] == [None, None]
    done = completed(folder, made, THIRD, binds_older=True)
    assert (len(done.open), len(done.set_aside), done.decided) == (2, 1, ())


def test_what_holds_depends_on_the_day_and_so_do_pages(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    folder = write(tmp_path / "reviews", SECOND, entry(legacy_words_digest(changes(made, SECOND)[0])))

    assert read(folder, made, NAMES).digest != read(folder, made, [FIRST]).digest
    folder = write(tmp_path / "reviews", SECOND, entry(words_digest(changes(made, SECOND)[0])))
    assert read(folder, made, NAMES).digest == read(folder, made, [FIRST]).digest != ""


# Which texts are past deciding on


def dated(text: str, name: str) -> Policy:
    made = [
        parse_version(f"---\ntitle: Privacy\n---\n\n{body}", path=f"{one}.md", version_id=one)[0]
        for body, one in ((NEITHER, str(FIRST)), (text, name))
    ]
    return Policy("privacy", "Privacy", tuple(made))


def test_a_text_in_force_is_past_deciding_on() -> None:
    made = dated(SHARED, "2022-01-01")

    assert settled_versions(made, Published(), dt.date(2022, 1, 1)) == {FIRST, SECOND}
    assert settled_versions(made, Published(), dt.date(2021, 12, 31)) == {FIRST}


@pytest.mark.parametrize("is_first_form", [True, False])
def test_a_text_that_is_as_it_was_released_is_past_deciding_on(*, is_first_form: bool) -> None:
    made = dated(SHARED, "2022-01-01")
    published = release(Published(), made.versions)
    if is_first_form:
        entries = {
            name: Released(old.effective, old.title, legacy_fingerprint_of(new), old.clauses)
            for (name, old), new in zip(published.versions.items(), made.versions, strict=True)
        }
        published = Published(versions=entries)
    day = dt.date(2021, 1, 1)

    assert settled_versions(made, published, day) == {FIRST, SECOND}
    assert settled_versions(dated(SOLD, "2022-01-01"), published, day) == {FIRST}
    # One that was changed since is not, whatever the day.
    assert settled_versions(dated(SOLD, "2022-01-01"), published, dt.date(2030, 1, 1)) == {FIRST}


# Binding them anew


def test_the_hash_is_written_anew_and_nothing_else(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    (change,) = changes(made, SECOND)
    folder = write(tmp_path / "reviews", SECOND, entry(legacy_words_digest(change), comment="  # bound"))
    before = (folder / f"{SECOND}.yml").read_text(encoding="utf-8")
    done = completed(folder, made, SECOND, binds_older=True)

    assert done.text == before.replace(legacy_words_digest(change), words_digest(change))
    assert [one.words for one in done.bound] == [one.words for one in done.decided] == [words_digest(change)]
    assert (done.open, done.set_aside, done.unproven) == ((), (), ())
    (folder / f"{SECOND}.yml").write_text(done.text, encoding="utf-8")
    again = completed(folder, made, SECOND, binds_older=False)
    assert (again.text, again.bound, len(again.decided)) == (done.text, (), 1)
    # From then on it holds for this column alone.
    moved = completed(folder, policy(NEITHER, SOLD), SECOND, binds_older=True)
    assert (len(moved.open), len(moved.set_aside), moved.decided) == (1, 1, ())


@pytest.mark.parametrize("form", ["'{}'", '"{}"', ">-\n    {}", "|-\n    {}"])
def test_the_hash_is_written_anew_however_it_was_written(form: str, tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    (change,) = changes(made, SECOND)
    folder = write(tmp_path / "reviews", SECOND, entry(form.format(legacy_words_digest(change))))
    done = completed(folder, made, SECOND, binds_older=True)

    assert [one.words for one in done.bound] == [words_digest(change)]
    assert legacy_words_digest(change) not in done.text


def test_what_nothing_proves_is_open_and_left_as_it_is(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    (change,) = changes(made, SECOND)
    folder = write(tmp_path / "reviews", SECOND, entry(legacy_words_digest(change)))
    done = completed(folder, made, SECOND, binds_older=False)

    assert done.text == (folder / f"{SECOND}.yml").read_text(encoding="utf-8")
    assert [question.words for question in done.open] == [words_digest(change)]
    assert [one.words for one in done.unproven] == [legacy_words_digest(change)]
    assert (done.decided, done.set_aside, done.bound, done.unanswered) == ((), (), (), ())


def test_an_open_entry_decides_nothing_and_is_bound_anew(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    (change,) = changes(made, SECOND)
    folder = write(tmp_path / "reviews", SECOND, "# Ask Anne.\n" + entry(legacy_words_digest(change), is_decided=False))
    done = completed(folder, made, SECOND, binds_older=False)

    assert f"# Ask Anne.\n- clauses: data\n  since: {FIRST}\n  words: {words_digest(change)}\n" in done.text
    assert [question.words for question in done.unanswered] == [words_digest(change)]


def test_a_decision_on_other_words_is_set_aside_as_ever(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    folder = write(tmp_path / "reviews", SECOND, entry("0123456789abcdef0123456789abcdef"))
    done = completed(folder, made, SECOND, binds_older=True)

    assert (len(done.open), len(done.set_aside), done.decided, done.bound) == (1, 1, (), ())
    assert done.text.index("changes-before:") < done.text.index("0123456789abcdef0123456789abcdef")


def test_what_was_decided_anew_meanwhile_counts_before_what_is_older(tmp_path: Path) -> None:
    made = policy(NEITHER, SHARED)
    (change,) = changes(made, SECOND)
    entries = [entry(words_digest(change)), entry(legacy_words_digest(change)).replace("Mary Smith", "Anne Jones")]
    done = completed(write(tmp_path / "reviews", SECOND, *entries), made, SECOND, binds_older=True)

    assert [one.review.by for one in done.decided if one.review] == ["Mary Smith"]
    assert [one.review.by for one in done.set_aside if one.review] == ["Anne Jones"]
