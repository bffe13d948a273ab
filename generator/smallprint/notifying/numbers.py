"""Numbers with their nouns, for whoever sends."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "recipient", "recipients"), counted(12000, "recipient is", "recipients are")
    ('1 recipient', '12,000 recipients are')
    """
    return f"{number:,} {one if number == 1 else many}"
