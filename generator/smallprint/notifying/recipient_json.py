"""The lines of a JSON Lines file → recipients: one flat object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from smallprint.notifying.recipient_values import BadValueError, column_faults, make_recipient

if TYPE_CHECKING:
    from smallprint.notifying.recipient import Recipient
    from smallprint.notifying.recipient_values import NameNote

_MAX_KNOWN: Final = 1_000
"""How many sets of keys are remembered as good; a file has one or a few."""
_FLAT: Final = 'Write one object a line, such as `{"email": "name@example.org", "language": "de"}`.'


class Objects:
    """Reads lines that are objects."""

    def __init__(self, notes: list[NameNote]) -> None:
        """Take where names that are left out are noted."""
        self._notes = notes
        self._known: set[tuple[str, ...]] = set()
        # Numbers stay as they are written: 1.10 is not 1.1.
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=_no_number
        )

    def is_blank(self, line: str) -> bool:
        """Return whether a line has nothing on it."""
        return not line or line.isspace()

    def read(self, number: int, line: str) -> Recipient:
        """Return the recipient of a line.

        Raises:
            BadValueError: The line is no good.
        """
        try:
            pairs = self._decoder.decode(line)
        except json.JSONDecodeError as error:
            what = f"This is no JSON: {error.msg[:1].lower()}{error.msg[1:]}."
            raise BadValueError(what, _FLAT, column=error.colno) from None
        except RecursionError:
            raise BadValueError("Values stand within values, many levels deep.", _FLAT) from None
        if not isinstance(pairs, _Pairs):
            raise BadValueError("This is no JSON object.", _FLAT)
        keys = tuple([key for key, _ in pairs])
        if keys not in self._known:
            self._check_keys(keys)
        values = {key: value if isinstance(value, str) else _text(key, value) for key, value in pairs}
        pop = values.pop
        known = pop("email", ""), pop("language", ""), pop("name", ""), pop("since", "")
        return make_recipient(number, known, values, self._notes)

    def _check_keys(self, keys: tuple[str, ...]) -> None:
        for what, remedy in column_faults(keys):
            raise BadValueError(what, remedy)
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        self._known.add(keys)


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of an object, also where a key stands twice."""


def _text(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise BadValueError(f"`{key}` holds a list or an object.", "Give each key a text or a number.")


def _no_number(text: str) -> NoReturn:
    raise BadValueError(f"{text} is no number of JSON.", "Write a number, a text in quotes, or null.")
