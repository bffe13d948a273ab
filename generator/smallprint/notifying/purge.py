"""A ledger without the people in it: addresses and names go, states and counts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.errors import NoticeError
from smallprint.notifying.folder import clear_leftovers
from smallprint.notifying.ledger_file import explained, open_to_write, sync
from smallprint.notifying.numbers import counted
from smallprint.notifying.overview import PURGED, look

if TYPE_CHECKING:
    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.plan import Plan


def purge(folder: NoticeFolder, plan: Plan, *, now: int, unfinished: bool = False) -> int:
    """Take all personal data out of the ledger of a notice.

    Args:
        folder: the notice's folder; its lock is held.
        plan: its plan.
        now: seconds since 1970.
        unfinished: do so although some were not sent to yet, or may have to be looked into.

    Returns:
        Of how many recipients data were taken out.

    Raises:
        NoticeError: It may not be done yet, or could not be.
    """
    overview = look(folder, plan)
    if overview.left and not unfinished:
        raise NoticeError(
            f"{counted(overview.left, 'recipient is', 'recipients are')} still to be sent to; without an address that "
            "never happens. Send first (`smallprint notice resume`), or say --unfinished."
        )
    db = open_to_write(folder.ledger)
    try:
        with explained(folder.ledger):
            db.execute("BEGIN IMMEDIATE")
            number = db.execute(
                "UPDATE recipient SET address = NULL, name = NULL, columns = NULL WHERE address IS NOT NULL"
            ).rowcount
            db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (PURGED, str(now)))
            db.execute("COMMIT")
            # What was deleted stays in free pages and in the write-ahead log until both are made anew.
            db.execute("VACUUM")
            is_busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.close()
    if is_busy:
        raise NoticeError(
            f"Someone is reading {folder.ledger}, so that addresses may still stand in the file, although nobody can "
            "be sent to any more. End `smallprint notice status`, and whatever else reads it, and purge once more."
        )
    clear_leftovers(folder)
    sync(folder.ledger)
    return number
