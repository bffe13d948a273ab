"""Every version of one file in a git repository → versions of a policy, each with the ids of the one before."""

from __future__ import annotations

import hashlib
import pickle
import re
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, UsageError
from smallprint.importing.bytes import MAX_BYTES
from smallprint.importing.carry import Heritage
from smallprint.importing.git import in_order
from smallprint.importing.importing import import_source, title_of
from smallprint.importing.memory import Memory
from smallprint.importing.report import Imported
from smallprint.importing.retired import Retired
from smallprint.importing.source import Asked, read_any
from smallprint.importing.spool import Spool
from smallprint.reading.languages import other_language
from smallprint.reading.version import parse_version

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from smallprint.importing.bytes import SourceKind
    from smallprint.importing.draft import Draft
    from smallprint.importing.git import Commit, Repository
    from smallprint.importing.report import Report
    from smallprint.importing.source import Source
    from smallprint.importing.spool import Saved
    from smallprint.model import Version

_TECHNICAL: Final = re.compile(r"(?:Apply technical or declaration upgrade on|Refilter)\b")
"""How the subjects of commits of Open Terms Archive begin that read the same page anew with other settings."""
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_QUERY: Final = re.compile(r"\?[^#]*")
_PART: Final = 0.2
"""A text with less than this share of the words before it may not be whole."""
_STUB: Final = 200
"""If it has fewer words than this too,"""
_BACK: Final = 0.5
"""and as many as this share come back later, it was no version of the policy."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A commit that became a version; its texts are in a temporary file, and read from there when asked for."""

    commit: Commit
    version_id: str
    kind: SourceKind
    language: str
    """How its language differs from that of the policy: “reads as English”; empty if it does not."""
    repeats: str
    """The name of an earlier version that says the same to the letter; empty if there is none."""
    _data: Saved = field(repr=False)
    _markdown: Saved = field(repr=False)
    _report: Saved = field(repr=False)

    @property
    def data(self) -> bytes:
        """The file as the commit has it."""
        return self._data.read()

    @property
    def imported(self) -> Imported:
        """The version made of it."""
        return Imported(self._markdown.read().decode(), self.report)

    @property
    def report(self) -> Report:
        """What a person should know of it."""
        report: Report = pickle.loads(self._report.read())  # noqa: S301 - this process has written it
        return report


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


@dataclass(frozen=True, slots=True)
class _Read:
    """A commit and what its file says, by hashes: the text itself is read again once it is known to be a version."""

    commit: Commit
    size: int
    """How many bytes the file has."""
    count: int
    """How many words it has."""
    data: bytes
    words: bytes
    targets: bytes
    """Where its links lead."""
    bare_targets: bytes
    """The same without the queries of addresses."""
    language: str

    @property
    def says(self) -> tuple[bytes, bytes]:
        """Equal values mean the same words and links."""
        return self.words, self.targets

    @property
    def says_apart_from_queries(self) -> tuple[bytes, bytes]:
        """Equal values mean the same words, and links that differ in nothing but queries."""
        return self.words, self.bare_targets


def import_history(  # noqa: PLR0913 - what a repository alone does not say
    repository: Repository,
    path: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    sentences: bool = False,
    view: str = "",
    title: str = "",
    language: str = "en",
    skip_reverts: bool = False,
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
        title: The title of the policy, for versions without a heading; without one, that of the last version with one.
        language: The language of the policy.
        skip_reverts: Whether versions are left out that only give back an earlier text or change the query of a link.
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
    if skip_reverts:
        read = _without_reverts(read, skipped)
    notes += _much_shorter(read)
    notes += _reverts(read, is_asked=skip_reverts)
    desk = _Desk(repository, view, language, sentences=sentences)
    kept = tuple(desk.made(read, skipped, title))
    if not kept:
        told = "; ".join(dict.fromkeys(each.why for each in skipped))
        raise UsageError(f"No commit of {path} has a version of a policy: {told}.")
    notes += _languages(kept)
    order = {commit.sha: place for place, commit in enumerate(chosen)}
    return History(
        kept=kept,
        skipped=tuple(sorted(skipped, key=lambda each: order.get(each.commit.sha, -1))),
        language=next((each.language for each in reversed(read) if each.language), ""),
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
    words = list(_words(source.draft))
    runs = [run for piece in source.draft.pieces for cell in (piece.runs, *piece.cells) for run in cell]
    # Where links within the text lead is a matter of its clauses; the names of places change with every page builder.
    targets = list(dict.fromkeys(run.target for run in runs if run.target and run.target[0] != "#"))
    return _Read(
        commit=commit,
        size=len(data),
        count=len(words),
        data=hashlib.sha256(data).digest(),
        words=_digest(words),
        targets=_digest(targets),
        bare_targets=_digest(list(dict.fromkeys(_QUERY.sub("", target) for target in targets))),
        language=source.draft.language,
    )


def _digest(texts: Sequence[str]) -> bytes:
    return hashlib.sha256("\n".join(texts).encode("utf-8", errors="surrogatepass")).digest()


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
        most_after = max(most_after, each.count)
    longest_after.reverse()
    kept: list[_Read] = []
    for each, after in zip(read, longest_after, strict=True):
        before = kept[-1].count if kept else 0
        if each.count < min(_STUB, _PART * before) and after >= _BACK * before:
            why = f"it has {each.count} words only, where the text before it and one after it are whole"
            skipped.append(Skipped(each.commit, why))
        else:
            kept.append(each)
    return kept


def _much_shorter(read: Sequence[_Read]) -> Iterator[str]:
    for old, new in pairwise(read):
        if new.count < _PART * old.count:
            counts = f"{new.count} words, the version before it {old.count}"
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
        if kept and kept[-1].says == each.says:
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


def _without_reverts(read: list[_Read], skipped: list[Skipped]) -> list[_Read]:
    """Leave out what gives back an earlier text, and what changes nothing but the query of a link.

    Each text stays once, and the last one is the text in force, whatever it gives back.
    """
    kept: list[_Read] = []
    days: dict[tuple[bytes, bytes], dt.date | None] = {}
    stretches = [list(same) for _, same in groupby(read, key=attrgetter("says_apart_from_queries"))]
    for each, *others in stretches:
        says = each.says_apart_from_queries
        skipped += [Skipped(other.commit, "only the query of a link changed, no word") for other in others]
        if says in days and (each is not stretches[-1][0] or kept[-1].says_apart_from_queries == says):
            skipped.append(Skipped(each.commit, f"it gives back the text of {days[says]}"))
        else:
            kept.append(each)
            days[says] = each.commit.day
    return kept


def _repeated(read: Sequence[_Read]) -> dict[str, str]:
    """Return by the name of a version that gives back an earlier text the name of the version that has it."""
    days: dict[tuple[bytes, bytes], str] = {}
    repeated: dict[str, str] = {}
    for each in read:
        if each.says in days:
            repeated[str(each.commit.day)] = days[each.says]
        days[each.says] = str(each.commit.day)
    return repeated


def _reverts(read: Sequence[_Read], *, is_asked: bool) -> Iterator[str]:
    """Yield how many versions give back an earlier text, and how many change nothing but the query of a link."""
    repeated = len(_repeated(read))
    queries = sum(old.says_apart_from_queries == new.says_apart_from_queries for old, new in pairwise(read))
    if repeated:
        say = "says" if repeated == 1 else "say"
        yield f"{repeated} of {len(read)} versions {say} again, to the letter, what an earlier one said."
    if queries:
        changed = "differs" if queries == 1 else "differ"
        yield f"{queries} of {len(read)} versions {changed} from the one before in nothing but the query of a link."
    if (repeated or queries) and not is_asked:
        yield "With --skip-reverts such versions are left out, except the last one of the history if its words differ."


def _languages(kept: Sequence[Kept]) -> Iterator[str]:
    """Yield which versions are in another language than their policy."""
    for how in dict.fromkeys(each.language for each in kept if each.language):
        days = [each.version_id for each in kept if each.language == how]
        versions = "version" if len(days) == 1 else "versions"
        verb = how if len(days) == 1 else how.replace("does not", "do not").replace("reads as", "read as")
        yield (
            f"{len(days)} {versions} of {len(kept)} {verb}, unlike the language of the policy: {', '.join(days)}. "
            "Write the language into policy.yml, such as `language: de`, or leave them out."
        )


class _Desk:
    """The making of versions, one after the other; only the last one is kept in memory."""

    def __init__(self, repository: Repository, view: str, language: str, *, sentences: bool) -> None:
        self._repository = repository
        self._view = view
        self._language = language
        self._sentences = sentences
        self._memory = Memory()
        self._spool = Spool()
        self._retired = Retired()

    def made(self, read: Sequence[_Read], skipped: list[Skipped], title: str) -> Iterator[Kept]:
        """Yield the versions."""
        title = title or self._last_title(read)
        repeated = _repeated(read)
        like: Version | None = None
        markdown = ""
        for each, data in self._again(read):
            if self._memory.make_room(max(each.size, len(markdown))) and like:
                like = _parsed(markdown, str(like.version_id))
            try:
                source = self._source(each, data)
                name = str(each.commit.day)
                imported = import_source(
                    source,
                    each.commit.path,
                    version_id=name,
                    policy_title=title,
                    heritage=Heritage(like, retired=self._retired),
                    sentences=self._sentences,
                )
            except ContentError as error:
                skipped.append(Skipped(each.commit, _first(error)))
                continue
            markdown = imported.markdown
            new = _parsed(markdown, name)
            self._retired.follow(like.clauses if like else (), new.clauses)
            like = new
            yield Kept(
                each.commit,
                name,
                source.kind,
                other_language(new, self._language),
                repeated.get(name, ""),
                self._spool.put(data),
                self._spool.put(markdown.encode()),
                self._spool.put(pickle.dumps(imported.report)),
            )

    def _again(self, read: Sequence[_Read]) -> Iterator[tuple[_Read, bytes]]:
        """Yield what was read, each with its bytes."""
        contents = self._repository.contents([each.commit.blob for each in read], MAX_BYTES)
        return ((each, data or b"") for each, data in zip(read, contents, strict=True))

    def _source(self, each: _Read, data: bytes) -> Source:
        return read_any(data, each.commit.path, each.commit.path, Asked(view=self._view))

    def _last_title(self, read: Sequence[_Read]) -> str:
        """Return the title of the last version that has a heading; others go by that of their policy."""
        for each, data in self._again(read[::-1]):
            if title := title_of(self._source(each, data).draft):
                return title
        return ""


def _parsed(markdown: str, name: str) -> Version:
    return parse_version(markdown, path=f"{name}.md", version_id=name)[0]


def _first(error: ContentError) -> str:
    """Return what an error says first, as a part of a sentence."""
    return error.faults[0].what.rstrip(".")
