"""Fixtures for tests in a real browser: Chromium, the built sites behind a server, and pages that are watched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builds import SPECIAL, build, build_judged
from serving import serve
from watching import Visitor

from smallprint.comparing import compare
from smallprint.presenting.standalone import comparison_page
from smallprint.reading.version import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from serving import Served

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_REMEDY = "There is no Chromium; on Debian and Ubuntu: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that all tests of a process share."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starts slowly

    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        if os.environ.get("SMALLPRINT_BROWSER") == "required":
            pytest.fail(f"SMALLPRINT_BROWSER=required. {_REMEDY}", pytrace=False)
        pytest.skip(_REMEDY)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS])
        yield started
        started.close()


@pytest.fixture(scope="session")
def example(browser: Browser, site: Path) -> Iterator[Served]:  # noqa: ARG001 - nothing to serve without a browser
    """Serve the example that comes with the program."""
    with serve(site) as served:
        yield served


@pytest.fixture(scope="session")
def special(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001
    """Serve the project with what the example does not hold."""
    with serve(build(SPECIAL, tmp_path_factory.mktemp("special"))) as served:
        yield served


@pytest.fixture(scope="session")
def judged(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001
    """Serve the same project with decisions on its changes."""
    with serve(build_judged(tmp_path_factory.mktemp("judged"), preview=False)) as served:
        yield served


@pytest.fixture(scope="session")
def preview(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001
    """Serve it as those see it who have still to decide."""
    with serve(build_judged(tmp_path_factory.mktemp("preview"), preview=True)) as served:
        yield served


@pytest.fixture(scope="session")
def material(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: ARG001
    """Serve the same site in the theme of mkdocs-material."""
    with serve(
        build(SPECIAL, tmp_path_factory.mktemp("material"), theme={"name": "material", "font": False})
    ) as served:
        yield served


@pytest.fixture
def one_file(browser: Browser, tmp_path: Path) -> str:  # noqa: ARG001
    """Write a comparison as one file that needs nothing beside it; return its address."""
    old, new = (read_plain(SPECIAL / "content" / "forge" / f"{name}.md") for name in ("2020-01-01", "2022-01-01"))
    path = tmp_path / "comparison.html"
    path.write_text(comparison_page(compare(old, new)), "utf-8")
    return path.as_uri()


@pytest.fixture(params=["example", "special", "material"])
def each_site(request: pytest.FixtureRequest) -> Served:
    """Serve each of the three sites in turn."""
    served: Served = request.getfixturevalue(request.param)
    return served


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Open pages as a reader does; a test fails if one of them asks another host for anything or reports an error."""
    opened = Visitor(browser)
    yield opened
    opened.leave()

    assert opened.faults == []


@pytest.fixture
def special_page(special: Served, visitor: Visitor) -> Page:
    """Open the redline with most kinds of changes in it."""
    return visitor.open(f"{special.url}/forge/changes/2020-01-01/2022-01-01/")
