"""The folder `notices` of a policy → the proofs of notices in it, and whether the versions say the same.

A proof is written by `smallprint notice report` and committed, so that the site can tell that users were notified.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from smallprint.errors import NoticeError
from smallprint.model import VersionId
from smallprint.reading.codes import make_fault
from smallprint.reviewing.beside import file_names, read_beside
from smallprint.reviewing.places import fault_at_key
from smallprint.reviewing.proof import Proof
from smallprint.reviewing.proof_file import parse_proof, proof_text
from smallprint.whole_file import put_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from smallprint.errors import Fault
    from smallprint.model import Policy, Version

__all__ = ["FOLDER", "Proof", "check_proofs", "proof_text", "read_proofs", "write_proof"]

FOLDER: Final = "notices"
"""The name of the folder, in that of the policy."""
_SUFFIX: Final = ".yml"
_PROOF_LIKE: Final = re.compile(r".*\.ya?ml(?:\.txt)?", re.IGNORECASE)
_TRANSLATION: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\.ya?ml")
"""What people translated of a notice stands here too, and is no proof."""


def read_proofs(folder: Path, shown: str, policy: Policy) -> tuple[Mapping[VersionId, Proof], tuple[Fault, ...]]:
    """Read all proofs of a policy.

    Args:
        folder: `content/<policy>/notices`, which need not be there.
        shown: what faults call that folder.
        policy: the policy.

    Returns:
        The proofs that can be read, by the version users were told of, oldest first; and the faults.
    """
    versions = [version.version_id for version in policy.versions]
    proofs: dict[VersionId, Proof] = {}
    found, faults = file_names(folder, shown, _PROOF_LIKE)
    for name in found:
        if _TRANSLATION.fullmatch(name):
            continue
        place, stem = f"{shown}/{name}", VersionId(name.removesuffix(_SUFFIX))
        if not name.endswith(_SUFFIX) or stem not in versions:
            faults.append(_misnamed(name, place, versions))
            continue
        text, more = read_beside(folder / name, place)
        faults += more
        if text is None:
            continue
        proof, more = parse_proof(text, stem, versions[: versions.index(stem)], place)
        faults += more
        if proof:
            proofs[stem] = proof
    return MappingProxyType({version: proofs[version] for version in versions if version in proofs}), tuple(faults)


def _misnamed(name: str, place: str, versions: list[VersionId]) -> Fault:
    stem = name.partition(".")[0]
    if stem in versions:
        what = f"{name} is not named as a proof is, so it proves nothing."
        return make_fault("SP543", place, what, f"Rename it to {stem}{_SUFFIX}.")
    what = f"{name} is not named after a version of the policy."
    remedy = "Rename it after the version that users were told of; if it is no proof, begin its name with `_`."
    return make_fault("SP543", place, what, remedy)


def check_proofs(policy: Policy, proofs: Mapping[VersionId, Proof]) -> Iterator[Fault]:
    """Yield a fault for each version whose front matter does not say what the proof of its notice says.

    Where users were told in another way too, and that is a way the policy has promised, the front matter names that.
    """
    promised: set[str] = set()
    for version in policy.versions:
        proof = proofs.get(version.version_id)
        if proof and proof.first and not (version.notified and version.notified_by in promised - {proof.by}):
            yield from _disagreement(version, proof)
        if version.promising and version.promising.promise and version.promising.promise.by:
            promised.add(version.promising.promise.by)


def _disagreement(version: Version, proof: Proof) -> Iterator[Fault]:
    assert proof.first  # noqa: S101 - the caller has seen to it
    day = proof.first.date()
    if version.notified == day and version.notified_by == proof.by:
        return
    said = [
        f"`notified: {version.notified}`" if version.notified else "no `notified`",
        f"`notified-by: {version.notified_by}`" if version.notified_by else "no `notified-by`",
    ]
    key = "notified" if version.notified != day else "notified-by"
    what = (
        f"Its proof, {FOLDER}/{version.version_id}{_SUFFIX}, says that users were notified on {day}, by {proof.by}; "
        f"here stands {' and '.join(said)}."
    )
    remedy = f"Write the two lines `notified: {day}` and `notified-by: {proof.by}`."
    yield fault_at_key(version, (key, "notified", "effective"), "SP544", what, remedy)


def write_proof(folder: Path, proof: Proof) -> Path:
    """Put a proof in place, whole or not at all, in the place of one that is there.

    Args:
        folder: `content/<policy>/notices`, which is made where it is not there.
        proof: what is known.

    Returns:
        The file.

    Raises:
        NoticeError: It could not be written; what stood there stands.
    """
    path = folder / f"{proof.version}{_SUFFIX}"
    try:
        folder.mkdir(exist_ok=True)
        put_whole(path, proof_text(proof).encode())
    except OSError as error:
        raise NoticeError(f"{path.as_posix()} could not be written: {error.strerror}. It is as it was.") from error
    return path
