"""Ledgers for tests, filled with made-up people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.filling import Filled, fill_ledger
from smallprint.notifying.ledger_file import open_to_read
from smallprint.notifying.recipient import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NOW = 1_800_000_000


def people(number: int, domain: str = "example.org") -> list[Recipient]:
    """Return made-up recipients."""
    return [Recipient(line, f"p{line}@{domain}", "en", f"Person {line}") for line in range(1, number + 1)]


def filled(path: Path, recipients: Iterable[Recipient] | int, suppressed: Iterable[str] = ()) -> Filled:
    """Write a ledger."""
    those = people(recipients) if isinstance(recipients, int) else recipients
    return fill_ledger(path, those, suppressed, lambda tag: tag or "en")


def states(path: Path) -> dict[str, str]:
    """Return the state of each recipient, by address."""
    db = open_to_read(path)
    try:
        return dict(db.execute("SELECT address, state FROM recipient ORDER BY id").fetchall())
    finally:
        db.close()
