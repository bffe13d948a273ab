"""The folder of one notice: its plan, its ledger and its lock, put in place whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.notifying.ledger_file import open_to_read, sync
from smallprint.notifying.lock import SenderLock
from smallprint.notifying.numbers import counted
from smallprint.notifying.state import State
from smallprint.notifying.tally import tallied

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

PREVIEW: Final = "preview"
_IGNORED: Final = "# Personal data: the ledger is not for git.\nledger.*\n"
_UNTOUCHED: Final = frozenset({State.PLANNED, State.CLAIMED, State.SUPPRESSED})


@dataclass(frozen=True, slots=True)
class NoticeFolder:
    """Where the files of one notice are."""

    path: Path

    @property
    def plan(self) -> Path:
        """The plan, which holds no address."""
        return self.path / "plan.json"

    @property
    def ledger(self) -> Path:
        """The ledger, which does."""
        return self.path / "ledger.db"

    @property
    def lock(self) -> Path:
        """Held by whoever sends."""
        return self.path / "ledger.lock"

    @property
    def preview(self) -> Path:
        """The folder of what is going to be said."""
        return self.path / PREVIEW


def notice_folder(notices: Path, slug: str, version: str) -> NoticeFolder:
    """Return the folder of the notice of a version, below the folder of all notices."""
    return NoticeFolder(notices / slug / version)


def kept_from_sending(folder: NoticeFolder) -> AbstractContextManager[object]:
    """Return what keeps everyone from sending from the plan that is there, if one is, while another one is made."""
    return SenderLock(folder.lock) if folder.path.exists() else nullcontext()


def begin_folder(folder: NoticeFolder) -> NoticeFolder:
    """Make an empty folder beside the one that is to be, for everything to be written into.

    What a crash left there of an earlier plan is taken away.
    """
    clear_leftovers(folder)
    part = NoticeFolder(_beside(folder, "part"))
    part.path.mkdir(parents=True)
    (part.path / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    return part


def clear_leftovers(folder: NoticeFolder) -> None:
    """Take away what a crash left of plans that never were, or no longer are, in place: they hold addresses."""
    for kind in ("part", "old"):
        shutil.rmtree(_beside(folder, kind), ignore_errors=True)


def put_in_place(part: NoticeFolder, folder: NoticeFolder) -> None:
    """Let a whole folder take its place; one from which nothing was sent makes room for it."""
    for path in part.path.iterdir():
        sync(path)
    sync(part.path)
    if folder.path.exists():
        old = _beside(folder, "old")
        folder.path.rename(old)
        part.path.rename(folder.path)
        shutil.rmtree(old, ignore_errors=True)
    else:
        part.path.rename(folder.path)
    sync(folder.path.parent)


def _beside(folder: NoticeFolder, kind: str) -> Path:
    return folder.path.with_name(f".{folder.path.name}.{kind}")


def refuse_if_begun(folder: NoticeFolder) -> None:
    """Refuse to plan a notice anew once anyone may have it.

    Raises:
        NoticeError: Someone may; or a plan is there and nobody can tell.
    """
    if not folder.path.exists():
        return
    if not folder.ledger.exists():
        raise NoticeError(
            f"{folder.path} is there and has no ledger, so nobody can tell whether anyone was notified. Move it away "
            "if you are sure that nobody was."
        )
    db = open_to_read(folder.ledger)
    try:
        begun = sum(number for state, number in tallied(db).items() if state not in _UNTOUCHED)
    finally:
        db.close()
    if begun:
        raise NoticeError(
            f"Sending has begun from {folder.plan}: {counted(begun, 'recipient is', 'recipients are')} past `planned`. "
            "A new plan would write to them twice. Go on with `smallprint notice resume`."
        )
