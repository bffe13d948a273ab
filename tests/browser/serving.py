"""Serves a built site on this machine as its host would, with the headers that its `_headers` asks for."""

from __future__ import annotations

import fnmatch
import http.server
import mimetypes
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Served:
    """A site and where it is served."""

    folder: Path
    url: str
    """Ends without a slash: `http://127.0.0.1:1234`."""

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The addresses of all pages below `url`, 404.html and search.html among them."""
        files = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return tuple("/" + name.removesuffix("index.html") for name in files)

    @property
    def redlines(self) -> tuple[str, ...]:
        """The addresses of the redlines."""
        return tuple(path for path in self.paths if "/changes/" in path)


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Serve a site for as long as the context lasts."""
    handler = type("Handler", (_Handler,), {"folder": folder, "rules": _read_rules(folder / "_headers")})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield Served(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def _read_rules(path: Path) -> dict[str, dict[str, str]]:
    rules: dict[str, dict[str, str]] = {}
    headers: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if line[:1].isspace():
            name, _, value = line.strip().partition(":")
            headers[name] = value.strip()
        elif line:
            headers = rules.setdefault(line, {})
    return rules


class _Handler(http.server.BaseHTTPRequestHandler):
    folder: Path
    rules: Mapping[str, Mapping[str, str]]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, the index.html of a folder, or 404.html."""
        path = unquote(urlsplit(self.path).path)
        file, status = self.folder / path.lstrip("/"), HTTPStatus.OK
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if not file.is_file() or not file.resolve().is_relative_to(self.folder.resolve()):
            file, status = self.folder / "404.html", HTTPStatus.NOT_FOUND
        body = file.read_bytes()
        headers = {"Content-Type": mimetypes.guess_type(file.name)[0] or "application/octet-stream"}
        for pattern, extra in self.rules.items():
            if fnmatch.fnmatchcase(path, pattern):
                headers.update(extra)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Stay silent."""
