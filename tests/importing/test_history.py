"""Histories: which commits of a file become versions, on which day, with which ids; and what is told of the others."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from word_files import ins, make_docx, p

from git_histories import CHANGES, POLICY, TECHNICAL, Made, import_many, make_repository
from smallprint.errors import UsageError
from smallprint.importing.git import Repository
from smallprint.importing.history import History, import_history
from smallprint.importing.history_folder import write_history
from smallprint.reading.tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path

FILE = "Acme/Privacy Policy.md"
FORTY = POLICY.replace("30 days", "40 days")
FIFTY = POLICY.replace("30 days", "50 days")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_repository(tmp_path / "repository")


def read(made: Made, path: str = FILE, **more: object) -> History:
    return import_history(Repository(made.folder), path, **more)  # type: ignore[arg-type]


def days(history: History) -> list[str]:
    return [each.version_id for each in history.kept]


def skipped(history: History) -> list[tuple[str, str]]:
    return [(str(each.commit.day), each.why) for each in history.skipped]


def test_each_change_of_words_is_a_version(made: Made) -> None:
    made.commit("2020-01-01", "First record of Acme Privacy Policy", {FILE: POLICY})
    made.commit("2021-02-03", CHANGES, {FILE: FORTY})
    made.commit("2021-05-01", "Something else", {"README.md": "Read me."})

    history = read(made)

    assert days(history) == ["2020-01-01", "2021-02-03"]
    assert history.skipped == ()
    assert history.notes == ()
    assert "effective: 2021-02-03" in history.kept[1].imported.markdown
    assert "40 days" in history.kept[1].imported.markdown


def test_ids_are_carried_on_from_version_to_version(made: Made) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    retitled = FORTY.replace("## Cookies", "## What we store in your browser")
    made.commit("2021-01-01", "b", {FILE: retitled})
    made.commit("2022-01-01", "c", {FILE: retitled.replace("40 days", "50 days")})

    for each in read(made).kept:
        assert "{#cookies}" in each.imported.markdown


def test_an_id_that_was_dropped_is_not_given_to_something_else(made: Made, tmp_path: Path) -> None:
    without = FORTY.replace("## Cookies", "## Sweets").replace("cookies for 40 days, so that you need not", "sugar and")
    other = (
        without + "\n## Cookies\n\nOn Sundays our bakery hands out oatmeal biscuits to all the children next door.\n"
    )
    for day, text in (
        ("2020-01-01", POLICY),
        ("2021-01-01", without.replace("log in at every visit", "spice")),
        ("2022-01-01", other),
    ):
        made.commit(day, "x", {FILE: text})

    write_history(read(made), tmp_path / "content", "privacy")

    assert len(read_tree(tmp_path / "content").policies[0].versions) == 3


def test_technical_commits_are_skipped_and_told(made: Made) -> None:
    made.commit("2019-01-01", TECHNICAL, {FILE: POLICY})
    made.commit("2020-01-01", TECHNICAL, {FILE: FORTY})
    made.commit("2020-02-01", "Refilter Acme Privacy Policy", {FILE: FIFTY})
    made.commit("2021-01-01", CHANGES, {FILE: POLICY.replace("30 days", "60 days")})

    history = read(made)

    assert days(history) == ["2019-01-01", "2021-01-01"]
    why = "a technical change of how the page was read, by its subject"
    assert skipped(history) == [("2020-01-01", why), ("2020-02-01", why)]


@pytest.mark.parametrize(
    "text",
    [
        POLICY.replace("30 days", "**30 days**"),
        POLICY.replace("## Cookies", "### Cookies"),
        POLICY.replace(", so that", ",\nso that"),
        POLICY.replace("\n", "\r\n"),
    ],
)
def test_formatting_is_no_change(made: Made, text: str) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    made.commit("2021-01-01", "b", {FILE: text})

    why = "no word of the policy changed, only formatting or what is left out of it"
    assert skipped(read(made)) == [("2021-01-01", why)]


def test_where_a_link_leads_is_a_change(made: Made) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY.replace("a court", "[a court](https://a.example/)")})
    made.commit("2021-01-01", "b", {FILE: POLICY.replace("a court", "[a court](https://b.example/)")})

    assert days(read(made)) == ["2020-01-01", "2021-01-01"]


def test_the_later_of_two_on_one_day(made: Made) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    made.commit("2021-01-01 09:00:00 +0000", "b", {FILE: FORTY})
    sha = made.commit("2021-01-01 10:00:00 +0000", "c", {FILE: FIFTY})

    history = read(made)

    assert "50 days" in history.kept[1].imported.markdown
    assert skipped(history) == [("2021-01-01", f"{sha[:10]}, later on the same day, took its place")]


def test_the_day_is_that_of_the_author_where_the_author_was(made: Made) -> None:
    made.commit("2021-01-01 23:30:00 -0800", "a", {FILE: POLICY})

    assert days(read(made)) == ["2021-01-01"]


def test_empty_deleted_and_broken_in_between(made: Made) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    made.commit("2020-02-01", "b", {FILE: " \n"})
    made.commit("2020-03-01", "c", {FILE: None})
    made.commit("2020-04-01", "d", {FILE: "# 404\n\nThis page cannot be found."})
    made.commit("2020-05-01", "e", {FILE: b"\xff\xfe\x00"})
    made.commit("2020-06-01", "f", {FILE: "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"})
    made.commit("2020-07-01", "g", {FILE: FORTY})

    history = read(made)

    assert days(history) == ["2020-01-01", "2020-07-01"]
    assert [day for day, _ in skipped(history)] == [f"2020-0{month}-01" for month in range(2, 7)]
    assert "{#cookies}" in history.kept[1].imported.markdown


def test_a_much_shorter_text_is_a_version_and_told(made: Made) -> None:
    long = POLICY + "We keep the records of your visits for as long as you have an account with us.\n" * 200
    short = POLICY + "We keep the records of your visits for as long as you have an account with us.\n" * 10
    for day, text in (("2020-01-01", long), ("2021-01-01", short), ("2022-01-01", f"{long}\nAnd more.\n")):
        made.commit(day, "x", {FILE: text})

    history = read(made)

    assert days(history) == ["2020-01-01", "2021-01-01", "2022-01-01"]
    assert history.notes == ("2021-01-01 has 246 words, the version before it 3476; see whether the text is whole.",)


def test_pages_are_read_as_pages(made: Made) -> None:
    page = "<!DOCTYPE html><html><body><main><h1>Privacy</h1><p>{}</p></main></body></html>"
    words = "We keep your name and your address for as long as you are with us. " * 20
    wall = "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
    made.commit("2020-01-01", "a", {"p.html": page.format(words)})
    made.commit("2020-02-01", "b", {"p.html": wall})
    made.commit("2020-03-01", "c", {"p.html": page.format(words + "We sell it.")})

    history = read(made, "p.html")

    assert days(history) == ["2020-01-01", "2020-03-01"]
    assert "<p>" not in history.kept[0].imported.markdown


def test_word_files_with_tracked_changes_need_a_view(made: Made) -> None:
    made.commit("2020-01-01", "a", {"p.docx": make_docx(p("We keep little of what you tell us."))})
    made.commit(
        "2021-01-01", "b", {"p.docx": make_docx(p("We keep little", ins("<w:r><w:t> or all</w:t></w:r>"), "."))}
    )

    assert days(read(made, "p.docx")) == ["2020-01-01"]
    assert "tracked changes" in skipped(read(made, "p.docx"))[0][1]
    assert days(read(made, "p.docx", view="final")) == ["2020-01-01", "2021-01-01"]


def test_a_renamed_file_is_followed(made: Made) -> None:
    made.commit("2020-01-01", "a", {"old name.md": POLICY})
    made.git("mv", "--", "old name.md", "--output=x.md")
    made.commit("2020-06-01", "b", {})
    made.commit("2021-01-01", "c", {"--output=x.md": FORTY})

    history = read(made, "--output=x.md")

    assert days(history) == ["2020-01-01", "2021-01-01"]
    assert history.notes == ("The file was renamed: old name.md → --output=x.md.",)
    assert skipped(history) == [("2020-06-01", "the text is that of the version before it")]


def test_a_copied_file_begins_where_it_was_copied(made: Made) -> None:
    made.commit("2020-01-01", "a", {"other.md": POLICY})
    made.commit("2021-01-01", "b", {"copy.md": POLICY})
    made.commit("2022-01-01", "c", {"copy.md": FORTY})

    history = read(made, "copy.md")

    assert days(history) == ["2021-01-01", "2022-01-01"]
    assert history.notes == ("copy.md began as a copy of other.md; the history of other.md was not read.",)


def test_since_and_until(made: Made) -> None:
    for year in range(2018, 2024):
        made.commit(f"{year}-01-01", "x", {FILE: POLICY.replace("30", str(year))})

    history = read(made, since=dt.date(2020, 1, 1), until=dt.date(2021, 1, 1))

    assert days(history) == ["2020-01-01", "2021-01-01"]
    with pytest.raises(UsageError, match="has 6 commits, none of them between"):
        read(made, since=dt.date(2025, 1, 1))


def test_days_out_of_order(made: Made) -> None:
    made.commit("2021-01-01", "a", {FILE: FORTY})
    made.commit("2020-01-01", "b", {FILE: POLICY})

    history = read(made)

    assert days(history) == ["2020-01-01", "2021-01-01"]
    assert len(history.notes) == 1


def test_files_with_ids_keep_them(made: Made) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY.replace("## Cookies", "## Cookies {#biscuits}")})
    made.commit("2021-01-01", "b", {FILE: FORTY.replace("## Cookies", "## Cookies {#biscuits}")})

    for each in read(made).kept:
        assert "## Cookies {#biscuits}" in each.imported.markdown


@pytest.mark.parametrize("place", ["bare", "subfolder", "dot-git", "clone"])
def test_wherever_the_repository_is(made: Made, tmp_path: Path, place: str) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    folder, path = made.folder, FILE
    if place == "bare":
        folder = tmp_path / "bare.git"
        made.git("clone", "--quiet", "--bare", ".", str(folder))
    elif place == "subfolder":
        folder, path = made.folder / "Acme", "Privacy Policy.md"
    elif place == "dot-git":
        folder = made.folder / ".git"
    else:
        folder = tmp_path / "clone"
        made.git("clone", "--quiet", "--depth=1", f"file://{made.folder}", str(folder))

    history = import_history(Repository(folder), path)

    assert days(history) == ["2020-01-01"]
    assert len(history.notes) == (place == "clone")


def test_nothing_of_the_repository_runs(made: Made, tmp_path: Path) -> None:
    """Hooks, pagers, conversions, monitors and signature checks of a repository are not run."""
    made.commit("2020-01-01", "a", {FILE: POLICY, ".gitattributes": "*.md diff=evil filter=evil\n"})
    proof = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    for key in (
        "core.pager", "core.fsmonitor", "core.sshCommand", "diff.external", "diff.evil.textconv", "filter.evil.smudge",
        "gpg.program", "core.editor", "pager.log",
    ):  # fmt: skip
        made.git("config", key, str(script))
    made.git("config", "log.showSignature", "true")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        shutil.copy(script, made.folder / ".git" / "hooks" / hook)

    assert days(read(made)) == ["2020-01-01"]
    assert not proof.exists()


def test_variables_of_git_lead_nowhere_else(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    other = make_repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))

    assert days(read(made)) == ["2020-01-01"]


def test_what_is_not_there_is_told(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="has no commits"):
        read(made)
    made.commit("2020-01-01", "a", {FILE: POLICY, "empty.md": ""})
    with pytest.raises(UsageError, match=r"has a file Acme/Privacy policy\.md\. There is: Acme/Privacy Policy\.md"):
        read(made, "Acme/Privacy policy.md")
    for folder in ("Acme", "Acme/", "Acme/.", ".", "./", ""):
        with pytest.raises(UsageError, match="is a folder"):
            read(made, folder)
    with pytest.raises(UsageError, match="outside of the repository"):
        read(made, "../a.md")
    with pytest.raises(UsageError, match=r"No commit of empty\.md has a version of a policy: the file is empty"):
        read(made, "empty.md")
    with pytest.raises(UsageError, match="There is no folder"):
        Repository(tmp_path / "nowhere")
    (tmp_path / "plain").mkdir()
    with pytest.raises(UsageError, match="no git repository"):
        Repository(tmp_path / "plain")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        Repository(made.folder)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_someone_else(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    for path in (made.folder, made.folder / ".git"):
        os.chown(path, 12345, 12345)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    with pytest.raises(UsageError, match=r"belongs to another user.*safe\.directory"):
        read(made)


def test_two_imports_give_the_same_bytes(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.commit("2020-01-01", "a", {FILE: POLICY})
    made.commit("2021-01-01", TECHNICAL, {FILE: FIFTY})
    made.commit("2022-01-01", "c", {FILE: FORTY})
    write_history(read(made), tmp_path / "one", "privacy")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    time.tzset()
    write_history(read(made), tmp_path / "two", "privacy")

    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert sorted(path.as_posix() for path in one) == [
        "privacy/2020-01-01.md",
        "privacy/2022-01-01.md",
        "privacy/policy.yml",
        "privacy/sources/2020-01-01.md",
        "privacy/sources/2022-01-01.md",
        "privacy/sources/history.txt",
    ]


def test_a_long_history_takes_seconds(made: Made, tmp_path: Path) -> None:
    import_many(made, "p.md", 60)
    begun = time.process_time()
    history = read(made, "p.md")
    write_history(history, tmp_path / "content", "privacy")

    assert len(history.kept) == 60
    assert time.process_time() - begun < 30


NOT_COVERED = (
    "\n## What this policy does not cover\n\nShops that we link to have policies of their own. Read them first.\n"
)


def test_a_clause_that_comes_back_gets_its_id_back(made: Made, tmp_path: Path) -> None:
    """It had four ids over time, and each redline said that it is new."""
    for number, text in enumerate([POLICY + NOT_COVERED, POLICY] * 4, 1):
        made.commit(f"2020-0{number}-01", "x", {FILE: text})

    history = read(made)
    write_history(history, tmp_path / "content", "privacy")

    marks = [line for each in history.kept for line in each.imported.markdown.split("\n") if "not cover" in line]
    assert marks == ["## What this policy does not cover {#scope}"] * 4
    assert read_tree(tmp_path / "content").faults == ()


def test_a_clause_that_comes_back_in_other_words_gets_its_id_back(made: Made) -> None:
    changed = NOT_COVERED.replace("Read them first", "Read them before you order")
    for day, text in (("2020-01-01", POLICY + NOT_COVERED), ("2021-01-01", POLICY), ("2022-01-01", POLICY + changed)):
        made.commit(day, "x", {FILE: text})

    assert "not cover {#scope}" in read(made).kept[2].imported.markdown


def test_a_clause_on_the_same_thing_in_other_words_is_another_clause(made: Made, tmp_path: Path) -> None:
    other = "\n## What this policy does not cover\n\nNothing that our bakery hands out on Sundays is within it.\n"
    for day, text in (("2020-01-01", POLICY + NOT_COVERED), ("2021-01-01", POLICY), ("2022-01-01", POLICY + other)):
        made.commit(day, "x", {FILE: text})

    history = read(made)
    write_history(history, tmp_path / "content", "privacy")

    assert "{#scope}" not in history.kept[2].imported.markdown


LINKED = POLICY.replace("a court", "[a court](https://court.example/?from={})")


def test_versions_that_give_back_an_earlier_text_are_counted(made: Made) -> None:
    """A site that answers with two variants makes a version of each answer; that is reported, and not decided."""
    for number, text in enumerate([POLICY, FORTY, POLICY, FORTY], 1):
        made.commit(f"2020-0{number}-01", "x", {FILE: text})

    history = read(made)

    assert len(history.kept) == 4
    assert [each.repeats for each in history.kept] == ["", "", "2020-01-01", "2020-02-01"]
    assert history.notes[0] == "2 of 4 versions say again, to the letter, what an earlier one said."
    assert "--skip-reverts" in history.notes[1]


def test_the_query_of_a_link_that_changes_is_counted(made: Made) -> None:
    for number, name in enumerate(["home", "app", "home", "browser"], 1):
        made.commit(f"2020-0{number}-01", "x", {FILE: LINKED.format(name)})

    assert read(made).notes[:2] == (
        "1 of 4 versions says again, to the letter, what an earlier one said.",
        "3 of 4 versions differ from the one before in nothing but the query of a link.",
    )
    assert days(read(made, skip_reverts=True)) == ["2020-01-01"]


def test_reverts_can_be_left_out_and_the_text_in_force_stays(made: Made) -> None:
    for number, text in enumerate([POLICY, FORTY, POLICY, FORTY, FIFTY, POLICY], 1):
        made.commit(f"2020-0{number}-01", "x", {FILE: text})

    history = read(made, skip_reverts=True)

    assert days(history) == ["2020-01-01", "2020-02-01", "2020-05-01", "2020-06-01"]
    assert skipped(history) == [
        ("2020-03-01", "it gives back the text of 2020-01-01"),
        ("2020-04-01", "it gives back the text of 2020-02-01"),
    ]


def test_the_text_in_force_stays_if_a_query_changed_after_it(made: Made) -> None:
    for number, text in enumerate([LINKED.format("a"), FORTY, LINKED.format("b"), LINKED.format("c")], 1):
        made.commit(f"2020-0{number}-01", "x", {FILE: text})

    assert days(read(made, skip_reverts=True)) == ["2020-01-01", "2020-02-01", "2020-03-01"]


def test_a_version_without_a_heading_takes_the_title_of_its_policy(made: Made) -> None:
    bare = POLICY.replace("# Privacy Policy\n\n", "", 1).replace("## ", "")
    made.commit("2020-01-01", "a", {FILE: bare})
    made.commit("2021-01-01", "b", {FILE: POLICY.replace("# Privacy Policy", "# Privacy at Acme")})

    first = read(made).kept[0].imported.markdown
    named = read(made, title="Our Policy").kept[0].imported.markdown

    assert "title: Privacy at Acme\n" in first
    assert "title: Our Policy\n" in named


GERMAN = """\
# Datenschutz

Wir heben nur wenig von dem auf, was du uns sagst, und hier steht, was es ist und wozu wir es brauchen.

## Kekse

Wir legen kleine Dateien auf deinem Rechner ab, damit du dich nicht bei jedem Besuch neu anmelden musst, und
löschen jede davon nach dreißig Tagen, wenn du sie nicht vorher schon selbst gelöscht hast.

## Weitergabe

Niemand bekommt etwas davon, solange kein Gericht es verlangt; dann sagen wir dir vorher Bescheid, wenn wir dürfen.
"""


def test_a_version_in_another_language_is_reported(made: Made) -> None:
    for day, text in (("2020-01-01", POLICY), ("2020-02-01", GERMAN), ("2020-03-01", FORTY)):
        made.commit(day, "x", {FILE: text})

    (note,) = read(made).notes
    (other,) = read(made, language="de").notes

    assert note.startswith("1 version of 3 does not read as English, unlike the language of the policy: 2020-02-01.")
    assert other.startswith(
        "2 versions of 3 read as English, unlike the language of the policy: 2020-01-01, 2020-03-01."
    )


def test_check_lets_a_clause_come_back_in_capitals(made: Made, tmp_path: Path) -> None:
    for day, text in (("2020-01-01", POLICY + NOT_COVERED), ("2021-01-01", POLICY), ("2022-01-01", POLICY)):
        made.commit(day, "x", {FILE: f"{text}{NOT_COVERED.upper() if day > '2021-12' else ''}\n{day}\n"})

    history = read(made)
    write_history(history, tmp_path / "content", "privacy")

    assert "{#scope}" in history.kept[2].imported.markdown
    assert read_tree(tmp_path / "content").faults == ()
