"""A history → the folder of a policy, put in place as a whole or not at all; and what is told of it."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, UsageError
from smallprint.importing.files import SOURCES
from smallprint.reading.folder import POLICY_FILE
from smallprint.reading.tree import read_tree, shown_folder
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smallprint.importing.draft import LeftOut
    from smallprint.importing.history import History

REPORT: Final = "history.txt"
"""What is told of an import, beside the sources."""
_SUFFIXES: Final = {"markdown": "md", "text": "txt"}


def check_free(content: Path, slug: str) -> None:
    """Refuse to import into a policy that has a version already.

    Raises:
        UsageError: There is more in its folder than a `policy.yml`.
    """
    folder = content / slug
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder.as_posix()} is no folder. Name another policy, or move it away.")
    there = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    others = [name for name in there if name != POLICY_FILE]
    if others:
        raise UsageError(
            f"{folder.as_posix()} is there already, with {others[0]} in it. A history makes a policy of its own: name "
            "another one, or move that folder away."
        )


def write_history(history: History, content: Path, slug: str) -> list[Path]:
    """Write all versions, their sources and what is told of them.

    Everything is written beside the policy's place and read as a build would read it; only then is it moved there.

    Returns:
        The versions' files, oldest first.

    Raises:
        ContentError: The versions have faults together; nothing was written.
        UsageError: Something cannot be written.
    """
    check_free(content, slug)
    try:
        content.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".import-", dir=content))
    except OSError as error:
        raise UsageError(f"{content.as_posix()} cannot be written: {error.strerror}.") from error
    try:
        made = aside / content.resolve().name / slug
        _write(history, made, content / slug / POLICY_FILE)
        _check(made.parent, content)
        _put_in_place(made, content / slug, aside)
    except OSError as error:
        raise UsageError(f"{(content / slug).as_posix()} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return [content / slug / f"{each.version_id}.md" for each in history.kept]


def tell_history(history: History) -> Iterator[str]:
    """Yield in lines what was made of each commit, and what a person should look at."""
    first, last = history.kept[0], history.kept[-1]
    count = len(history.kept)
    span = f"from {first.version_id} to {last.version_id}" if count > 1 else f"of {first.version_id}"
    commits = count + len(history.skipped)
    yield f"{_many(count, 'version')} {span}, made of {_many(commits, 'commit')}."
    yield from history.notes
    if history.skipped:
        yield ""
        yield "Skipped:"
        for each in history.skipped:
            yield f"  {each.commit.day or '?'} {each.commit.short} {_quoted(each.commit.subject)}: {each.why}"
    doubts = [(each.version_id, doubt) for each in history.kept for doubt in each.imported.doubts]
    if doubts:
        yield ""
        yield "Look at these ids; correct them before the policy is published, for then they stay:"
        for version_id, doubt in doubts:
            was = f" (was {', '.join(doubt.was)})" if doubt.was else ""
            yield f"  {version_id} {doubt.confidence:.0%} {doubt.clause_id}{was}: {doubt.why}"
    lost = [(each.version_id, each.imported.report.unexplained) for each in history.kept]
    for version_id, words in lost:
        if words:
            yield ""
            yield f"{version_id}: these words of the source are in no version: {' '.join(words)}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _tell_all(history: History) -> Iterator[str]:
    """Yield all of it, with the commit of each version and what was left out of it for the first time."""
    yield from tell_history(history)
    known: set[tuple[str, str]] = set()
    for each in history.kept:
        yield ""
        yield f"{each.version_id} {each.commit.sha} {each.commit.path} {_quoted(each.commit.subject)}"
        yield from (f"  {note}" for note in each.imported.report.notes)
        for left in each.imported.report.left_out:
            if (left.text, left.why) not in known:
                known.add((left.text, left.why))
                yield _left(left)


def _left(left: LeftOut) -> str:
    place = f" ({left.place})" if left.place else ""
    return f"  left out{'' if left.is_sure else '?'}, {left.why}{place}: {' '.join(left.text.split())}"


def _quoted(subject: str) -> str:
    return f"“{subject}”"


def _write(history: History, made: Path, policy: Path) -> None:
    (made / SOURCES).mkdir(parents=True)
    for each in history.kept:
        suffix = _SUFFIXES.get(each.kind, str(each.kind))
        (made / SOURCES / f"{each.version_id}.{suffix}").write_bytes(each.data)
        (made / f"{each.version_id}.md").write_bytes(each.imported.markdown.encode())
    (made / SOURCES / REPORT).write_bytes(("\n".join(_tell_all(history)) + "\n").encode())
    if policy.exists():
        shutil.copyfile(policy, made / POLICY_FILE)
        return
    last = history.kept[-1]
    title = parse_version(last.imported.markdown, path="", version_id=last.version_id)[0].title
    (made / POLICY_FILE).write_bytes(f"title: {json.dumps(title, ensure_ascii=False)}\n".encode())


def _check(made: Path, content: Path) -> None:
    """Read the versions as they will be read; tell faults as of where they will stand."""
    before = f"{shown_folder(made).as_posix()}/"
    after = f"{shown_folder(content).as_posix()}/"
    try:
        read_tree(made, is_whole=False)
    except ContentError as error:
        faults = [replace(fault, path=fault.path.replace(before, after, 1)) for fault in error.faults]
        raise ContentError(faults) from error


def _put_in_place(made: Path, folder: Path, aside: Path) -> None:
    """Move a folder to its place, where nothing stands but a `policy.yml` that is in it too."""
    old = aside / "old"
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
