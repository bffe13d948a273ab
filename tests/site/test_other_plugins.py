"""The plugin beside other plugins of MkDocs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_builds import build, leftovers, replace, run, tree

if TYPE_CHECKING:
    from pathlib import Path

_LANGUAGES = """\
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: en, default: true, name: English, build: true}
        - {locale: fr, name: Français, build: true}
"""


@pytest.fixture
def translated(project: Path) -> Path:
    """Return a project whose ordinary pages are in two languages."""
    pytest.importorskip("mkdocs_static_i18n")
    replace(project / "mkdocs.yml", "  - search\n", f"  - search\n{_LANGUAGES}")
    french = "# Accueil\n\n[La politique](privacy/index.md#collection), [son histoire](privacy/history.md)\n"
    (project / "content" / "index.fr.md").write_text(french, encoding="utf-8")
    return project


@pytest.mark.parametrize("theme", ["smallprint", "mkdocs", "readthedocs", "material"])
def test_pages_in_several_languages(theme: str, translated: Path) -> None:
    """Each ordinary page is there in each language, and a policy once, in its own."""
    replace(translated / "mkdocs.yml", "name: smallprint", f"name: {theme}")
    build(translated, strict=True)
    files = tree(translated / "site")

    assert 'href="../privacy/#collection"' in files["fr/index.html"].decode()
    assert 'href="../privacy/history/"' in files["fr/index.html"].decode()
    assert "privacy/index.html" in files
    assert not [name for name in files if name.startswith("fr/privacy")]
    assert "privacy/2024-01-01.md" in files
    assert b"legal/fr/<" in files["sitemap.xml"]
    assert leftovers(translated) == []


def test_mkdocs_builds_several_languages_twice(translated: Path) -> None:
    first = run(translated, "mkdocs", "build", "--strict")
    before = tree(translated / "site")
    second = run(translated, "mkdocs", "build", "--strict")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "Traceback" not in first.stderr
    assert tree(translated / "site") == before


def test_a_broken_page_in_another_language_leaves_the_old_site(translated: Path) -> None:
    build(translated, strict=True)
    before = tree(translated / "site")
    replace(translated / "content" / "index.fr.md", "privacy/history.md", "privacy/none.md")

    assert run(translated, "mkdocs", "build", "--strict").returncode == 1
    assert tree(translated / "site") == before
