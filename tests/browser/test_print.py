"""Every word of a page is on paper: nothing that scrolls or folds on a screen is cut off there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from serving import serve

from smallprint.comparing import compare
from smallprint.presenting.standalone import comparison_page
from smallprint.reading.version import read_plain
from smallprint.site.run import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from serving import Served
    from watching import Visitor

_REMEDY = "There is no pdftotext; on Debian and Ubuntu: apt-get install poppler-utils"
_HEADS = (
    "Category", "Examples", "Collected", "Sold", "Shared", "Disclosed", "Retention", "Recipients", "Basis",
    "Safeguards", "Controllers", "Processors", "Countries", "Automated", "Objections", "Deletions", "Portability",
)  # fmt: skip
_CELLS = (
    "Identifiers", "name, address, identification-number", "Yes", "No", "No", "Yes", "24 months",
    "Advertising-networks, Affiliates", "Legitimate-interest", "Standard-contractual-clauses", "Anvil Works",
    "Bellows International", "Iceland, Norway", "never", "at any time", "on request", "as a file",
)  # fmt: skip
_LONG = " ".join(f"--option{number}=value{number}" for number in range(15))
_UNBROKEN = "".join(f"segment{number}" for number in range(40))
_BETWEEN_MARGINS = 658
"""Of A4, in pixels."""
_ARABIC = re.compile("[\u0600-\u06ff]")
# What readers see of the text and of what stands round it, a text node at a time.
_SHOWN = """() => {
    const shown = [];
    const page = document.querySelector("[class^=smallprint]:not(header), main");
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const isFolded = parent.closest("details.same, details.why > .reason, .more-meanings .meanings");
        if (parent.closest(".vh, .permalink, script, style")) continue;
        if (isFolded || parent.checkVisibility()) shown.push(walker.currentNode.data);
    }
    return shown;
}"""
_SIDEWAYS = """() => document.scrollingElement.scrollWidth > innerWidth + 1 ? ["the page"] :
    [...document.querySelectorAll("[class^=smallprint] *")].filter((element) => {
    const style = getComputedStyle(element);
    return !element.closest(".vh") && style.display !== "inline" && style.overflowX !== "visible"
        && element.scrollWidth > element.clientWidth + 1;
}).map((element) => element.outerHTML.slice(0, 160))"""


def _text(columns: int, *, is_new: bool) -> str:
    """Return a version with a table of many columns, and lines of code longer than any paper is wide."""
    cells = [*_CELLS[: columns - 1], "None" if is_new else "Contractual"]
    table = "\n".join(
        f"| {' | '.join(row)} |" for row in (_HEADS[:columns], ["---"] * columns, cells, _CELLS[:columns])
    )
    kept = "\n".join(f"| {' | '.join(row)} |" for row in (_HEADS[:columns], ["---"] * columns, _CELLS[:columns]))
    listed = table.replace("\n", "\n  ")
    day = "2025-01-01" if is_new else "2024-01-01"
    return f"""\
---
title: Privacy Policy
effective: {day}
published: {day}
---

# Privacy Policy {{#policy}}

We keep it. See https://example.org/{_UNBROKEN} for more.

## Table {{#table}}

{table}

## Code {{#code}}

```
{_LONG}
{_UNBROKEN}{"new" if is_new else "old"}
```

## Kept {{#kept}}

{kept}

## Rest {{#rest}}

Nothing changes in `{_UNBROKEN}` here:

- Listed

  {listed}

> {table.replace(chr(10), chr(10) + "> ")}
"""


@pytest.fixture(scope="session")
def _pdftotext() -> None:
    if shutil.which("pdftotext") is None:
        if os.environ.get("SMALLPRINT_BROWSER") == "required":
            pytest.fail(f"SMALLPRINT_BROWSER=required. {_REMEDY}", pytrace=False)
        pytest.skip(_REMEDY)


@pytest.fixture(scope="module", params=["smallprint", "material"])
def wide(
    request: pytest.FixtureRequest,
    browser: Browser,  # noqa: ARG001 - nothing to serve without a browser
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """Serve policies with tables of ten to seventeen columns, in our theme and in another."""
    folder = tmp_path_factory.mktemp(request.param)
    theme: dict[str, object] = {"name": request.param} | ({"font": False} if request.param == "material" else {})
    settings = {"site_name": "Wide", "docs_dir": "content", "theme": theme, "plugins": ["smallprint"]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    for columns in (10, 15, 17):
        policy = folder / "content" / f"columns-{columns}"
        policy.mkdir(parents=True)
        (policy / "policy.yml").write_text("title: Privacy Policy\npublisher: Acme\n", "utf-8")
        (policy / "2024-01-01.md").write_text(_text(columns, is_new=False), "utf-8")
        (policy / "2025-01-01.md").write_text(_text(columns, is_new=True), "utf-8")
    (folder / "content" / "index.md").write_text("# Wide\n", "utf-8")
    build_site(str(folder / "mkdocs.yml"), as_of="2025-06-01", say=print)
    with serve(folder / "site") as served:
        yield served


def _squeezed(text: str) -> str:
    """Return letters and figures alone: where a word is broken, and what signs stand round it, is no matter."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _missing(page: Page, folder: Path, width: str = "210mm") -> list[str]:
    """Return the texts of a page that are not on paper as often as on the page.

    One sheet as long as it takes, so that no number of a page comes between two words.
    """
    page.emulate_media(media="print")
    page.set_viewport_size({"width": _BETWEEN_MARGINS, "height": 1000})
    texts: list[str] = page.evaluate(_SHOWN)
    shown = Counter(filter(None, map(_squeezed, texts)))
    assert page.evaluate(_SIDEWAYS) == []
    path = folder / "page.pdf"
    page.pdf(path=path, width=width, height="4900mm")
    printed = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    on_paper = _squeezed(printed)
    # Arabic is read from a PDF as it is drawn: the letters of a word may come in any order.
    arabic = {text for text in shown if _ARABIC.search(text)}
    words = {_squeezed(word) for text in texts if _ARABIC.search(text) for word in text.split()}
    drawn = {"".join(sorted(_squeezed(word))) for word in printed.split()}
    return [
        *(text for text, count in shown.items() if text not in arabic and on_paper.count(text) < count),
        *(word for word in words if "".join(sorted(word)) not in drawn),
    ]


@pytest.mark.usefixtures("_pdftotext")
@pytest.mark.parametrize("columns", [10, 15, 17])
@pytest.mark.parametrize("path", ["", "changes/2024-01-01/2025-01-01/"], ids=["text", "redline"])
def test_wide_tables_and_long_code(path: str, columns: int, wide: Served, visitor: Visitor, tmp_path: Path) -> None:
    """A4 and Letter have every cell and every line."""
    page = visitor.open(f"{wide.url}/columns-{columns}/{path}")

    assert page.locator(".text table").count() > 0
    for width in ("210mm", "8.5in"):
        assert _missing(page, tmp_path, width) == []


@pytest.mark.usefixtures("_pdftotext")
@pytest.mark.parametrize("columns", [10, 15])
@pytest.mark.parametrize("path", ["", "changes/2024-01-01/2025-01-01/"], ids=["text", "redline"])
def test_few_words_of_a_table_are_broken(
    path: str, columns: int, wide: Served, visitor: Visitor, tmp_path: Path
) -> None:
    """Up to fifteen columns are set in type small enough to keep most words whole."""
    page = visitor.open(f"{wide.url}/columns-{columns}/{path}")
    page.evaluate("for (const table of document.querySelectorAll('li table, blockquote table')) table.remove()")
    page.pdf(path=tmp_path / "page.pdf", width="210mm", height="4900mm")
    printed = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout

    assert set(_HEADS[:columns]) - set(printed.split()) == set()


@pytest.mark.usefixtures("_pdftotext")
def test_one_file(visitor: Visitor, tmp_path: Path) -> None:
    """So has the paper of a comparison in one file."""
    for name, is_new in (("old", False), ("new", True)):
        (tmp_path / f"{name}.md").write_text(_text(15, is_new=is_new), "utf-8")
    old, new = (read_plain(tmp_path / f"{name}.md") for name in ("old", "new"))
    (tmp_path / "comparison.html").write_text(comparison_page(compare(old, new)), "utf-8")

    assert _missing(visitor.open((tmp_path / "comparison.html").as_uri()), tmp_path) == []


@pytest.mark.usefixtures("_pdftotext")
@pytest.mark.parametrize("name", ["example", "special", "judged", "preview"])
def test_every_page(name: str, request: pytest.FixtureRequest, visitor: Visitor, tmp_path: Path) -> None:
    """Every page has all its words on paper, those of folded clauses too."""
    served: Served = request.getfixturevalue(name)
    page = visitor.open()
    for path in served.paths:
        page.goto(served.url + path)

        assert _missing(page, tmp_path) == [], path
