"""What a person should look at in the words of a version: references to sections, and the days that a text names.

These are remarks for those who prepare a policy; the site is built with them or without.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from smallprint.comparing.references import doubtful_references
from smallprint.reading.codes import lines_of, make_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smallprint.comparing.references import Reference
    from smallprint.errors import Fault
    from smallprint.model import Clause, Policy, Version

_LABEL: Final = re.compile(
    r"\b(?:(?P<effective>effective(?:\s+date|\s+as\s+of|\s+from|\s+on)?|(?:is|comes?)\s+in(?:to)?\s+(?:force|effect)"
    r"(?:\s+(?:on|from|since|as\s+of))?|in\s+kraft\s+(?:seit|ab)|gültig\s+(?:seit|ab)|en\s+vigueur(?:\s+(?:le|depuis\s+le))?"
    r"|vigente\s+desde(?:\s+el)?)"
    r"|(?:last\s+(?:updated|modified|revised|changed|reviewed)|(?:date\s+of\s+)?last\s+(?:update|revision|change)"
    r"|updated|zuletzt\s+(?:aktualisiert|geändert)|stand|letzte\s+aktualisierung"
    r"|dernière\s+(?:mise\s+à\s+jour|modification)|última\s+actualización|ultimo\s+aggiornamento)"
    r"(?:\s+(?:on|am|le|el|vom|du))?)\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<month>[^\W\d_]+)\.?,?\s+(?:de\s+)?(?P<year>\d{4})"
    r"|(?P<month_first>[^\W\d_]+)\.?\s+(?P<day_second>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year_last>\d{4})",
)
_LONGEST: Final = 24
"""A paragraph with more words does not only say of when the text is."""


def remarks(policy: Policy) -> Iterator[Fault]:
    """Yield what should be looked at in the versions of a policy, as warnings."""
    old: Version | None = None
    for version in policy.versions:
        for reference in doubtful_references(old, version):
            yield _reference(reference, version, old)
        yield from _other_days(version)
        old = version


def _reference(found: Reference, version: Version, old: Version | None) -> Fault:
    line, column = _place(found.text, version, found.clause)
    now = ""
    if found.number_now:
        now = f" That clause is {found.number_now} now."
    if found.named is None:
        what = f"“{found.text}” names a number that no clause of this version has."
        if found.before and old:
            what += f" In version {old.version_id} it was “{found.before.title}”.{now}"
        remedy = "Write the number that is meant, or link the clause: `[…](#clause-id)`."
        return _fault("SP550", version, what, remedy, line, column, found.text)
    was = found.before.title if found.before else ""
    before = old.version_id if old else ""
    what = f"“{found.text}” named “{was}” in version {before} and names “{found.named.title}” now.{now}"
    remedy = "See which one is meant; leave it if it is the one named now."
    return _fault("SP551", version, what, remedy, line, column, found.text)


def _other_days(version: Version) -> Iterator[Fault]:
    """Yield the days that a text says it is of, where its front matter says others."""
    for clause in version.clauses:
        for unit in clause.units:
            text = unit.plain
            if len(text.split()) > _LONGEST:
                continue
            for label in _LABEL.finditer(text):
                match = _DAY.match(text, label.end())
                day = _day(match, version.language) if match else None
                right = {version.effective} if label["effective"] else {version.effective, version.published}
                if match and day and version.effective and day not in right:
                    said = text[label.start() : match.end()]
                    line, column = _place(said, version, clause)
                    what = f"The text says “{said}”, and the version is in force from {version.effective}."
                    remedy = "See that both days are right; if they are, leave them."
                    yield _fault("SP552", version, what, remedy, line, column, said)


def _day(match: re.Match[str], language: str) -> dt.date | None:
    """Return the day that a text names; None if it is no day."""
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        name = (match["month"] or match["month_first"]).casefold()
        month = _months(language).get(name) or _months("en").get(name)
        day, year = match["day"] or match["day_second"], match["year"] or match["year_last"]
        return dt.date(int(year), month, int(day)) if month else None
    except ValueError:
        return None


@cache
def _months(language: str) -> Mapping[str, int]:
    """Return the numbers of months by their names in a language."""
    try:
        months = Locale.parse(language, sep="-").months
    except (UnknownLocaleError, ValueError):
        return {}
    forms = (months[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated"))
    return {name.casefold().rstrip("."): int(number) for names in forms for number, name in names.items()}


def _place(words: str, version: Version, clause: Clause) -> tuple[int, int]:
    """Return where words of a clause are in its source; where it begins if they go over a line or have formatting."""
    lines = lines_of(version.source)
    for number in range(max(clause.first_line - 1, 1), min(clause.last_line, len(lines)) + 1):
        if (at := lines[number - 1].find(words)) >= 0:
            return number, at + 1
    return clause.first_line, 1


def _fault(  # noqa: PLR0913, PLR0917 - a fault has as many parts
    code: str, version: Version, what: str, remedy: str, line: int, column: int, words: str
) -> Fault:
    width = len(words) if column > 1 else 1
    return make_fault(code, version.path, what, remedy, line=line, column=column, width=width, text=version.source)
