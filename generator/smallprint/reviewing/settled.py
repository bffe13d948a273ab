"""A policy and what was released of it → the versions whose text is past deciding on.

Decisions that were bound by the older form of the hash (`legacy.py`) hold for these and for no other: nothing proves of
a text that is still to be decided on that it has the cells, lists and formatting that counsel saw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallprint.reviewing.fingerprint import has_fingerprint

if TYPE_CHECKING:
    import datetime as dt

    from smallprint.model import Policy, Version, VersionId
    from smallprint.reviewing.published import Published


def settled_versions(policy: Policy, published: Published, day: dt.date) -> frozenset[VersionId]:
    """Return the versions that are as they were released or, if nothing was released of them, are in force.

    A decision is on both sides of a change, so a version is settled only if all before it are.

    Args:
        policy: the policy.
        published: what was released of it.
        day: the day by which a version is in force.
    """
    settled = set()
    for version in policy.versions:
        if not _is_settled(version, published, day):
            break
        settled.add(version.version_id)
    return frozenset(settled)


def _is_settled(version: Version, published: Published, day: dt.date) -> bool:
    released = published.versions.get(version.version_id)
    if released:
        return has_fingerprint(version, released.words)
    return version.effective is not None and version.effective <= day
