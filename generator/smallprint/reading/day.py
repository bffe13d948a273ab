"""The day for which something is asked: what a person says, what the environment says, else today."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import Final

from smallprint.errors import UsageError

AS_OF_VARIABLE: Final = "SMALLPRINT_AS_OF"
EPOCH_VARIABLE: Final = "SOURCE_DATE_EPOCH"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def parse_day(text: str, name: str) -> dt.date:
    """Read a day as `2020-02-10`; `name` says in the error where the text came from.

    >>> parse_day("2020-02-10", "as_of")
    datetime.date(2020, 2, 10)
    """
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise UsageError(f"{name} is {text!r}, which is not a day. Write it as year-month-day, such as 2020-02-10.")


def day_asked(option: str | None = None, configured: dt.date | None = None) -> dt.date:
    """Return the day: an option, else `SMALLPRINT_AS_OF`, the configuration, `SOURCE_DATE_EPOCH`, today in UTC."""
    if option is not None:
        return parse_day(option, "--as-of")
    if text := os.environ.get(AS_OF_VARIABLE):
        return parse_day(text, f"The environment variable {AS_OF_VARIABLE}")
    if configured is not None:
        return configured
    if text := os.environ.get(EPOCH_VARIABLE):
        try:
            return dt.datetime.fromtimestamp(int(text), dt.UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(f"{EPOCH_VARIABLE} is {text!r}, which is not a count of seconds.") from error
    return dt.datetime.now(dt.UTC).date()
