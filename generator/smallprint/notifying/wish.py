"""What somebody asks to be planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from smallprint.model import Policy, Version
    from smallprint.notifying.folder import NoticeFolder


@dataclass(frozen=True, slots=True)
class Wish:
    """A notice of one version, to the people of one file."""

    policy: Policy
    version: Version
    content: Path
    """The content folder."""
    shown: str
    """What faults call it."""
    site: Path
    """The folder of the built site."""
    site_url: str
    """Where the site is online, with `/` at its end."""
    recipients: Path
    suppression: Path | None
    """The list of those who are not to be written to."""
    folder: NoticeFolder
    """Where plan and ledger go."""
    day: dt.date
    """Today."""
    late: str = ""
    """Why the notice goes out although the promised time is over."""
    skip_bad: bool = False
    """Leave out lines of the recipients file that cannot be read."""
    templates: Path | None = None
    """A folder whose templates take the place of ours."""
