"""How much text an import of many versions remembers: some versions that share most of it, and never all of them."""

from __future__ import annotations

from typing import Final

from smallprint.comparing.redline import forget_sentences
from smallprint.importing.inline import forget_runs
from smallprint.reading.markdown import forget_pieces, remembered
from smallprint.words import forget_words, knows_words

_LEAST: Final = 600_000
"""So many characters may be remembered, however small the versions are."""
_VERSIONS: Final = 4
"""If versions are large, so many of them; each is remembered by its pieces, its blocks and its running texts."""


class Memory:
    """What the stages remember for the life of the process, bounded for as long as one import lasts."""

    def __init__(self) -> None:
        # Where no word was known before, all encoded text there is belongs to this import.
        self._is_alone = not knows_words()

    def make_room(self, size: int) -> bool:
        """Forget all texts if too many are remembered, and return whether they were.

        Values made of texts before must not be used any more then, as the same words may have other characters.

        Args:
            size: how many characters the next version has, about.
        """
        if remembered() <= max(_LEAST, _VERSIONS * size):
            return False
        forget_pieces()
        forget_sentences()
        forget_runs()
        forget_words(characters=self._is_alone)
        return True
