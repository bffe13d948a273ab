"""Pages load nothing from elsewhere, report no error, and keep to the site's content security policy.

What goes wrong on a page is noted by the `visitor`, whose fixture fails the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from serving import Served
    from watching import Visitor


def test_every_page(each_site: Served, visitor: Visitor) -> None:
    """No page asks another host for anything or puts an error or a warning on the console."""
    page = visitor.open()
    for path in each_site.paths:
        page.goto(each_site.url + path)

        assert page.title()
    page.wait_for_load_state("networkidle")

    assert len(each_site.paths) > 10


def test_policy_is_in_force(special_page: Page, visitor: Visitor) -> None:
    """The pages are served with the strict policy: what it forbids does not happen, and the tests would notice."""
    response = special_page.reload()
    policy = response.header_value("content-security-policy") if response else None
    special_page.evaluate("""() => new Promise((done) => {
        addEventListener("securitypolicyviolation", done, {once: true});
        document.body.append(Object.assign(document.createElement("script"), {text: "document.title = 'run'"}));
    })""")
    noticed = [fault for fault in visitor.faults if "script-src" in fault]
    visitor.faults.clear()

    assert policy
    assert "default-src 'none'" in policy
    assert special_page.title() != "run"
    assert noticed


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
