"""Every link of a site leads somewhere: between policies, from old versions, in redlines, and after a single edit."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from site_builds import build, replace

import demo_history
from crawling import dead_links

SPECIAL = Path(__file__).parents[1] / "browser" / "special"
EXAMPLE = Path(__file__).parents[2]

MKDOCS = """site_name: X
site_url: https://x.example/legal/
docs_dir: content
theme:
  name: smallprint
plugins:
  - search
  - smallprint
"""
OLD_COOKIES = """# Cookie Policy {#policy}

## Storage {#storage}

Until you [leave](../privacy/#data).
"""
NEW_COOKIES = OLD_COOKIES.replace("Until you", "For a day after you") + "\n## More {#more}\n\nMore.\n"
PRIVACY = """# Privacy Policy {#policy}

## Data {#data}

See [storage](../cookies/index.md#storage), [all cookies](cookies.md), [more](#sharing), [us](../about.md),
[changes](../cookies/changes/2020-01-01/2024-01-01.md), [that version](../cookies/2020-01-01.md#storage).

## Sharing {#sharing}

See [data](#data) and [elsewhere](https://example.org/x#y).

## Old {#old}

See [the end](#old).
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of two policies that link to each other."""
    files = {
        "about.md": "# About\n\n[Data](privacy/index.md#data)\n",
        "index.md": "# Home\n",
        "cookies/policy.yml": "title: Cookie Policy\n",
        "cookies/2020-01-01.md": OLD_COOKIES,
        "cookies/2024-01-01.md": NEW_COOKIES,
        "privacy/policy.yml": "title: Privacy Policy\n",
        "privacy/2021-01-01.md": PRIVACY,
        "privacy/2025-01-01.md": PRIVACY[: PRIVACY.index("## Old")].replace("#storage)", "#more)", 1),
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    return tmp_path


def body(project: Path, page: str) -> str:
    return (project / "site" / page / "index.html").read_text("utf-8")


def test_links_between_policies(project: Path) -> None:
    """A link leads to the text that is in force along with the one that has it, below whatever path."""
    _, said = build(project)

    assert said == []
    assert dead_links(project / "site", "/legal/") == []
    then = 'href="../../cookies/2020-01-01/#storage" title="Cookie Policy, in force from 1 January 2020">storage</a>'
    assert then in body(project, "privacy/2021-01-01")
    assert '<a href="../cookies/#more">storage</a>' in body(project, "privacy")
    assert '<a href="../../cookies/#more">storage</a>' in body(project, "privacy/2025-01-01")
    assert '<a href="../../about/">us</a>' in body(project, "privacy/2021-01-01")


def test_each_side_of_a_redline_has_its_own_links(project: Path) -> None:
    build(project)
    redline = body(project, "privacy/changes/2021-01-01/2025-01-01")

    assert '<a href="../../../../cookies/2020-01-01/#storage" title="Cookie Policy, in force from' in redline
    assert '<a href="../../../../cookies/#more">' in redline
    assert '<a href="#old"><del>' in redline


def test_an_edit_of_one_policy_reaches_the_links_of_the_other(project: Path) -> None:
    build(project)
    before = (project / "site/privacy/2021-01-01/index.html").read_bytes()
    (project / "content/cookies/2020-06-01.md").write_text(OLD_COOKIES.replace("Until", "Or until"), "utf-8")
    build(project)
    reused = {path: path.read_bytes() for path in (project / "site" / "privacy").rglob("*.html")}
    shutil.rmtree(project / "site")
    shutil.rmtree(project / ".smallprint-cache")
    build(project)

    assert reused[project / "site/privacy/2021-01-01/index.html"] != before
    assert {path: path.read_bytes() for path in reused} == reused
    assert dead_links(project / "site", "/legal/") == []


def test_a_dead_link_of_an_earlier_version_is_shown_without_a_link(project: Path) -> None:
    replace(project / "content/privacy/2021-01-01.md", "(#sharing)", "(#sahring)")
    _, said = build(project)

    assert said == []
    assert "<a>more</a>" in body(project, "privacy/2021-01-01")
    assert dead_links(project / "site", "/legal/") == []


def test_the_example(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "content", tmp_path / "content")
    shutil.copy(EXAMPLE / "mkdocs.yml", tmp_path)
    build(tmp_path)

    assert dead_links(tmp_path / "site") == []


def test_the_special_site(tmp_path: Path) -> None:
    shutil.copytree(SPECIAL, tmp_path / "project")
    build(tmp_path / "project")

    assert dead_links(tmp_path / "project" / "site") == []


def test_the_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    demo_history.run()
    (folder,) = tmp_path.iterdir()

    assert dead_links(folder / "site") == []
