"""Pages load nothing from elsewhere, report no error, and keep to the site's content security policy.

What goes wrong on a page is noted by the `visitor`, whose fixture fails the test.
"""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor


@pytest.mark.parametrize("name", ["example", "special", "material"])
def test_every_page(name: str, request: pytest.FixtureRequest, visitor: Visitor) -> None:
    """No page asks another host for anything or puts an error or a warning on the console."""
    served: Served = request.getfixturevalue(name)
    page = visitor.open()
    for path in served.paths:
        page.goto(served.url + path, wait_until="networkidle" if name == "material" else "load")

        assert page.title()
    # Without `served.paths` there would be nothing to see.
    assert len(served.paths) > 10


def test_policy_is_in_force(special: Served, special_page: Page, visitor: Visitor) -> None:
    """The pages are served with the strict policy: what it forbids does not happen, and the tests would notice."""
    with urllib.request.urlopen(special_page.url) as response:
        policy = response.headers["Content-Security-Policy"]
    special_page.evaluate("""() => new Promise((done) => {
        addEventListener("securitypolicyviolation", done, {once: true});
        document.body.append(Object.assign(document.createElement("script"), {text: "document.title = 'run'"}));
    })""")
    noticed = [fault for fault in visitor.faults if "script-src" in fault]
    visitor.faults.clear()

    assert "default-src 'none'" in policy
    assert special_page.title() != "run"
    assert noticed
    assert special.url in special_page.url


def test_foreign_requests_would_be_noticed(special_page: Page, visitor: Visitor) -> None:
    """The tests would notice a request to another host."""
    special_page.goto("about:blank")
    special_page.evaluate("() => fetch('http://localhost:9/').catch(() => null)")
    noticed = [fault for fault in visitor.faults if fault.startswith("asked for http://localhost:9/")]
    visitor.faults.clear()

    assert noticed


def test_search(example: Served, visitor: Visitor) -> None:
    """The search works under the policy, and finds the clause that is looked for."""
    page = visitor.open(example.url)
    page.get_by_role("searchbox").fill("encryption")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search.html?q=encryption")
    result = page.locator("#mkdocs-search-results a").first
    result.click()
    page.wait_for_url("**/ibackup-privacy/**")

    assert "encryption" in (page.locator("main").inner_text())


def test_broken_fragment(special: Served, visitor: Visitor) -> None:
    """An address with a mangled end is no reason for an error."""
    page = visitor.open(f"{special.url}/forge/changes/2020-01-01/2022-01-01/#%E0%A4%A")

    assert page.locator(".change").first.is_visible()
