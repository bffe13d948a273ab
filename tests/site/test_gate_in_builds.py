"""Builds tell what keeps a version from being published: a preview can be made, a strict build cannot."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from site_builds import build, replace, run

from pending import DAY, NEW, OLD, decide, use_rules, write_pending
from smallprint.cli.main import main
from smallprint.errors import ContentError, SmallprintError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pending(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose one policy has a version to come, in which the rules find a loss."""
    use_rules(monkeypatch)
    monkeypatch.chdir(project)
    make_pending(project)
    return project


def make_pending(project: Path) -> None:
    """Put a policy with a version to come in the place of a project's own."""
    shutil.rmtree(project / "content" / "privacy")
    write_pending(project / "content")
    (project / "content" / "index.md").write_text("# Acme\n\n[Ours](privacy/index.md)\n")
    replace(project / "mkdocs.yml", "2024-06-01", DAY)


def codes(said: list[str]) -> list[str]:
    return [word for text in said for word in text.split() if word.startswith("SP5")]


def test_a_plain_build_warns(pending: Path) -> None:
    built, said = build(pending)

    assert built.versions == 2
    assert f"content/privacy/{NEW}.md:7: SP520 warning: Nobody has decided on the clause “use”" in said[0]
    assert codes(said) == ["SP520"]
    assert (pending / "site" / "privacy" / NEW / "index.html").exists()


def test_a_strict_build_fails_and_leaves_the_old_site(pending: Path) -> None:
    build(pending)
    before = (pending / "site").stat().st_ino
    with pytest.raises(SmallprintError, match="1 warning, and --strict allows none"):
        build(pending, strict=True)

    assert (pending / "site").stat().st_ino == before


def test_mkdocs_fails_in_strict_mode(project: Path) -> None:
    """A decision was taken, whatever the rules say, and nobody was told."""
    make_pending(project)
    decide(project / "content" / "privacy")
    strict, plain = run(project, "mkdocs", "build", "--strict"), run(project, "mkdocs", "build")
    assert (strict.returncode, plain.returncode) == (1, 0)
    assert "SP521" in strict.stderr
    assert "SP521 warning: A change reduces the rights of readers materially" in plain.stderr


def test_mkdocs_fails_in_strict_mode_in_silence_too(project: Path) -> None:
    """MkDocs counts no warnings where it shows none."""
    make_pending(project)
    decide(project / "content" / "privacy")
    silent = run(project, "mkdocs", "build", "--strict", "--quiet")

    assert silent.returncode == 1
    assert "SP521" in silent.stderr
    assert not (project / "site").exists()
    assert run(project, "mkdocs", "build", "--quiet").returncode == 0


def test_a_warning_stays_when_the_pages_are_taken_over(pending: Path) -> None:
    _, first = build(pending)
    _, second = build(pending)
    write_pending(pending / "content", "terms")
    _, third = build(pending)

    assert codes(first) == codes(second) == ["SP520"]
    assert codes(third) == ["SP520", "SP520"]


def test_a_decision_ends_it(pending: Path) -> None:
    folder = pending / "content" / "privacy"
    build(pending)
    decide(folder)
    assert codes(build(pending)[1]) == ["SP521"]

    replace(folder / f"{NEW}.md", "title: Privacy\n", "title: Privacy\nnotified: 2026-01-20\nnotified-by: email\n")
    assert build(pending, strict=True)[1] == []


def test_the_day_is_asked_at_every_build(pending: Path) -> None:
    assert codes(build(pending, as_of="2026-02-28")[1]) == ["SP520"]
    assert codes(build(pending, as_of=NEW)[1]) == []
    assert codes(build(pending, as_of="2026-02-28")[1]) == ["SP520"]


def test_a_released_version_that_was_changed_is_always_an_error(pending: Path) -> None:
    assert main(["release", "--as-of", DAY]) == 0
    build(pending)
    replace(pending / "content" / "privacy" / f"{OLD}.md", "your name", "all names")
    with pytest.raises(ContentError) as caught:
        build(pending)

    assert sorted(fault.code for fault in caught.value.faults) == ["SP520", "SP530"]


def test_what_stands_beside_the_versions_is_not_published(pending: Path) -> None:
    main(["release", "--as-of", DAY])
    decide(pending / "content" / "privacy")
    build(pending)

    assert not list((pending / "site").rglob("published.json"))
    assert not list((pending / "site").rglob("reviews"))
