"""Pages opened as a reader opens them, and everything that goes wrong on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

WIDE = (1280, 900)
NARROW = (360, 740)
_LISTEN = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused by ${event.effectiveDirective}: ${event.blockedURI}`))"""


class Visitor:
    """Opens pages and notes each request to another host, message on the console, error and breach of the policy."""

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self.missing: set[str] = set()
        """Addresses that are asked for in the knowledge that nothing is there."""
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, url: str = "about:blank", *, size: tuple[int, int] = WIDE, **options: Any) -> Page:
        """Open an address in a browser without a past; `options` are those of a context, such as `color_scheme`."""
        viewport = {"width": size[0], "height": size[1]}
        context = self._browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        context.add_init_script(_LISTEN)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        self._contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    def leave(self) -> None:
        """Close all that was opened."""
        for context in self._contexts:
            context.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type in {"error", "warning"} and where not in self.missing:
            self.faults.append(f"{where}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.faults.append(str(error.error))

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            self.faults.append(f"asked for {request.url}")
