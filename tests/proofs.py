"""Proofs of notices, for the tests that need some."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import MappingProxyType

from smallprint.model import VersionId
from smallprint.reviewing.proof import Proof

SENT = Proof(
    version=VersionId("2022-01-01"),
    baseline=VersionId("2020-01-01"),
    notice="0123456789abcdef",
    first=dt.datetime(2021, 12, 1, 9, 0, 0, tzinfo=dt.UTC),
    last=dt.datetime(2021, 12, 1, 9, 3, 20, tzinfo=dt.UTC),
    planned=120,
    accepted=117,
    failed=1,
    deferred=0,
    unknown=1,
    suppressed=1,
    joined_since=4,
    languages=MappingProxyType({"en": 100, "fr": 20}),
    texts="a" * 64,
    text_of=MappingProxyType({"en": "b" * 64, "fr": "c" * 64}),
    plan="d" * 64,
)


def proof(**changes: object) -> Proof:
    """Return the proof of a notice of 2022-01-01 to 120 people, with other facts."""
    if "version" in changes:
        changes["version"] = VersionId(str(changes["version"]))
    if "baseline" in changes:
        changes["baseline"] = VersionId(str(changes["baseline"]))
    return dataclasses.replace(SENT, **changes)  # type: ignore[arg-type]
