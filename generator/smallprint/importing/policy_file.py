"""What the policy.yml of a policy says, if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.reading.folder import POLICY_FILE
from smallprint.reading.policy import parse_policy
from smallprint.reading.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.model import Policy


def policy_of(content: Path, slug: str) -> Policy | None:
    """Return a policy without its versions; None if there is no such file, or it cannot be read."""
    path = content / slug / POLICY_FILE
    if not path.is_file():
        return None
    text, _, faults = read_source(path, path.as_posix())
    return None if faults else parse_policy(text, path=path.as_posix(), slug=slug)[0]
