"""How many recipients are in each state: counted on the way, and counted anew to hold the one against the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.notifying.state import State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def count(db: sqlite3.Connection, before: State, after: State, number: int) -> None:
    """Note that so many recipients go from one state to another."""
    if number:
        db.executemany(
            "INSERT INTO tally VALUES (?, ?) ON CONFLICT (state) DO UPDATE SET number = number + excluded.number",
            [(before, -number), (after, number)],
        )


def tallied(db: sqlite3.Connection) -> dict[State, int]:
    """Return how many recipients are in each state, as counted on the way; states without any are left out."""
    rows = db.execute("SELECT state, number FROM tally WHERE number != 0").fetchall()
    return {State(state): number for state, number in rows}


def counted(db: sqlite3.Connection) -> dict[State, int]:
    """Return the same by counting every recipient."""
    rows = db.execute("SELECT state, count(*) FROM recipient GROUP BY state").fetchall()
    return {State(state): number for state, number in rows}


def meta(db: sqlite3.Connection) -> Mapping[str, str]:
    """Return what is known of the ledger as a whole."""
    return dict(db.execute("SELECT key, value FROM meta").fetchall())
