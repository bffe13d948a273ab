"""What people decide on changes: reviews and what they are bound to, and the gate that asks for them."""

from smallprint.reviewing.digest import words_digest
from smallprint.reviewing.judging import judge

__all__ = ["judge", "words_digest"]
