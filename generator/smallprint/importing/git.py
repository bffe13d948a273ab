"""Git, asked for the history of one file: by argument lists, never a shell, and so that nothing of a repository runs.

A repository may be anyone's, and its configuration may name programs. None of them is run: no hooks, pagers, filters,
signature checks, text conversions or monitors, and nothing is fetched.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
import posixpath
import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_SETTINGS: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "protocol.allow=never"),
    *("-c", "diff.renames=true"),
    *("-c", "diff.renameLimit=1000"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)
_LOG: Final = (
    "log",
    "--follow",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-notes",
    "--no-mailmap",
    "--topo-order",
    "--format=format:%H %aI%n%s",
)
_KEPT_VARIABLES: Final = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES")
"""Variables of git that a person may have set on purpose; others, such as GIT_DIR, would lead to another repository."""
_SECONDS: Final = 300
"""How long git may take to look through a history."""
_ENTRY: Final = re.compile(r":\d+ (?P<mode>\d+) [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<status>[A-Z])\d*")
_FILE: Final = "100"
"""How the modes of plain files begin; links and submodules have others."""
_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit that touched the file."""

    sha: str
    day: dt.date | None
    """The author's day, where the author was; none where the date makes no sense."""
    moment: str
    """The same instant for all, as text that sorts."""
    subject: str
    path: str
    """What the file is called from this commit on."""
    blob: str
    """The hash of its content; empty where the commit deleted it, or put something there that is no file."""
    is_deletion: bool = False
    copied_from: str = ""
    """The file it was copied from, if its history begins so."""

    @property
    def short(self) -> str:
        """The hash as people write it."""
        return self.sha[:10]


class Repository:
    """A git repository, or a folder within one."""

    def __init__(self, folder: Path) -> None:
        """Find the repository.

        Raises:
            UsageError: There is none, it is not trusted, or there is no git.
        """
        self.folder = folder
        if not folder.is_dir():
            raise UsageError(f"There is no folder {folder.as_posix()}. Name the folder of a git repository.")
        said = self._run("rev-parse", "--is-shallow-repository")
        self.is_shallow = said.strip() == b"true"

    def history(self, path: str) -> list[Commit]:
        """Return the commits that touched a file, oldest first, also under the names it had before.

        Args:
            path: The file, as seen from the folder.

        Raises:
            UsageError: The history has no such file.
        """
        if self._kind_of(path) == "tree":
            raise UsageError(f"{path or 'The repository'} is a folder. Name one file in it.")
        commits = list(_parse_log(self._run(*_LOG, "--", path)))
        if not commits:
            raise UsageError(f"No commit of the current branch has a file {path}.{self._near(path)}")
        copied = next((place for place, commit in enumerate(commits) if commit.copied_from), len(commits))
        return commits[: copied + 1][::-1]

    def contents(self, blobs: Iterable[str], largest: int) -> Iterator[bytes | None]:
        """Yield the content of each blob; none for one that is larger than may be, or not there."""
        command = self._command("cat-file", "--batch")
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            if process.stdin is None or process.stdout is None:  # pragma: no cover - both were asked for
                return
            for blob in blobs:
                process.stdin.write(f"{blob}\n".encode())
                process.stdin.flush()
                head = process.stdout.readline().split()
                if len(head) != 3:  # noqa: PLR2004 - hash, kind and size; else it is missing
                    yield None
                    continue
                size = int(head[2])
                data = process.stdout.read(size) if size <= largest else None
                for left in _steps(0 if data is not None else size):
                    process.stdout.read(left)
                process.stdout.read(1)
                yield data

    def _kind_of(self, path: str) -> str:
        path = posixpath.normpath(path or ".")
        listed = self._run("ls-tree", "-z", "HEAD", "--", path)
        is_folder = path == "." or listed.count(b"\0") > 1
        return "tree" if is_folder else listed.split(b" ")[1].decode() if listed else ""

    def _near(self, path: str) -> str:
        names = [os.fsdecode(name) for name in self._run("ls-tree", "-r", "-z", "--name-only", "HEAD").split(b"\0")]
        near = difflib.get_close_matches(path, names, _NEAR, 0.6)
        return f" There is: {', '.join(near)}." if near else ""

    def _command(self, *arguments: str) -> list[str]:
        return ["git", "-C", str(self.folder), *_SETTINGS, *arguments]

    def _run(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(
                self._command(*arguments), capture_output=True, check=False, timeout=_SECONDS, env=_environment()
            )
        except FileNotFoundError as error:
            raise UsageError("git is not installed, or not on the PATH; histories are read by it.") from error
        except subprocess.TimeoutExpired as error:
            raise UsageError(f"git did not answer within {_SECONDS} seconds.") from error
        if done.returncode:
            raise UsageError(_explained(done.stderr.decode("utf-8", errors="replace").strip(), self.folder))
        return done.stdout


def _environment() -> dict[str, str]:
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT_VARIABLES)
    }
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}


def _explained(error: str, folder: Path) -> str:
    """Return what git complained of, as something a person can act on."""
    shown = folder.as_posix()
    if "dubious ownership" in error:
        named = re.search(r"repository at '([^']+)'", error)
        whose = named[1] if named else shown
        return (
            f"git does not read {whose}, because it belongs to another user, and what is in it could be made to harm "
            f"you. If you trust it: git config --global --add safe.directory {whose}"
        )
    if "safe.bareRepository" in error or "cannot use bare repository" in error:
        return (
            f"git is set not to read bare repositories such as {shown} (safe.bareRepository). Clone it and name that."
        )
    if "not a git repository" in error:
        return f"{shown} is no git repository, nor a folder in one."
    if (
        "does not have any commits" in error
        or "bad default revision" in error
        or "Not a valid object name HEAD" in error
    ):
        return f"The current branch of {shown} has no commits."
    if "outside repository" in error:
        return f"The file is outside of the repository {shown}. Name it as seen from there."
    return f"git cannot read {shown}: {error.splitlines()[-1] if error else 'it does not say why'}"


def _parse_log(output: bytes) -> Iterator[Commit]:
    """Yield the commits of a log, newest first."""
    fields = iter(output.decode("utf-8", errors="surrogateescape").split("\0"))
    for field in fields:
        lines = field.strip("\n").split("\n")
        entry = _ENTRY.fullmatch(lines[-1])
        if entry is None:
            continue
        sha, _, date = lines[0].partition(" ")
        before = next(fields, "")
        is_named_anew = entry["status"] in "RC"
        path = next(fields, "") if is_named_anew else before
        is_file = entry["mode"].startswith(_FILE)
        day, moment = _moment(date)
        yield Commit(
            sha=sha,
            day=day,
            moment=moment,
            subject=_shown(" ".join(lines[1:-1])),
            path=_shown(path),
            blob=entry["blob"] if is_file else "",
            is_deletion=entry["status"] == "D",
            copied_from=_shown(before) if entry["status"] == "C" else "",
        )


def _moment(date: str) -> tuple[dt.date | None, str]:
    try:
        when = dt.datetime.fromisoformat(date)
        return when.date(), when.astimezone(dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return None, ""


def _shown(text: str) -> str:
    """Return a text from a repository as it may be shown: no control characters, no broken ones."""
    text = text.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
    return "".join(char if char.isprintable() else " " for char in text).strip()


def _steps(size: int, step: int = 1_000_000) -> Iterator[int]:
    return (end - start for start, end in pairwise([*range(0, size, step), size]))


def in_order(commits: Sequence[Commit]) -> list[Commit]:
    """Return commits by the author's day, then by the instant; those of one instant stay as they are."""
    return sorted(commits, key=lambda commit: (commit.day or dt.date.min, commit.moment))
