"""All that a built page depends on, as hashes: equal hashes mean equal pages.

A policy's pages depend on the files in its folder and on what all pages share: the program, its libraries, the theme,
the configuration, the day, and the ordinary pages and titles of policies, which the navigation may show.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from smallprint.assessing.plugged_in import plugged_in
from smallprint.presenting.themes import themes_dir
from smallprint.site.theme import THEME

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

_KNOWN_PLUGINS = frozenset({"search", "smallprint"})
"""Plugins that are known to do nothing to one page because of another."""
_POLICY_FILE = "policy.yml"
_PASSING = frozenset({"site_dir", "config_file_path", "plugins", "theme", "watch", "dev_addr", "strict"})
"""Settings that no page shows, or that are looked at on their own."""


class _LinkError(Exception):
    """There is a link in the content: what it leads to may change unseen."""


@dataclass(frozen=True)
class Inputs:
    """The hashes of one build."""

    shared: str
    policies: Mapping[str, str]
    """By slug, the hash of the files in the policy's folder, in the order of slugs."""


def read_inputs(config: MkDocsConfig, day: dt.date, *, against_current: bool, is_preview: bool) -> Inputs | None:
    """Return the hashes of what a build is made from; none where pages may depend on more than we know of.

    That is so with hooks, with plugins other than ours and MkDocs' own, with another theme or templates of one's own
    (which may show any day or page), and with links in the content.
    """
    if config.theme.name != THEME or config.theme.custom_dir or config.hooks:
        return None
    if config.extra_templates or not config.plugins.keys() <= _KNOWN_PLUGINS:
        return None
    shared = hashlib.sha256()
    for text in (_program(), day.isoformat(), str(against_current), str(is_preview), *plugged_in(), *_settings(config)):
        _add(shared, text)
    for text in _files([str(themes_dir()), *config.theme.dirs]):
        _add(shared, text)
    policies: dict[str, str] = {}
    try:
        for entry in sorted(Path(config.docs_dir).iterdir()):
            if entry.is_dir() and (entry / _POLICY_FILE).exists():
                own = hashlib.sha256()
                _add_tree(own, entry, "")
                policies[entry.name] = own.hexdigest()
                _add(shared, entry.name)
                _add_tree(shared, entry / _POLICY_FILE, _POLICY_FILE)
            else:
                _add_tree(shared, entry, entry.name)
    except (_LinkError, OSError):
        return None
    return Inputs(shared.hexdigest(), policies)


@cache
def _program() -> str:
    """Return the hash of this program and the versions of all it uses, once for each process."""
    own = hashlib.sha256(sys.version.encode())
    package = Path(__file__).resolve().parents[1]
    for text in _files([str(package)]):
        _add(own, text)
    names = {"markupsafe", "smallprint"}
    names.update(word.partition(";")[0].strip() for word in metadata.requires("smallprint") or ())
    for name in sorted(_distribution(name) for name in names):
        try:
            _add(own, f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            _add(own, f"{name} not here")
    return own.hexdigest()


def _distribution(requirement: str) -> str:
    """Return the name in a requirement such as `click>=8.4,<9`."""
    return next((requirement[:i] for i, sign in enumerate(requirement) if sign in "<>=!~[ ;("), requirement)


def _settings(config: MkDocsConfig) -> Iterator[str]:
    for key, value in config.items():
        if key not in _PASSING:
            yield f"{key}={value!r}"
    for name, plugin in config.plugins.items():
        yield f"plugin {name} {sorted(plugin.config.items())!r}"
    yield f"theme {sorted((key, str(value)) for key, value in config.theme.items())!r}"
    yield f"static {sorted(config.theme.static_templates)!r}"


def _files(folders: list[str]) -> Iterator[str]:
    """Yield the name and hash of every file below some folders, but for what Python compiles."""
    for folder in map(Path, folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(folder).as_posix()
                yield hashlib.sha256(path.read_bytes()).hexdigest()


def _add_tree(own: hashlib._Hash, path: Path, name: str) -> None:
    """Add a file, or all in a folder."""
    if path.is_symlink():
        raise _LinkError
    if path.is_dir():
        for entry in sorted(path.iterdir()):
            _add_tree(own, entry, f"{name}/{entry.name}")
    else:
        _add(own, name)
        _add(own, hashlib.sha256(path.read_bytes()).hexdigest())


def _add(own: hashlib._Hash, text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    own.update(b"%d:" % len(data))
    own.update(data)
