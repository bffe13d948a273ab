"""What a review is bound to: all that readers see of a change on both sides."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from smallprint.reviewing.seen import FORM, seen, seen_promise

if TYPE_CHECKING:
    from smallprint.model import Change

_LENGTH: Final = 30


def words_digest(change: Change) -> str:
    """Return `2:` and 30 hex digits that differ whenever anything differs that readers see of either side of a change.

    That is words, formatting, links with their targets and titles, cells and columns, lists with their levels, items
    and numbers, and where one list, quotation or table ends and the next begins. The mark of a promise counts too: it
    says what the words are held to. White space, breaks of lines and clause ids do not, as a decision is about what a
    policy says, not about how its source is laid out; nor does the place of the clause among the others.
    """
    own = hashlib.sha256()
    for side in (change.old, change.new):
        for clause in side:
            for unit in clause.units:
                own.update(seen(unit))
            if clause.promise:
                own.update(seen_promise(clause.promise, len(clause.units)))
        own.update(b"\n")
    return FORM + own.hexdigest()[:_LENGTH]
