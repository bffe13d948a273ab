"""The file of a ledger: its tables, and how it is opened, filled and emptied of personal data."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA_VERSION: Final = 1
_STATES: Final = ", ".join(f"'{state}'" for state in State)
_TABLES: Final = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE recipient (
    id INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    address TEXT,
    language TEXT NOT NULL,
    name TEXT,
    columns TEXT,
    state TEXT NOT NULL CHECK (state IN ({_STATES})),
    tries INTEGER NOT NULL DEFAULT 0,
    first_try INTEGER,
    due INTEGER,
    code TEXT NOT NULL DEFAULT '',
    at INTEGER
);
CREATE TABLE tally (state TEXT PRIMARY KEY CHECK (state IN ({_STATES})), number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE test (at INTEGER NOT NULL, language TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL);
"""
_AFTER_FILLING: Final = "CREATE INDEX waiting ON recipient (due) WHERE state = 'deferred'"
_CACHE_KIB: Final = 32 * 1024


def create(path: Path) -> sqlite3.Connection:
    """Return a new, empty ledger to be filled in one go; until it is finished it is worth nothing.

    The file can be read by its owner alone.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, isolation_level=None)
    # A crash while filling leaves a file that nobody looks at, so nothing has to be safe yet.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
    return connection


def finish(connection: sqlite3.Connection, path: Path) -> None:
    """Close a filled ledger, and see that it is on disk."""
    connection.execute(_AFTER_FILLING)
    connection.execute("DELETE FROM tally")
    connection.execute("INSERT INTO tally SELECT state, count(*) FROM recipient GROUP BY state")
    connection.close()
    sync(path)


def bind(path: Path, plan: str) -> None:
    """Write into a filled ledger which plan it belongs to, by its hash, and see that it is on disk."""
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("INSERT INTO meta VALUES ('plan', ?)", (plan,))
        finally:
            connection.close()
    sync(path)


def sync(path: Path) -> None:
    """Put a file or folder on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_to_write(path: Path) -> sqlite3.Connection:
    """Return a ledger for its one sender, each commit durable.

    Raises:
        NoticeError: There is none, or it cannot be used.
    """
    with explained(path):
        connection = _open(path, "rw")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # What is purged is not to be found in the file's free pages either.
        connection.execute("PRAGMA secure_delete = ON")
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """Return a ledger to look at, also while someone sends.

    Raises:
        NoticeError: There is none, or it cannot be used.
    """
    with explained(path):
        connection = _open(path, "rw")
        connection.execute("PRAGMA query_only = ON")
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    if not path.is_file():
        raise NoticeError(f"There is no ledger {path}. It is written by `smallprint notice plan`.")
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=60)
    found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    if found is None or found[0] != str(SCHEMA_VERSION):
        connection.close()
        known = found[0] if found else "none"
        raise NoticeError(f"{path} has schema {known}; this smallprint knows {SCHEMA_VERSION} and no other.")
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk has to complain of into what a person can mend."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise NoticeError(
            f"The ledger {path} cannot be read or written: {said}. Nothing more is sent. What was sent stays written "
            "down; see that the disk is not full and the file is whole, then run `smallprint notice resume`."
        ) from error
