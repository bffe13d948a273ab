"""What the browser shows is what the source says: no word lost, added or out of place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builds import SPECIAL
from texts import shown_clauses, shown_words, source_words

if TYPE_CHECKING:
    from serving import Served
    from watching import Visitor


def test_versions(each_site: Served, visitor: Visitor) -> None:
    """The page of a version has the words of its source, in their order."""
    sources = sorted(each_site.folder.glob("*/[0-9]*.md"))
    page = visitor.open()

    assert sources
    for source in sources:
        page.goto(f"{each_site.url}/{source.parent.name}/{source.stem}/")

        assert shown_words(page) == source_words(source), page.url


def test_policies(each_site: Served, visitor: Visitor) -> None:
    """The page of a policy has the words of the version in force, that of June 2024."""
    page = visitor.open()

    for folder in sorted({source.parent for source in each_site.folder.glob("*/[0-9]*.md")}):
        page.goto(f"{each_site.url}/{folder.name}/")
        in_force = max(source for source in folder.glob("[0-9]*.md") if source.stem < "2024-06")

        assert shown_words(page) == source_words(in_force), page.url


def test_redlines(each_site: Served, visitor: Visitor) -> None:
    """A redline without its removals is the new text, and without its additions the old one, word for word.

    The parts of a clause that was split stand together, and a moved clause only where it stands now: the order is that
    of the new text within each clause.
    """
    page = visitor.open()

    assert each_site.redlines
    for path in each_site.redlines:
        page.goto(each_site.url + path)
        _, slug, _, old, new, _ = path.split("/")
        policy = each_site.folder / slug
        old_words, new_words = (source_words(policy / f"{name}.md") for name in (old, new))
        new_text = f" {' '.join(new_words)} "

        assert Counter(shown_words(page, "del")) == Counter(new_words), path
        assert Counter(shown_words(page, "ins")) == Counter(old_words), path
        for clause in shown_clauses(page, "del"):
            assert f" {' '.join(clause)} ".replace("  ", " ") in new_text, path


def test_one_file(one_file: str, visitor: Visitor) -> None:
    """So is a comparison in one file."""
    old, new = (source_words(SPECIAL / "content" / "forge" / f"{name}.md") for name in ("2020-01-01", "2022-01-01"))
    page = visitor.open(one_file)

    assert shown_words(page, "del") == new
    assert Counter(shown_words(page, "ins")) == Counter(old)
