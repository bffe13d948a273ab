"""What rules propose is in a preview and nowhere in a public site; what people decided is in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_builds import build, replace, run, tree

from judged import RULE, SECRET, find_everywhere, write_reviews
from smallprint.site import gather

if TYPE_CHECKING:
    from pathlib import Path

STEP = ("2022-01-01", "2024-01-01")
REDLINE = "privacy/changes/2022-01-01/2024-01-01"
OWN_PAGE = "how-changes-are-judged/index.html"


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules find a loss in every change."""
    monkeypatch.setattr(gather, "assess", find_everywhere)


def files_with(text: str, site: Path) -> set[str]:
    return {path for path, data in tree(site).items() if text.encode() in data}


def page(project: Path, path: str) -> str:
    return (project / "site" / path).read_text(encoding="utf-8")


def test_a_public_site_has_no_trace_of_what_nobody_decided(project: Path) -> None:
    """Not before anyone decided, nor where only some of it is decided: no page, record, feed or index holds it."""
    build(project)
    for text in (SECRET, RULE, "proposed by", "Proposed by", "notice preview"):
        assert files_with(text, project / "site") == set()

    write_reviews(project / "content", "privacy", ["expands"], STEP)
    build(project)
    shown = files_with(SECRET, project / "site")
    assert shown == {f"{REDLINE}/index.html", f"{REDLINE}.json"}
    assert {path: tree(project / "site")[path].count(SECRET.encode()) for path in shown} == dict.fromkeys(shown, 1)
    assert files_with("Proposed by", project / "site") == set()
    assert "Expands your rights" in page(project, f"{REDLINE}/index.html")


def test_a_preview_shows_it_with_a_banner(project: Path) -> None:
    built, _ = build(project, preview=True)

    assert built.is_preview
    for path in (f"{REDLINE}/index.html", "privacy/history/index.html"):
        assert "notice preview" in page(project, path)
    assert files_with(SECRET, project / "site") == {f"{REDLINE}/index.html", f"{REDLINE}.json"}


def test_a_public_build_after_a_preview_is_as_built_from_nothing(project: Path) -> None:
    build(project)
    public = tree(project / "site")
    build(project, preview=True)
    assert tree(project / "site") != public
    built, _ = build(project)

    assert not built.is_preview
    assert tree(project / "site") == public


def test_the_configuration_may_ask_for_a_preview(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says counts more."""
    replace(project / "mkdocs.yml", "      as_of", "      preview: true\n      as_of")
    assert build(project)[0].is_preview
    monkeypatch.setenv("SMALLPRINT_PREVIEW", "0")
    assert not build(project)[0].is_preview


def test_the_command_says_that_a_preview_is_none_for_the_public(project: Path) -> None:
    done = run(project, "smallprint", "build", "--preview")

    assert done.returncode == 0
    assert "Do not publish it." in done.stdout
    assert "Do not publish it." not in run(project, "smallprint", "build").stdout


def test_decided_changes_lead_the_page_and_are_in_the_feeds(project: Path) -> None:
    write_reviews(project / "content", "privacy", ["reduces", "neutral", "expands"], STEP)
    build(project)

    assert "1 change reduces your rights, 1 expands them, 1 does neither." in page(project, f"{REDLINE}/index.html")
    assert "1 change reduces your rights" in page(project, "privacy/history/index.html")
    assert page(project, "privacy/material.atom").count("<entry>") == 1
    for path in ("privacy/index.html", "privacy/history/index.html"):
        assert '<link rel="alternate" type="application/atom+xml" title="Privacy Policy of Acme Ltd: material' in page(
            project, path
        )
    assert "/*/material.json" in page(project, "_headers")


def test_the_page_on_judging_is_there_unless_there_is_one_of_ones_own(project: Path) -> None:
    build(project)
    assert "not legal advice" in page(project, OWN_PAGE)
    assert "https://acme.example/legal/how-changes-are-judged/" in page(project, "sitemap.xml")

    (project / "content" / "how-changes-are-judged.md").write_text("# Ours\n\nWe toss a coin.\n")
    build(project, strict=True)
    assert "We toss a coin." in page(project, OWN_PAGE)


def test_reviews_and_rules_are_not_published(project: Path) -> None:
    write_reviews(project / "content", "privacy", ["reduces"], STEP)
    (project / "content" / "rules").mkdir()
    (project / "content" / "rules" / "note.txt").write_text("Ours alone.")
    build(project)

    assert not [path for path in tree(project / "site") if path.endswith(".yml") or "rules" in path]
    assert files_with("Ours alone.", project / "site") == set()


def decide_late(project: Path, *verdicts: str) -> None:
    """Decide changes of the step on 20 May 2024, after anything else."""
    write_reviews(project / "content", "privacy", verdicts, STEP)
    replace(project / "content" / "privacy" / "reviews" / "2024-01-01.yml", "on: 2021-12-24", "on: 2024-05-20")


def test_the_sitemap_has_the_days_of_decisions(project: Path) -> None:
    """Of redlines and of the history; when nothing is decided any more, they are as old as before."""
    decide_late(project, "reduces", "neutral", "expands")
    build(project)
    sitemap = page(project, "sitemap.xml")
    for path in ("privacy/changes/2022-01-01/2024-01-01/", "privacy/history/"):
        assert f"{path}</loc><lastmod>2024-05-20</lastmod>" in sitemap
    assert "privacy/</loc><lastmod>2024-01-01</lastmod>" in sitemap

    write_reviews(project / "content", "privacy", ["reduces"], STEP)
    build(project)
    assert "2024-05-20" not in page(project, "sitemap.xml")


def test_pages_that_are_kept_keep_their_days(project: Path) -> None:
    """Be the whole policy kept, or the page of a step while the history is made anew."""
    decide_late(project, "reduces", "neutral", "expands")
    build(project)
    sitemap = page(project, "sitemap.xml")
    replace(project / "content" / "index.md", "Read", "Please read")
    build(project)
    assert page(project, "sitemap.xml") == sitemap

    content = project / "content" / "privacy"
    newer = (content / "2024-01-01.md").read_text("utf-8").replace("2024-01-01", "2024-05-10").replace("90", "60")
    (content / "2024-05-10.md").write_text(newer, "utf-8")
    for _ in range(2):
        build(project)
        assert page(project, "sitemap.xml").count("<lastmod>2024-05-20</lastmod>") == 3
        assert "privacy/</loc><lastmod>2024-05-10</lastmod>" in page(project, "sitemap.xml")
    build(project, site_dir=str(project.parent / "fresh"))
    assert (project.parent / "fresh" / "sitemap.xml").read_text("utf-8") == page(project, "sitemap.xml")
