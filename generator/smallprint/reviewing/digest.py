"""What a review is bound to: the words of a change on both sides."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from smallprint.text import plain_text

if TYPE_CHECKING:
    from smallprint.model import Change, Clause


def words_digest(change: Change) -> str:
    """Return 32 hex digits that differ whenever a word or a link target of either side of a change does.

    The mark of a promise counts too: it says what the words are held to. White space and clause ids do not, as a
    decision is about what a policy says, not about how its source is laid out; nor does the place of the clause among
    the others.
    """
    own = hashlib.sha256()
    for clauses in (change.old, change.new):
        own.update(_side(clauses).encode("utf-8", "surrogatepass") + b"\0")
    return own.hexdigest()[:32]


def _side(clauses: tuple[Clause, ...]) -> str:
    lines = []
    for clause in clauses:
        for unit in clause.units:
            targets = dict.fromkeys(mark.target for word in unit.words for mark in word.marks if mark.target)
            lines.append("\t".join((plain_text(unit.words), *targets)))
        if clause.promise:
            lines.append(f"promise {clause.promise.days or ''} {clause.promise.by}")
    return "\n".join(lines)
