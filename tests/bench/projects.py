"""The projects that are built: the same cleaned texts, once for smallprint and once for MkDocs alone.

Texts from elsewhere hold what smallprint refuses or warns of. It is taken out for both, so that both build the same.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from corpus import without_front_matter
from processes import Usage, run_measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from corpus import History

_BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
_OURS = """\
site_name: Policies
site_url: https://privacy.example.org/
docs_dir: content
theme:
  name: smallprint
plugins:
  - smallprint:
      against_current: false
      as_of: 2100-01-01
"""
_PEER = """\
site_name: Policies
site_url: https://privacy.example.org/
docs_dir: content
theme:
  name: null
  custom_dir: theme
plugins: []
"""
_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body>{{ page.content }}</body>
</html>
"""
_GIVEN = frozenset({"content", "theme", "mkdocs.yml"})
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_REFUSED = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Co}\p{Cn}\u2800\uFFF9-\uFFFD[\p{Cc}--[\t\n]]]", regex.V1)
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->|<\?|<!\[CDATA\[|<![A-Z]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a mkdocs.yml."""

    folder: Path
    is_ours: bool

    @property
    def site(self) -> Path:
        """Where the site is built."""
        return self.folder / "site"

    @property
    def content(self) -> Path:
        """Where the texts are."""
        return self.folder / "content"

    def build(self, *, is_cold: bool = False, is_dirty: bool = False) -> Usage:
        """Build the site in a process of its own.

        Args:
            is_cold: whether to remove first what earlier builds have left, whatever it is.
            is_dirty: whether MkDocs is to build changed pages only.
        """
        if is_cold:
            for path in self.folder.iterdir():
                if path.name not in _GIVEN:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
        # A cache elsewhere would be warm: let there be none.
        environment = {"XDG_CACHE_HOME": str(self.folder / ".cache")}
        return run_measured((*_BUILD, "--dirty") if is_dirty else _BUILD, self.folder, environment)

    def copy_to(self, folder: Path) -> Project:
        """Return a project with the same content of which nothing has been built."""
        folder.mkdir(parents=True)
        for name in _GIVEN:
            source = self.folder / name
            if source.is_dir():
                shutil.copytree(source, folder / name)
            elif source.exists():
                shutil.copy2(source, folder / name)
        return Project(folder, self.is_ours)


@dataclass(frozen=True, slots=True)
class Projects:
    """The same texts for both."""

    ours: Project
    peer: Project
    size: int
    """The bytes of all versions."""
    versions: int
    cleaned: Mapping[str, int]
    """How many files had something taken out, by what it was."""

    @property
    def told(self) -> str:
        """What was taken out, in words."""
        found = ", ".join(f"{count} of {what}" for what, count in sorted(self.cleaned.items()))
        return f"cleaned for both before the build, in files: {found or 'nothing'}"


def set_up(histories: Sequence[History], folder: Path) -> Projects:
    """Write both projects into a folder."""
    ours, peer = Project(folder / "ours", is_ours=True), Project(folder / "peer", is_ours=False)
    for project, settings in ((ours, _OURS), (peer, _PEER)):
        project.content.mkdir(parents=True)
        (project.folder / "mkdocs.yml").write_text(settings)
        (project.content / "index.md").write_text("# Policies\n")
    (peer.folder / "theme").mkdir()
    (peer.folder / "theme" / "main.html").write_text(_TEMPLATE)
    cleaned: Counter[str] = Counter()
    size = versions = 0
    for history in histories:
        for project in (ours, peer):
            (project.content / history.slug).mkdir()
        (ours.content / history.slug / "policy.yml").write_text(f"title: Privacy Policy of {history.slug}\n")
        for path in history.versions:
            text, found = _cleaned(path.read_bytes().decode())
            cleaned.update(found)
            for project in (ours, peer):
                (project.content / history.slug / path.name).write_bytes(text)
            size += len(text)
            versions += 1
    return Projects(ours, peer, size, versions, cleaned)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _cleaned(text: str) -> tuple[bytes, list[str]]:
    """Return a text with front matter of our own and nothing that is refused, and what was taken out."""
    found = []
    bare = without_front_matter(text)
    if bare != text:
        found.append("other front matter")
    plain = _HTML.sub("", bare)
    if plain != bare:
        found.append("HTML")
    clean = unicodedata.normalize("NFC", _REFUSED.sub("", _LINE_ENDS.sub("\n", plain)))
    if clean != plain:
        found.append("dangerous characters")
    return f"---\ntitle: Privacy Policy\n---\n\n{clean.strip()}\n".encode(), found
