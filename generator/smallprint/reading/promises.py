"""What the mark of a clause says of notice: `promise=notice days=30 by=email` → a `Promise`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from smallprint.model import CHANNELS, Promise
from smallprint.reading.fields import enumerate_words, near_miss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smallprint.errors import Fault
    from smallprint.reading.attributes import Line

MAX_DAYS: Final = 3650
"""More days of notice than this are taken for a typing error."""
_KINDS: Final = ("notice",)
_DAYS: Final = re.compile(r"0|[1-9][0-9]{0,3}")


def read_promise(line: Line, attributes: Sequence[re.Match[str]], faults: list[Fault]) -> Promise | None:
    """Read the attributes `promise`, `days` and `by`, noting what is wrong with them.

    Args:
        line: The line they stand on.
        attributes: Matches with the groups `key`, `quoted` and `bare`.
        faults: Takes what is found wrong.
    """
    values: dict[str, str] = {}
    for attribute in attributes:
        key, value = attribute["key"], _value(attribute)
        problem = _problem(key, value)
        if key in values:
            what = f"`{key}` is given twice in this mark."
            faults.append(_fault(line, attribute, "SP309", what, "Keep the one that is right."))
        elif problem:
            faults.append(_fault(line, attribute, "SP308", *problem))
        values.setdefault(key, value)
    if attributes and "promise" not in values:
        what = f"`{attributes[0].group()}` says how a promise is kept, but this mark has no `promise`."
        remedy = "Write `promise=notice` before it, or take it out."
        faults.append(_fault(line, attributes[0], "SP309", what, remedy))
    if not values or faults:
        return None
    return Promise(values["promise"], int(values["days"]) if "days" in values else None, values.get("by", ""))


def _value(attribute: re.Match[str]) -> str:
    return attribute["bare"] if attribute["quoted"] is None else attribute["quoted"].strip()


def _problem(key: str, value: str) -> tuple[str, str] | None:
    """Say what is wrong with a value and how to mend it; nothing where it is good."""
    if key == "days":
        if _DAYS.fullmatch(value) and int(value) <= MAX_DAYS:
            return None
        return f"`days={value}` is no number of days.", f"Write a whole number from 0 to {MAX_DAYS}, such as `days=30`."
    known = _KINDS if key == "promise" else CHANNELS
    if value in known:
        return None
    near = near_miss(value, known)
    what = f"`{key}={value}` is nothing that can be promised."
    if key == "by":
        what = f"`by={value}` is no way in which users can be told."
    return what, f"Did you mean `{key}={near}`?" if near else f"What may stand here: {enumerate_words(known)}."


def _fault(line: Line, attribute: re.Match[str], code: str, what: str, remedy: str) -> Fault:
    return line.fault(attribute.start() + 1, len(attribute.group()), code, what, remedy)
