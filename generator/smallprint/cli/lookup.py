"""Names that people type → the policy or version they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.model import Policy, Version

_LISTED: Final = 12
"""How many versions are named to someone who named one that is not there."""


def find_policy(policies: tuple[Policy, ...], slug: str, content: Path) -> Policy:
    """Return the policy of a name, or raise a `UsageError` that names those there are."""
    for policy in policies:
        if policy.slug == slug:
            return policy
    known = ", ".join(policy.slug for policy in policies)
    raise UsageError(f"There is no policy “{slug}” in {content.as_posix()}. There is: {known}.")


def find_version(policy: Policy, name: str) -> Version:
    """Return the version of a name, or raise a `UsageError` that names the latest ones."""
    for version in policy.versions:
        if version.version_id == name:
            return version
    known = ", ".join(version.version_id for version in policy.versions[-_LISTED:])
    those = "The latest are" if len(policy.versions) > _LISTED else "It has"
    raise UsageError(f"{policy.slug} has no version “{name}”. {those}: {known}.")
