"""A text → a hash of all that readers see of it, the same for ever.

How the lines of the source are broken and what a clause is called do not count; nor does how this program cuts text
into words, so that a later version of it finds the same hash. Hashes that earlier versions wrote are known too
(`legacy.py`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from smallprint.reviewing.legacy import is_legacy, legacy_fingerprint, legacy_fingerprint_of
from smallprint.reviewing.seen import FORM, seen, seen_promise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smallprint.model import Clause, Version
    from smallprint.text import Block

_blocks: dict[Block, bytes] = {}
"""Block → the hash of what readers see of it, for the life of the process: versions share most of their blocks."""


def fingerprint_of(version: Version) -> str:
    """Return `2:` and 64 hex digits that differ wherever the texts of two versions look different."""
    own = hashlib.sha256()
    _add(own, (block for clause in version.clauses for block in clause.blocks))
    return FORM + own.hexdigest()


def fingerprint_with_promises(version: Version) -> str:
    """Return the same, which differs too wherever a clause is marked to promise something else."""
    own = hashlib.sha256()
    for clause in version.clauses:
        _add(own, clause.blocks)
        if clause.promise:
            own.update(seen_promise(clause.promise, len(clause.units)))
    return FORM + own.hexdigest()


def has_fingerprint(version: Version, known: str) -> bool:
    """Tell whether the text of a version is the one that had a fingerprint, of whatever form."""
    return known == (legacy_fingerprint_of(version) if is_legacy(known) else fingerprint_of(version))


def clause_fingerprint(clause: Clause, *, like: str = FORM) -> str:
    """Return 64 hex digits that differ wherever two clauses look different.

    Args:
        clause: the clause.
        like: a fingerprint of a version; that of the clause is made in the same form.
    """
    if is_legacy(like):
        return legacy_fingerprint(clause.blocks)
    own = hashlib.sha256()
    _add(own, clause.blocks)
    return own.hexdigest()


def _add(own: hashlib._Hash, blocks: Iterable[Block]) -> None:
    for block in blocks:
        own.update(_blocks.get(block) or _remember(block))


def _remember(block: Block) -> bytes:
    digest = _blocks[block] = hashlib.sha256(b"".join(map(seen, block.units))).digest() if block.units else b""
    return digest
