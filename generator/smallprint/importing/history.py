"""Every version of one file in a git repository → versions of a policy, each with the ids of the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, UsageError
from smallprint.importing.bytes import MAX_BYTES
from smallprint.importing.carry import Heritage
from smallprint.importing.git import in_order
from smallprint.importing.importing import import_source
from smallprint.importing.source import Asked, Source, read_any
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from smallprint.importing.bytes import SourceKind
    from smallprint.importing.draft import Draft
    from smallprint.importing.git import Commit, Repository
    from smallprint.importing.report import Imported
    from smallprint.model import Version

_TECHNICAL: Final = re.compile(r"(?:Apply technical or declaration upgrade on|Refilter)\b")
"""How the subjects of commits of Open Terms Archive begin that read the same page anew with other settings."""
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_PART: Final = 0.2
"""A text with less than this share of the words before it may not be whole."""
_STUB: Final = 200
"""If it has fewer words than this too,"""
_BACK: Final = 0.5
"""and as many as this share come back later, it was no version of the policy."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A commit that became a version."""

    commit: Commit
    version_id: str
    data: bytes
    """The file as the commit has it."""
    kind: SourceKind
    imported: Imported


@dataclass(frozen=True, slots=True)
class Skipped:
    """A commit that became none."""

    commit: Commit
    why: str


@dataclass(frozen=True)
class History:
    """All that was made of a file's commits."""

    kept: tuple[Kept, ...]
    skipped: tuple[Skipped, ...]
    """In the order of the commits."""
    language: str = ""
    """What the sources say of their language, if they say it."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Read:
    """A commit and what its file says."""

    commit: Commit
    data: bytes
    source: Source
    words: tuple[str, ...]
    targets: tuple[str, ...]


def import_history(  # noqa: PLR0913 - what a repository alone does not say
    repository: Repository,
    path: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    sentences: bool = False,
    view: str = "",
    struck: str = "",
) -> History:
    """Read all versions of a file.

    Args:
        repository: Where it is.
        path: The file, as seen from there.
        since: The first day that counts; earlier commits are as if they were not there.
        until: The last one.
        sentences: Whether each sentence stands on a line of its own.
        view: As what Word files with tracked changes are read.
        struck: What becomes of text that is struck out, `keep` or `drop`.

    Raises:
        UsageError: There is no such file, or none of its commits has a version.
    """
    commits = repository.history(path)
    notes = list(_notes(repository, commits))
    chosen = [commit for commit in in_order(commits) if commit.day and _is_within(commit.day, since, until)]
    if not chosen:
        raise UsageError(f"{path} has {len(commits)} commits, none of them between the days you name.")
    skipped = [Skipped(commit, "its date makes no sense") for commit in commits if not commit.day]
    read = _read_all(repository, chosen, skipped, Asked(view=view, struck=struck))
    read = _without_stubs(read, skipped)
    read = _last_of_days(read, skipped)
    read = _that_differ(read, skipped)
    notes += _much_shorter(read)
    kept = tuple(_made(read, skipped, sentences=sentences))
    if not kept:
        told = "; ".join(dict.fromkeys(each.why for each in skipped))
        raise UsageError(f"No commit of {path} has a version of a policy: {told}.")
    order = {commit.sha: place for place, commit in enumerate(chosen)}
    return History(
        kept=kept,
        skipped=tuple(sorted(skipped, key=lambda each: order.get(each.commit.sha, -1))),
        language=next((each.source.draft.language for each in reversed(read) if each.source.draft.language), ""),
        notes=tuple(notes),
    )


def _notes(repository: Repository, commits: Sequence[Commit]) -> Iterator[str]:
    if repository.is_shallow:
        yield "The repository is a shallow clone, without what is older; `git fetch --unshallow` gets it."
    if commits[0].copied_from:
        copied, now = commits[0].copied_from, commits[0].path
        yield f"{now} began as a copy of {copied}; the history of {copied} was not read."
    names = dict.fromkeys(commit.path for commit in commits)
    if len(names) > 1:
        yield f"The file was renamed: {' → '.join(names)}."
    if in_order(commits) != list(commits):
        yield "The authors' days are not in the order of the commits; versions stand in the order of the days."


def _is_within(day: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _read_all(repository: Repository, commits: Sequence[Commit], skipped: list[Skipped], asked: Asked) -> list[_Read]:
    """Read the file of each commit that may be a version."""
    read: list[_Read] = []
    known: dict[tuple[str, str], _Read | str] = {}
    contents = repository.contents([commit.blob for commit in commits if commit.blob], MAX_BYTES)
    for commit in commits:
        if not commit.blob:
            why = "the file was deleted" if commit.is_deletion else "it is a link or a submodule, not a file"
            skipped.append(Skipped(commit, why))
            continue
        data = next(contents, None)
        key = commit.blob, PurePosixPath(commit.path).suffix
        if key not in known:
            known[key] = _read_one(commit, data, asked)
        found = known[key]
        if isinstance(found, str):
            skipped.append(Skipped(commit, found))
        elif read and _TECHNICAL.match(commit.subject):
            skipped.append(Skipped(commit, "a technical change of how the page was read, by its subject"))
        else:
            read.append(replace(found, commit=commit))
    return read


def _read_one(commit: Commit, data: bytes | None, asked: Asked) -> _Read | str:
    """Read the file of a commit, or say why it is no version."""
    if data is None:
        return f"its file is missing from the repository, or larger than {MAX_BYTES // 1_000_000} MB"
    if not data.strip():
        return "the file is empty"
    if data.startswith(_POINTER):
        return "the file is kept elsewhere (git LFS), only its name is here"
    try:
        source = read_any(data, commit.path, commit.path, asked)
    except ContentError as error:
        return _first(error)
    words = tuple(_words(source.draft))
    runs = [run for piece in source.draft.pieces for cell in (piece.runs, *piece.cells) for run in cell]
    return _Read(commit, data, source, words, tuple(dict.fromkeys(run.target for run in runs if run.target)))


def _words(draft: Draft) -> Iterator[str]:
    """Yield all that a reader sees, in order, whatever it looks like."""
    for piece in draft.pieces:
        if piece.number:
            yield f"{piece.number}."
        yield from piece.text.split()


def _without_stubs(read: list[_Read], skipped: list[Skipped]) -> list[_Read]:
    """Leave out texts that stand for a while where the policy was, such as a note that it cannot be shown."""
    most_after = 0
    longest_after: list[int] = []
    for each in reversed(read):
        longest_after.append(most_after)
        most_after = max(most_after, len(each.words))
    longest_after.reverse()
    kept: list[_Read] = []
    for each, after in zip(read, longest_after, strict=True):
        before = len(kept[-1].words) if kept else 0
        if len(each.words) < min(_STUB, _PART * before) and after >= _BACK * before:
            why = f"it has {len(each.words)} words only, where the text before it and one after it are whole"
            skipped.append(Skipped(each.commit, why))
        else:
            kept.append(each)
    return kept


def _much_shorter(read: Sequence[_Read]) -> Iterator[str]:
    for old, new in pairwise(read):
        if len(new.words) < _PART * len(old.words):
            counts = f"{len(new.words)} words, the version before it {len(old.words)}"
            yield f"{new.commit.day} has {counts}; see whether the text is whole."


def _last_of_days(read: list[_Read], skipped: list[Skipped]) -> list[_Read]:
    """Take the last commit of each day."""
    days: dict[dt.date | None, _Read] = {}
    for each in read:
        if earlier := days.pop(each.commit.day, None):
            why = f"{each.commit.short}, later on the same day, took its place"
            skipped.append(Skipped(earlier.commit, why))
        days[each.commit.day] = each
    return list(days.values())


def _that_differ(read: list[_Read], skipped: list[Skipped]) -> list[_Read]:
    """Leave out what says the same as the version before it."""
    kept: list[_Read] = []
    for each in read:
        if kept and (kept[-1].words, kept[-1].targets) == (each.words, each.targets):
            is_same = kept[-1].data == each.data
            why = (
                "the text is that of the version before it"
                if is_same
                else "no word of the policy changed, only formatting or what is left out of it"
            )
            skipped.append(Skipped(each.commit, why))
        else:
            kept.append(each)
    return kept


def _made(read: Sequence[_Read], skipped: list[Skipped], *, sentences: bool) -> Iterator[Kept]:
    """Make the versions, one after the other."""
    like: Version | None = None
    ever: set[str] = set()
    for each in read:
        try:
            imported = import_source(
                each.source,
                each.commit.path,
                version_id=str(each.commit.day),
                heritage=Heritage(like, retired=frozenset(ever - _ids(like))),
                sentences=sentences,
            )
        except ContentError as error:
            skipped.append(Skipped(each.commit, _first(error)))
            continue
        name = str(each.commit.day)
        like, _ = parse_version(imported.markdown, path=f"{name}.md", version_id=name)
        ever |= _ids(like)
        yield Kept(each.commit, name, each.data, each.source.kind, imported)


def _first(error: ContentError) -> str:
    """Return what an error says first, as a part of a sentence."""
    return error.faults[0].what.rstrip(".")


def _ids(version: Version | None) -> set[str]:
    return {str(clause.clause_id) for clause in version.clauses if clause.clause_id} if version else set()
