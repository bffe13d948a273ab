"""Builds and serves the site for the command line, just as `mkdocs build` and `mkdocs serve` do."""

from __future__ import annotations

import errno
import logging
import os
import re
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from smallprint.errors import PublishError, SmallprintError, UsageError
from smallprint.reading.day import AS_OF_VARIABLE, parse_day
from smallprint.site.options import PREVIEW_VARIABLE
from smallprint.site.plugin import SmallprintPlugin

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig

_LAST: Final = 65_535
_SAYS_WARNING: Final = re.compile(r"\A[^\n]{0,300}?\bwarning\b:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made, and where."""

    site: Path
    url: str
    """Where the site is to be published, empty where mkdocs.yml does not say."""
    day: dt.date
    """The day the site is to be read on."""
    policies: int
    versions: int
    redlines: int
    is_preview: bool
    """Whether it shows what no person has decided, and so is not for the public."""
    kept: int
    """Files of others that were carried over from the old site."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is made from, and where it goes."""

    content: Path
    site: Path
    url: str
    """Where it is to be published, with `/` at its end; empty where mkdocs.yml does not say."""


def place_of_site(config_file: str | None = None) -> Place:
    """Return where the site that a mkdocs.yml describes is made from and goes, without building it.

    Raises:
        SmallprintError: The configuration cannot be used; says why.
    """
    with _messages(lambda _: None, logging.ERROR) as messages:
        try:
            config = load_config(config_file)
        except MkDocsException as error:
            raise SmallprintError(messages.summary(error)) from error
    url = config.site_url or ""
    return Place(Path(config.docs_dir), Path(config.site_dir), f"{url.rstrip('/')}/" if url else "")


def build_site(  # noqa: PLR0913 - all but the file go by name
    config_file: str | None = None,
    *,
    strict: bool = False,
    as_of: str | None = None,
    preview: bool | None = None,
    site_dir: str | None = None,
    say: Callable[[str], None],
) -> Built:
    """Build the site that a mkdocs.yml describes and put it in place; `say` is handed every warning.

    Raises:
        SmallprintError: Nothing was put in place; says why.
    """
    start = time.perf_counter()
    plugin = None
    with _environment(as_of, preview=preview), _messages(say, logging.WARNING) as messages:
        try:
            config = load_config(config_file, strict=strict or None, site_dir=site_dir)
            plugin = _plugin(config)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except MkDocsException as error:
            if plugin and plugin.failure:
                raise plugin.failure from error
            raise SmallprintError(messages.summary(error)) from error
        except OSError as error:
            raise PublishError(
                f"The site could not be written: {error}. What stood there before still stands."
            ) from error
    content = plugin.content
    if content is None:
        raise SmallprintError("MkDocs ended without building the site.")
    return Built(
        site=Path(config.site_dir),
        url=config.site_url or "",
        day=content.day,
        policies=len(content.slugs),
        versions=content.version_count,
        redlines=content.redline_count,
        is_preview=content.is_preview,
        kept=plugin.kept,
        seconds=time.perf_counter() - start,
    )


def serve_site(  # noqa: PLR0913 - all but the file go by name
    config_file: str | None = None,
    *,
    as_of: str | None = None,
    preview: bool | None = None,
    address: str | None = None,
    open_in_browser: bool = False,
    say: Callable[[str], None],
) -> None:
    """Serve the site on this machine and build it anew at every change, until interrupted.

    Raises:
        SmallprintError: The site cannot be served; says why.
    """
    with _environment(as_of, preview=preview), _messages(say, logging.INFO) as messages:
        try:
            # Before the site is built, which may take a while.
            _check_free(*load_config(config_file, dev_addr=address).dev_addr)
            serve(config_file, dev_addr=address, open_in_browser=open_in_browser)
        except MkDocsException as error:
            raise SmallprintError(messages.summary(error)) from error


def _check_free(host: str, port: int) -> None:
    """See that a server can be had at an address.

    Raises:
        SmallprintError: Not there; says why.
    """
    other = f"Serve at another port, such as `smallprint serve --address {host}:{port + 1 if port < _LAST else 8000}`."
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            what = f"Port {port} at {host} is in use, perhaps by another `smallprint serve`. End that one, or: {other}"
        elif error.errno == errno.EACCES:
            what = f"You may not serve at port {port}. {other}"
        else:
            what = f"The site cannot be served at {host}:{port}: {error.strerror or error}. {other}"
        raise SmallprintError(what) from error


def _plugin(config: MkDocsConfig) -> SmallprintPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, SmallprintPlugin):
            return plugin
    raise UsageError(f"{config.config_file_path} does not use smallprint. Add `- smallprint` to its `plugins`.")


@contextmanager
def _environment(as_of: str | None, *, preview: bool | None) -> Iterator[None]:
    """Let the plugin see options through the environment, which outlives every reload of the configuration."""
    values = {}
    if as_of is not None:
        parse_day(as_of, "--as-of")
        values[AS_OF_VARIABLE] = as_of
    if preview is not None:
        values[PREVIEW_VARIABLE] = "1" if preview else "0"
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


class _Messages(logging.Handler):
    """Hands MkDocs' messages on as plain text, errors only at the end of a build that fails."""

    def __init__(self, say: Callable[[str], None], level: int) -> None:
        super().__init__(level)
        self._say = say
        self._errors: list[str] = []
        self._warnings = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Hand one message on."""
        text = record.getMessage().removeprefix("smallprint: ")
        is_warning = record.levelno == logging.WARNING
        self._warnings += is_warning
        if is_warning and not _SAYS_WARNING.search(text):
            text = f"warning: {text}"
        if record.levelno >= logging.ERROR:
            self._errors.append(text)
        if self.level < logging.WARNING or record.levelno < logging.ERROR:
            self._say(text)

    def summary(self, error: MkDocsException) -> str:
        """Return why MkDocs stopped."""
        if self._errors:
            return "\n".join(self._errors)
        if isinstance(error, Abort) and self._warnings:
            noun = "warning" if self._warnings == 1 else "warnings"
            return f"{self._warnings} {noun}, and --strict allows none. Nothing was written."
        return error.format_message()


@contextmanager
def _messages(say: Callable[[str], None], level: int) -> Iterator[_Messages]:
    logger = logging.getLogger("mkdocs")
    handler, before = _Messages(say, level), logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
