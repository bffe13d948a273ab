"""The server lives through whatever is saved, and shows the last good build."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from site_builds import replace, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 30


class Server:
    """A server of a project in a process of its own, and what it has said so far."""

    def __init__(self, project: Path, module: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        temporary = project / "tmp"
        temporary.mkdir()
        self.temporary = temporary
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", module, "serve", "-a", f"127.0.0.1:{self.port}"],
            cwd=project,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.said.extend(self.process.stdout)

    def get(self, path: str) -> str:
        url = f"http://127.0.0.1:{self.port}/legal/{path}"
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:
            return answer.read().decode()

    def shows(self, path: str, text: str) -> bool:
        try:
            return text in self.get(path)
        except (urllib.error.URLError, ConnectionError):
            return False

    def heard(self, text: str) -> bool:
        return any(text in line for line in self.said)

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not condition():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.05)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=_PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.listener.join()
            assert self.process.stdout
            self.process.stdout.close()


@pytest.fixture(params=["mkdocs", "smallprint"])
def start(request: pytest.FixtureRequest, project: Path) -> Iterator[Callable[[], Server]]:
    started: list[Server] = []

    def begin() -> Server:
        started.append(Server(project, request.param))
        return started[0]

    yield begin
    for server in started:
        server.stop()


def test_a_save_shows_and_a_fault_does_not_end_it(project: Path, start: Callable[[], Server]) -> None:
    version = project / "content" / "privacy" / "2024-01-01.md"
    server = start()
    server.until(lambda: server.shows("privacy/", "We share nothing."))

    replace(version, "We share nothing.", "We share little.")
    server.until(lambda: server.shows("privacy/", "We share little."))

    replace(version, "{#sharing}", "{#collection}")
    server.until(lambda: server.heard("the last good build is shown"))
    assert server.heard("help: ")
    assert server.shows("privacy/", "We share little.")

    replace(version, "## Sharing {#collection}", "## Sharing {#sharing}")
    replace(version, "We share little.", "We share all.")
    server.until(lambda: server.shows("privacy/", "We share all."))
    assert not server.heard("Traceback")


def test_it_starts_with_faults_and_shows_them(project: Path, start: Callable[[], Server]) -> None:
    version = project / "content" / "privacy" / "2024-01-01.md"
    replace(version, "{#sharing}", "{#collection}")
    server = start()
    server.until(lambda: server.shows("", "2024-01-01.md:"))
    assert server.shows("", "help: ")

    replace(version, "## Sharing {#collection}", "## Sharing {#sharing}")
    server.until(lambda: server.shows("privacy/", "We share nothing."))


def test_it_leaves_nothing_behind(project: Path, start: Callable[[], Server]) -> None:
    server = start()
    server.until(lambda: server.shows("", "Acme"))
    server.stop()

    assert list(server.temporary.iterdir()) == []
    assert not (project / "site").exists()


def test_a_port_in_use_is_explained(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run(project, "smallprint", "serve", "--address", f"127.0.0.1:{port}")

    assert result.returncode == 1
    said = result.stdout + result.stderr
    assert f"Port {port} at 127.0.0.1 is in use" in said
    assert "--address 127.0.0.1:" in said
    assert "Traceback" not in said


def test_a_host_that_is_not_here_is_explained(project: Path) -> None:
    result = run(project, "smallprint", "serve", "--address", "192.0.2.1:8000")

    assert result.returncode == 1
    assert "cannot be served at 192.0.2.1:8000" in result.stderr
