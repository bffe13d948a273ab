"""published.json: what each released version said, as hashes → what of it is no longer so.

Clause ids do not count, since other checks watch over them, nor does front matter that may be completed later
(`published`, `notified`, `source`); the title and the day in force do.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from smallprint.errors import PublishError
from smallprint.reading.codes import make_fault
from smallprint.reading.folder import RELEASED_FILE
from smallprint.reading.source import read_source
from smallprint.reviewing.fingerprint import clause_fingerprint, fingerprint_of, has_fingerprint
from smallprint.reviewing.legacy import is_legacy
from smallprint.reviewing.places import fault_at_clause, fault_at_key
from smallprint.whole_file import put_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Clause, Policy, Version

FILE: Final = RELEASED_FILE
SCHEMA_VERSION: Final = 2
"""What is written. A file may hold entries of the first form too, which `release` carries over as they are."""
_KNOWN_VERSIONS: Final = (1, 2)
_SHORT: Final = 16
"""Hex digits of a clause's hash: they help to say which clause was changed, no more."""


class Released(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one version said when it was released."""

    effective: dt.date
    title: str
    words: Annotated[str, msgspec.Meta(pattern="^(2:)?[0-9a-f]{64}$")]
    """The hash of all that readers see of its text, with the prefix of its form; that of the first form has none."""
    clauses: dict[str, str]
    """By anchor, in reading order, the beginning of the hash of each clause, in the same form."""


@dataclass(frozen=True)
class Published:
    """What a published.json says."""

    path: str = ""
    """The file, as faults name it."""
    text: str = field(default="", repr=False)
    """Empty where there is no such file."""
    versions: Mapping[str, Released] = field(default_factory=lambda: MappingProxyType({}))

    def line_of(self, version: str) -> int:
        """Return the line on which the entry of a version begins; 0 where there is none."""
        return _line_of_key(self.text, version)


def read_published(folder: Path, shown: str) -> tuple[Published, tuple[Fault, ...]]:
    """Read the published.json of a policy's folder; one that is not there says nothing and has no fault.

    Args:
        folder: the policy's folder.
        shown: what faults call it.
    """
    path = f"{shown}/{FILE}"
    if not (folder / FILE).exists():
        return Published(path), ()
    text, _, faults = read_source(folder / FILE, path)
    if faults:
        return Published(path, text), tuple(faults)
    try:
        versions = _parse(text)
    except _BrokenError as error:
        remedy = "Take the file back from git as it was; only `smallprint release` writes it."
        line, column = error.line, error.column
        return Published(path, text), (
            make_fault("SP534", path, str(error), remedy, line=line, column=column, text=text),
        )
    return Published(path, text, MappingProxyType(versions)), ()


def is_public(version: Version, day: dt.date) -> bool:
    """Tell whether a version was published by a day, by what its front matter says."""
    since = version.published or version.effective
    return since is not None and since <= day


def check_published(policy: Policy, published: Published, day: dt.date) -> Iterator[Fault]:
    """Yield what is no longer as it was released, and what is public and was not released.

    Args:
        policy: the policy as it stands now.
        published: what was released of it.
        day: the day by which a version is public.
    """
    there = {str(version.version_id): version for version in policy.versions}
    for name, released in published.versions.items():
        version = there.get(name)
        if version is None:
            what = f"Version {name} was released, and {name}.md is no longer there."
            remedy = f"Put {name}.md back as it was, from git; a version that was public stays."
            line = published.line_of(name)
            yield make_fault("SP531", published.path, what, remedy, line=line, text=published.text)
        else:
            yield from _differences(version, released)
    for name, version in there.items():
        if published.text and name not in published.versions and is_public(version, day):
            since = version.published or version.effective
            what = f"This version is public since {since}, and {FILE} does not have it."
            remedy = f"Run `smallprint release {policy.slug} {name}`, and commit {FILE}."
            yield fault_at_key(version, ("published", "effective"), "SP533", what, remedy)


def release(published: Published, versions: Iterable[Version]) -> Published:
    """Return what published.json says once some versions are released too; what it has is never overwritten.

    An entry of the first form stays one: that it could be matched proves less than the new form would claim.
    """
    added = {str(v.version_id): _released(v) for v in versions if str(v.version_id) not in published.versions}
    entries = {**published.versions, **added}
    ordered = {name: entries[name] for name in sorted(entries)}
    data = {"schema_version": SCHEMA_VERSION, "versions": msgspec.to_builtins(ordered)}
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return Published(published.path, text, MappingProxyType(ordered))


def write_published(folder: Path, published: Published) -> None:
    """Put a published.json in place in one step.

    Raises:
        PublishError: It could not be written; what stood there stands.
    """
    try:
        put_whole(folder / FILE, published.text.encode())
    except OSError as error:
        raise PublishError(f"{published.path} could not be written: {error.strerror}. It is as it was.") from error


def _released(version: Version) -> Released:
    assert version.effective is not None  # noqa: S101 - a version in a policy's folder is named after its day
    words = fingerprint_of(version)
    return Released(version.effective, version.title, words, dict(_clauses(version, words)))


def _clauses(version: Version, words: str) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the short hash of each clause, in the form of the hash of a version."""
    for clause in version.clauses:
        yield clause.anchor, clause_fingerprint(clause, like=words)[:_SHORT]


def _differences(version: Version, released: Released) -> Iterator[Fault]:
    back = f"Take {version.version_id}.md back from git as it was; a correction is a new version."
    if not has_fingerprint(version, released.words):
        clause, said = _first_change(version, released)
        what = f"The text of this version was changed after it was released: {said}."
        yield fault_at_clause(version, clause, "SP530", what, back)
    for key, before, now in (
        ("title", released.title, version.title),
        ("effective", str(released.effective), str(version.effective)),
    ):
        if before != now:
            what = f"This version was released with `{key}: {before}`, and now has `{key}: {now}`."
            yield fault_at_key(version, (key, "title", "effective"), "SP532", what, back)


def _first_change(version: Version, released: Released) -> tuple[Clause | None, str]:
    """Return the first clause that is not as it was, none where it is gone, and what became of it.

    A clause that has another name now and the same words is as it was.
    """
    now, before = dict(_clauses(version, released.words)), set(released.clauses.values())
    for clause in version.clauses:
        if now[clause.anchor] not in before:
            is_known = clause.anchor in released.clauses
            return clause, f"the clause “{clause.anchor}” {'read differently' if is_known else 'was not in it'}"
    there = set(now.values())
    for anchor, digest in released.clauses.items():
        if digest not in there:
            return None, f"the clause “{anchor}” is gone"
    for clause, digest in zip(version.clauses, released.clauses.values(), strict=False):
        if now[clause.anchor] != digest:
            return clause, f"the clause “{clause.anchor}” stood elsewhere"
    return None, "a clause stands there twice, or once less"


class _BrokenError(Exception):
    """The file is not as we write it."""

    def __init__(self, what: str, line: int = 0, column: int = 0) -> None:
        super().__init__(what)
        self.line, self.column = line, column


def _parse(text: str) -> dict[str, Released]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise _BrokenError(f"“{key}” stands here twice.", _line_of_key(text, key, last=True))
            found[key] = value
        return found

    try:
        data = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise _BrokenError(f"This is no JSON: {error.msg.lower()}.", error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise _BrokenError("This is no JSON that can be read.") from error
    if not isinstance(data, dict) or type(number := data.get("schema_version")) is not int:
        raise _BrokenError("The file has no `schema_version` with a number.", 1)
    if number not in _KNOWN_VERSIONS:
        known = " and ".join(map(str, _KNOWN_VERSIONS))
        what = f"It says `schema_version` {number}; this smallprint knows {known} and no other."
        raise _BrokenError(what, _line_of_key(text, "schema_version"))
    if unknown := sorted(data.keys() - {"schema_version", "versions"}):
        raise _BrokenError(f"“{unknown[0]}” is no key of this file.", _line_of_key(text, unknown[0]))
    if not isinstance(data.get("versions"), dict):
        raise _BrokenError("`versions` is not there, or is no object.", _line_of_key(text, "versions") or 1)
    return {name: _entry(text, name, value, number) for name, value in data["versions"].items()}


def _entry(text: str, name: str, value: object, schema_version: int) -> Released:
    try:
        entry = msgspec.convert(value, Released)
    except msgspec.ValidationError as error:
        said = str(error).replace("$.", "").replace(" - at", ", at")
        raise _BrokenError(
            f"The entry of {name} is not as it was written: {said}.", _line_of_key(text, name)
        ) from error
    if schema_version == 1 and not is_legacy(entry.words):
        what = f"The entry of {name} is of a form that `schema_version` 1 did not have."
        raise _BrokenError(what, _line_of_key(text, name))
    return entry


def _line_of_key(text: str, key: str, *, last: bool = False) -> int:
    """Return the line on which a key stands first, or last; 0 where it is written otherwise than we would."""
    places = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)]
    return text.count("\n", 0, places[-1 if last else 0]) + 1 if places else 0
