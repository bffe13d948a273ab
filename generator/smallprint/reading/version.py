"""One file of a policy → a `Version`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.errors import ContentError, Severity, UsageError
from smallprint.model import CHANNELS, Version, VersionId
from smallprint.reading.characters import check_text
from smallprint.reading.clauses import parse_clauses
from smallprint.reading.fields import Fields, read_date
from smallprint.reading.front_matter import FrontMatter, split_front_matter
from smallprint.reading.source import read_source
from smallprint.text import plain_text, without_references

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Clause

KEYS: Final = ("title", "effective", "published", "notified", "notified-by", "source")
"""The keys that the front matter of a version may have."""
_HINTS: Final = {
    "language": "The language stands in policy.yml, and for a translation in its file's name: 2020-02-10.de.md.",
    "publisher": "The publisher stands in policy.yml.",
    "product": "The product stands in policy.yml.",
    "about": "What the policy is about stands in policy.yml.",
    "layout": "Delete the line; how pages look is for the theme to say.",
}
_LONG_AHEAD: Final = 731
"""More days than this between a notice and the day it is about are taken for a typing error."""
_LOSES_TEXT: Final = frozenset({"SP402"})
"""What not even a file from anywhere may have: a part of it would be left out of the comparison."""
_BROKEN: Final = frozenset({"SP201", "SP202", "SP203"})
"""Faults after which front matter is not sure to be front matter."""
_BREAKS_LINES: Final = frozenset({"SP103", "SP109"})
_DATED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\..*)?")


def parse_version(  # noqa: PLR0913 - what a file alone does not say
    text: str, *, path: str, version_id: str, strict: bool = True, digest: str = "", language: str = "en"
) -> tuple[Version, list[Fault]]:
    """Read one version.

    Args:
        text: The whole file, line ends as LF.
        path: The file as shown to readers.
        version_id: The name of the version: its date, from the file's name.
        strict: Whether unknown keys, missing fields, odd dates and dangerous characters are faults. They are not in
            a file from elsewhere that is only compared: there, what is no front matter of ours is left alone.
        digest: The SHA-256 of the file's bytes.
        language: The language it is written in.

    Returns:
        The version as far as it could be read, and the faults.
    """
    if not strict:
        text = text.replace("\r", "\n")
    faults = check_text(text, path) if strict else []
    head, more = split_front_matter(text, path)
    if strict:
        faults += more
    elif any(fault.code in _BROKEN for fault in more):
        head = FrontMatter({}, text, 1)
    clauses: tuple[Clause, ...] = ()
    # Where a stray character may or may not end a line, every line number below it would be in doubt.
    if not any(fault.code in _BREAKS_LINES for fault in faults):
        clauses, more = parse_clauses(head.body, first_line=head.body_line, path=path)
        faults += more if strict else [fault for fault in more if fault.code in _LOSES_TEXT]
    fields = Fields(head.values, path, text)
    own_title = fields.text("title")
    title = own_title or _first_heading(clauses)
    if strict:
        fields.check_keys(KEYS, _HINTS)
        if not title and not fields.has("title") and not any(fault.severity is Severity.ERROR for fault in faults):
            remedy = "Write `title: …` between two lines `---` at the top of the file."
            fields.fault_at("title", "SP207", "The version has no title.", remedy)
    dates = {key: fields.date(key) for key in ("effective", "published", "notified")}
    if strict:
        _check_dates(fields, dates, version_id)
    notified_by = fields.choice("notified-by", CHANNELS)
    if notified_by and "notified" not in head.values:
        what = "`notified-by` says how users were told, but nothing says when."
        fields.fault_at("notified-by", "SP215", what, "Write `notified: ` with the day, or delete the line.")
    source_url = fields.address("source")
    version = Version(
        version_id=VersionId(version_id),
        title=title or path.rpartition("/")[2],
        effective=dates["effective"] or _date_in(version_id),
        clauses=clauses,
        published=dates["published"],
        notified=dates["notified"],
        notified_by=notified_by,
        source_url=source_url,
        path=path,
        source=text,
        digest=digest,
        language=language,
        own_title=own_title or "",
    )
    return version, faults + (fields.faults if strict else [])


def read_plain(path: Path) -> Version:
    """Read a file from anywhere as a version, to compare it.

    Raises:
        UsageError: There is no such file.
        ContentError: The file is no text.
    """
    shown = path.as_posix()
    if not path.exists():
        raise UsageError(f"There is no file {shown}. See that the name is right.")
    if path.is_dir():
        raise UsageError(f"{shown} is a folder. Name a file in it.")
    text, digest, faults = read_source(path, shown)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise ContentError(faults)
    version, faults = parse_version(text, path=shown, version_id=path.stem, strict=False, digest=digest)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise ContentError(faults)
    return version


def _first_heading(clauses: tuple[Clause, ...]) -> str:
    blocks = (block for clause in clauses for block in clause.blocks)
    return next((plain_text(without_references(block.units[0].words)) for block in blocks if block.heading_level), "")


def _date_in(version_id: str) -> dt.date | None:
    match = _DATED.fullmatch(version_id)
    return read_date(match[1]) if match else None


def _check_dates(fields: Fields, dates: dict[str, dt.date | None], version_id: str) -> None:
    named = _date_in(version_id)
    effective = dates["effective"]
    if effective and named and effective != named:
        what = f"`effective: {effective}` is not the day in the file's name, {version_id}."
        remedy = f"Rename the file to {effective}.md, or write `effective: {named}`."
        fields.fault_at("effective", "SP209", what, remedy)
    day = named or effective
    for key, done in (("published", "shown to the public"), ("notified", "told to users")):
        said = dates[key]
        if not day or not said:
            continue
        if said > day:
            what = f"`{key}: {said}` means that the version was {done} only after it took effect on {day}."
            fields.fault_at(key, "SP210", what, "See that both dates are right; if they are, leave them.")
        elif (day - said).days > _LONG_AHEAD:
            what = f"`{key}: {said}` is more than two years before the version took effect on {day}."
            fields.fault_at(key, "SP210", what, "See that the year is right; if it is, leave it.")
