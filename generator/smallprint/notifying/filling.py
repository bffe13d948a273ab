"""Recipients, streamed → a new ledger, in memory that does not grow with their number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from smallprint.notifying.ledger_file import create, explained, finish
from smallprint.notifying.state import State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from smallprint.notifying.recipient import Recipient

_BATCH: Final = 5_000
_INSERT: Final = (
    "INSERT INTO recipient (line, address, language, name, columns, state) VALUES (?, ?, ?, ?, ?, 'planned')"
)
_ALIKE: Final = "SELECT count(DISTINCT address) - 1 FROM recipient WHERE lower(address) = ?"
_MARK_MERGED: Final = (
    "UPDATE recipient SET state = 'failed' WHERE lower(address) = ? "
    "AND id NOT IN (SELECT min(id) FROM recipient WHERE lower(address) = ? GROUP BY address)"
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of filling a ledger."""

    merged: int
    """Recipients whose very address was there before; the first one stays."""
    alike: int
    """Recipients whose address differs from that of another one in capital letters only; all of them stay."""
    suppressed: int
    languages: Mapping[str, int]
    """How many are to be sent to in each language, without suppressed ones."""

    @property
    def planned(self) -> int:
        """How many are to be sent to."""
        return sum(self.languages.values())


def fill_ledger(
    path: Path,
    recipients: Iterable[Recipient],
    suppressed: Iterable[str],
    language_for: Callable[[str], str],
) -> Filled:
    """Write a new ledger.

    Args:
        path: where; nothing may be there.
        recipients: who is to be told.
        suppressed: who is not to be written to, folded (`suppression.fold`).
        language_for: gives the language of the text for the tag of a recipient.

    Raises:
        NoticeError: It could not be written; whoever called removes what is there.
    """
    with explained(path):
        db = create(path)
        try:
            db.execute("BEGIN")
            _insert(db, recipients, language_for)
            db.execute("CREATE INDEX folded ON recipient (lower(address))")
            merged, alike = _merge(db)
            number = _suppress(db, suppressed)
            languages = dict(
                db.execute(
                    "SELECT language, count(*) FROM recipient WHERE state = 'planned' GROUP BY 1 ORDER BY 1"
                ).fetchall()
            )
            db.execute("COMMIT")
            finish(db, path)
        finally:
            db.close()
    return Filled(merged, alike, number, languages)


def _insert(db: sqlite3.Connection, recipients: Iterable[Recipient], language_for: Callable[[str], str]) -> None:
    stream = iter(recipients)
    while batch := list(islice(stream, _BATCH)):
        db.executemany(
            _INSERT,
            [
                (
                    one.line,
                    one.address,
                    language_for(one.language),
                    one.name or None,
                    json.dumps(dict(one.columns), ensure_ascii=False) if one.columns else None,
                )
                for one in batch
            ],
        )


def _merge(db: sqlite3.Connection) -> tuple[int, int]:
    """Take out recipients who are there twice; return how many those were, and how many are merely alike."""
    merged = alike = 0
    groups = db.execute("SELECT lower(address) FROM recipient GROUP BY lower(address) HAVING count(*) > 1")
    while batch := groups.fetchmany(_BATCH):
        for (folded,) in batch:
            # By SQLite alone: millions of lines may name one address, which somebody wrote where there was none.
            alike += db.execute(_ALIKE, (folded,)).fetchone()[0]
            merged += db.execute(_MARK_MERGED, (folded, folded)).rowcount
    # Rows are not taken out of a table that is being read by its index.
    db.execute("DELETE FROM recipient WHERE state = 'failed'")
    return merged, alike


def _suppress(db: sqlite3.Connection, suppressed: Iterable[str]) -> int:
    stream = iter(suppressed)
    number = 0
    while batch := list(islice(stream, _BATCH)):
        for address in batch:
            number += db.execute(
                "UPDATE recipient SET state = ? WHERE lower(address) = ? AND state = ?",
                (State.SUPPRESSED, address, State.PLANNED),
            ).rowcount
    return number
