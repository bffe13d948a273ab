"""A build that takes pages over from earlier ones writes what a build from nothing writes, byte for byte."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from site_builds import build, leftovers, replace, tree

from judged import find_everywhere, write_reviews
from proofs import proof
from smallprint.errors import ContentError
from smallprint.reviewing.proofs import write_proof
from smallprint.site import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from smallprint.model import Policy


@pytest.fixture
def many(project: Path) -> Path:
    """Return a project of four policies."""
    content = project / "content"
    for slug in ("api-terms", "cookies", "terms"):
        shutil.copytree(content / "privacy", content / slug)
        replace(content / slug / "policy.yml", "Privacy Policy", f"The {slug}")
    return project


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the policies whose pages are made, as they are made."""
    slugs: list[str] = []
    pages = gather.policy_pages

    def watched(policy: Policy, **options: object) -> Iterator[object]:
        slugs.append(policy.slug)
        return pages(policy, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(gather, "policy_pages", watched)
    return slugs


def assert_as_from_nothing(project: Path) -> None:
    """Hold the site against one built in another place."""
    fresh = project.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    build(project, site_dir=str(fresh / "site"))

    assert tree(project / "site") == tree(fresh / "site")


def edit_version(project: Path) -> None:
    replace(project / "content" / "terms" / "2024-01-01.md", "We share nothing.", "We share little.")


def test_after_an_edit_one_policy_is_made(many: Path, made: list[str]) -> None:
    build(many)
    assert sorted(made) == ["api-terms", "cookies", "privacy", "terms"]

    made.clear()
    edit_version(many)
    built, _ = build(many)
    assert made == ["terms"]
    assert (built.policies, built.versions, built.redlines) == (4, 8, 4)

    made.clear()
    build(many)
    assert made == []
    assert_as_from_nothing(many)


def test_the_navigation_names_what_is_taken_over_in_its_language(many: Path, made: list[str]) -> None:
    policy = many / "content" / "cookies" / "policy.yml"
    policy.write_text(policy.read_text("utf-8") + "language: fr\n", "utf-8")
    build(many)
    made.clear()
    edit_version(many)
    build(many)

    assert made == ["terms"]
    assert 'lang="fr" dir="auto">The cookies</a>' in (many / "site" / "terms" / "index.html").read_text("utf-8")
    assert_as_from_nothing(many)


def test_pages_of_the_build_before_the_last_are_moved_back(many: Path, made: list[str]) -> None:
    for _ in range(3):
        build(many)
        made.clear()
    number = (many / "site" / "privacy").stat().st_ino
    build(many)
    build(many)

    assert (many / "site" / "privacy").stat().st_ino == number
    assert made == []
    assert_as_from_nothing(many)


def test_policies_that_are_not_in_the_navigation_are_taken_over_too(many: Path, made: list[str]) -> None:
    with (many / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("nav:\n  - index.md\n  - Record: privacy/history.md\n")
    build(many)
    made.clear()
    _, said = build(many, strict=True)

    assert made == []
    assert said == []
    assert_as_from_nothing(many)


def change_home(project: Path) -> None:
    replace(project / "content" / "index.md", "# Acme", "# The Acme")


def change_title(project: Path) -> None:
    replace(project / "content" / "cookies" / "policy.yml", "title: ", "title: New ")


def change_configuration(project: Path) -> None:
    replace(project / "mkdocs.yml", "site_name: Acme", "site_name: The Acme")


def change_day(project: Path) -> None:
    replace(project / "mkdocs.yml", "2024-06-01", "2023-06-01")


def change_option(project: Path) -> None:
    replace(project / "mkdocs.yml", "      as_of", "      against_current: false\n      as_of")


def remove_policy(project: Path) -> None:
    shutil.rmtree(project / "content" / "terms")


@pytest.mark.parametrize(
    "change", [change_home, change_title, change_configuration, change_day, change_option, remove_policy]
)
def test_what_all_pages_depend_on_makes_all_anew(many: Path, made: list[str], change: Callable[[Path], None]) -> None:
    build(many)
    made.clear()
    change(many)
    build(many)

    assert set(made) >= {"api-terms", "cookies", "privacy"}
    assert_as_from_nothing(many)


def add_template(project: Path) -> None:
    (project / "theme").mkdir()
    replace(project / "mkdocs.yml", "name: smallprint", "name: smallprint\n  custom_dir: theme")


def add_hook(project: Path) -> None:
    (project / "hook.py").write_text("")
    replace(project / "mkdocs.yml", "docs_dir", "hooks: [hook.py]\ndocs_dir")


def add_link(project: Path) -> None:
    (project / "content" / "more").mkdir()
    (project / "content" / "more" / "home.txt").symlink_to("../index.md")


@pytest.mark.parametrize("change", [add_template, add_hook, add_link])
def test_what_may_depend_on_anything_is_never_taken_over(
    many: Path, made: list[str], change: Callable[[Path], None]
) -> None:
    change(many)
    build(many)
    made.clear()
    build(many)

    assert len(made) == 4


def test_a_page_changed_by_hand_is_written_again(many: Path) -> None:
    build(many)
    build(many)
    for place in ("site", ".smallprint-cache/site/spare"):
        page = many / place / "privacy" / "history" / "index.html"
        page.unlink()
        page.write_text("tampered")
    build(many)

    assert_as_from_nothing(many)


def test_files_of_others_within_a_policy_are_kept_and_go_when_removed(many: Path) -> None:
    build(many)
    build(many)
    theirs = many / "site" / "privacy" / "history" / "theirs.txt"
    theirs.write_text("theirs")
    for _ in range(3):
        build(many)
        assert theirs.read_text() == "theirs"

    theirs.unlink()
    for _ in range(3):
        build(many)
        assert not theirs.exists()
    assert_as_from_nothing(many)


def test_warnings_are_given_again_for_what_is_taken_over(many: Path, made: list[str]) -> None:
    with (many / "content" / "terms" / "2024-01-01.md").open("a", encoding="utf-8") as file:
        file.write("\n<b>Raw HTML</b>\n")
    replace(many / "content" / "index.md", "#collection.cookies", "#gone")
    _, first = build(many)
    made.clear()
    _, second = build(many)

    assert made == []
    assert len(first) >= 2
    assert sorted(first) == sorted(second)


def test_faults_are_reported_with_those_of_policies_taken_over(many: Path) -> None:
    with (many / "content" / "cookies" / "2024-01-01.md").open("a", encoding="utf-8") as file:
        file.write("\n<b>Raw HTML</b>\n")
    _, before = build(many)
    with (many / "content" / "terms" / "2024-01-01.md").open("a", encoding="utf-8") as file:
        file.write("\n<i>More of it</i>\n")
    _, after = build(many)

    assert len(after) > len(before)
    assert any("/content/terms/2024-01-01.md:" in line for line in after)
    assert not any("reading" in line for line in after)


@pytest.mark.parametrize("name", ["record-*", "spare"])
def test_without_its_notes_a_build_makes_all_anew(many: Path, name: str) -> None:
    build(many)
    build(many)
    for path in (many / ".smallprint-cache" / "site").glob(name):
        shutil.rmtree(path) if path.is_dir() else path.write_text("{")
    build(many)

    assert_as_from_nothing(many)


def add_version(project: Path, chance: random.Random) -> None:
    folder = project / "content" / chance.choice(slugs(project))
    day = f"20{chance.randint(10, 23)}-{chance.randint(10, 12)}-{chance.randint(10, 28)}"
    text = (folder / "2024-01-01.md").read_text().replace("2024-01-01", day).replace("2023-12-01", day)
    (folder / f"{day}.md").write_text(text.replace("90 days", f"{chance.randint(1, 99)} days"))


def add_text(project: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((project / "content" / chance.choice(slugs(project))).glob("*.md")))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nMore text {chance.random()}.\n")


def add_policy(project: Path, chance: random.Random) -> None:
    source = project / "content" / chance.choice(slugs(project))
    shutil.copytree(source, project / "content" / f"policy-{chance.randrange(10**9)}")


def decide(project: Path, chance: random.Random) -> None:
    """Review all changes of the newest step of a policy, or some."""
    slug = chance.choice(slugs(project))
    names = sorted(path.stem for path in (project / "content" / slug).glob("*.md"))
    verdicts = [chance.choice(["reduces", "expands", "mixed", "neutral"]) for _ in range(chance.randint(0, 6))]
    if len(names) > 1:
        write_reviews(project / "content", slug, verdicts, (names[-2], names[-1]))


def notify(project: Path, chance: random.Random) -> None:
    """Write down that users were told of a version, as a proof or in its front matter."""
    folder = project / "content" / chance.choice(slugs(project))
    names = sorted(path.stem for path in folder.glob("*.md"))
    new = chance.randrange(len(names))
    path = folder / f"{names[new]}.md"
    if chance.random() < 0.5 and "notified" not in path.read_text():
        replace(path, "title: Privacy Policy\n", f"title: Privacy Policy\nnotified: {names[new]}\n")
    elif new:
        failed = chance.randint(0, 1)
        write_proof(
            folder / "notices",
            proof(version=names[new], baseline=names[chance.randrange(new)], accepted=117 - failed, failed=1 + failed),
        )


def preview(project: Path, chance: random.Random) -> None:
    """Look at what nobody has decided; the next build is for the public again."""
    del chance
    build(project, preview=True)


def remove_version(project: Path, chance: random.Random) -> None:
    versions = sorted((project / "content" / chance.choice(slugs(project))).glob("*.md"))
    if len(versions) > 1:
        versions[0].unlink()
        for beside in ("reviews", "notices"):  # They may name what is no longer there.
            shutil.rmtree(versions[0].parent / beside, ignore_errors=True)


def tamper(project: Path, chance: random.Random) -> None:
    # Pages that every later build has too: a changed file that is no longer ours is kept as somebody else's.
    own = [f"{slug}/{path}index.html" for slug in slugs(project) for path in ("", "history/", "2024-01-01/")]
    page = project / "site" / chance.choice(["index.html", *own])
    if not page.exists():  # Its policy was added a moment ago.
        return
    page.unlink()  # It may share its bytes with the page of another build.
    page.write_text("tampered")


def do_nothing(project: Path, chance: random.Random) -> None:
    pass


def slugs(project: Path) -> list[str]:
    return sorted(path.parent.name for path in (project / "content").glob("*/policy.yml"))


def test_an_edit_leaves_the_pages_of_other_versions_as_they_are(many: Path) -> None:
    """Of a policy with an edited version, pages that show nothing of it are taken over."""
    folder = many / "content" / slugs(many)[0]
    newest = folder / "2024-01-01.md"
    for year in range(2010, 2020):
        day = f"{year}-10-10"
        text = newest.read_text().replace("2024-01-01", day).replace("2023-12-01", day)
        (folder / f"{day}.md").write_text(text.replace("90 days", f"{year} days"))
    build(many)
    pages = [many / "site" / folder.name / path for path in ("2012-10-10", "changes/2012-10-10/2013-10-10")]
    before = [(page / "index.html").stat().st_ino for page in pages]
    with newest.open("a", encoding="utf-8") as file:
        file.write("\nMore text.\n")
    build(many)

    assert [(page / "index.html").stat().st_ino for page in pages] == before
    assert_as_from_nothing(many)


def test_a_decision_leaves_the_pages_of_versions_as_they_are(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is said of changes depends on it."""
    monkeypatch.setattr(gather, "assess", find_everywhere)
    build(many)
    kept, redline = (many / "site" / "terms" / path for path in ("2022-01-01", "changes/2022-01-01/2024-01-01"))
    before = [(page / "index.html").stat().st_ino for page in (kept, redline)]
    for verdicts in (["reduces"], ["reduces", "expands", "neutral"], ["expands", "expands", "neutral"]):
        write_reviews(many / "content", "terms", verdicts, ("2022-01-01", "2024-01-01"))
        build(many)
        assert_as_from_nothing(many)

    assert (kept / "index.html").stat().st_ino == before[0]
    assert (redline / "index.html").stat().st_ino != before[1]


def test_a_proof_of_notice_shows_after_an_edit_and_leaves_other_pages_as_they_are(many: Path) -> None:
    slug, *_ = slugs(many)
    build(many)
    redline = many / "site" / slug / "changes" / "2022-01-01" / "2024-01-01" / "index.html"
    history = many / "site" / slug / "history" / "index.html"
    before = redline.stat().st_ino
    assert "Users were notified" not in history.read_text(encoding="utf-8")
    for failed in (1, 0):
        accepted = 118 - failed
        made = proof(version="2024-01-01", baseline="2022-01-01", accepted=accepted, failed=failed)
        write_proof(many / "content" / slug / "notices", made)
        _, said = build(many)
        assert f"for {accepted} of 120 recipients" in history.read_text(encoding="utf-8")
        assert_as_from_nothing(many)

    assert redline.stat().st_ino == before
    assert any("SP544" in line for line in said)
    assert not list((many / "site").rglob("*.yml")), "what stands in the repository was published"


def test_a_proof_that_cannot_be_read_stops_a_build(many: Path) -> None:
    folder = many / "content" / slugs(many)[0] / "notices"
    folder.mkdir()
    (folder / "2024-01-01.yml").write_text("version: 2024-01-01\n")

    with pytest.raises(ContentError) as caught:
        build(many)
    assert [fault.code for fault in caught.value.faults] == ["SP540"]


def test_who_judges_stands_on_every_page_with_a_verdict_after_an_edit(many: Path) -> None:
    """What stands in policy.yml is part of what pages are made from."""
    slug, *_ = slugs(many)
    step = ("2022-01-01", "2024-01-01")
    write_reviews(many / "content", slug, ["reduces", "expands"] * 9, step)
    build(many)
    with (many / "content" / slug / "policy.yml").open("a", encoding="utf-8") as file:
        file.write("judged-by: the keepers of this archive\n")
    build(many)

    assert_as_from_nothing(many)
    for page in (f"changes/{'/'.join(step)}/index.html", "history/index.html", "feed.atom", "material.json"):
        assert "Judged by the keepers of this archive." in (many / "site" / slug / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 30))])
def test_whatever_is_edited_the_site_is_as_built_from_nothing(
    many: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "assess", find_everywhere)
    chance = random.Random(seed)  # noqa: S311 - repeatable edits
    edits = [add_version, add_text, add_text, add_policy, remove_version, decide, decide, notify, notify, preview]
    edits += [tamper, do_nothing]
    build(many)
    for _ in range(8):
        for _ in range(chance.randint(1, 2)):
            chance.choice(edits)(many, chance)
        build(many)

        assert_as_from_nothing(many)


_CHILD = """
import os, signal, sys
from smallprint.cli.main import main
from smallprint.site import plugin, publish, reuse

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(place, name):
    function = getattr(place, name)
    def wrapped(*args, **options):
        function(*args, **options)
        kill()
    setattr(place, name, wrapped)

match sys.argv[1]:
    case "read":
        after(reuse, "read_tree")
    case "moved":
        after(publish, "_place")
    case "listed":
        after(publish, "write_manifest")
    case "noted":
        after(reuse, "save_record")
    case "swapped":
        after(publish, "swap")
    case "retired":
        plugin.refresh_spare = kill
    case "copying":
        after(reuse, "link_tree")
sys.exit(main(["build", "--quiet"]))
"""


@pytest.mark.parametrize("point", ["read", "moved", "listed", "noted", "swapped", "retired", "copying"])
def test_killed_while_taking_over_the_site_is_whole_and_the_next_build_right(many: Path, point: str) -> None:
    build(many)
    build(many)
    old = tree(many / "site")
    edit_version(many)
    done = subprocess.run([sys.executable, "-c", _CHILD, point], cwd=many, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL

    if point in {"swapped", "retired", "copying"}:
        assert_as_from_nothing(many)
    else:
        assert tree(many / "site") == old
    for _ in range(2):
        build(many)
        assert_as_from_nothing(many)
        assert leftovers(many) == []
