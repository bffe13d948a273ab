"""What can be set for the plugin, and the day the site is built for."""

from __future__ import annotations

import datetime as dt
import os
import re

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.base import ValidationError

from smallprint.errors import UsageError

AS_OF_VARIABLE = "SMALLPRINT_AS_OF"
_EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


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


class _Day(c.OptionallyRequired[dt.date]):
    """A day, as YAML's own date or as text."""

    def run_validation(self, value: object) -> dt.date:
        """Return the day, or say how one is written."""
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        try:
            return parse_day(str(value), "The value")
        except UsageError as error:
            raise ValidationError(str(error)) from error


class Options(base.Config):  # type: ignore[no-untyped-call] # MkDocs' hook for subclasses has no types
    """The options under `plugins: - smallprint:` in mkdocs.yml."""

    as_of = c.Optional(_Day())
    """Build the site as it is to be read on this day; today where it is not set."""
    against_current = c.Type(bool, default=True)
    """Whether each version also gets a redline against the one in force."""


def as_of(options: Options) -> dt.date:
    """Return the day to build for: what the environment says, else the configuration, else today in UTC."""
    if text := os.environ.get(AS_OF_VARIABLE):
        return parse_day(text, f"The environment variable {AS_OF_VARIABLE}")
    if options.as_of is not None:
        return options.as_of
    if text := os.environ.get(_EPOCH_VARIABLE):
        try:
            return dt.datetime.fromtimestamp(int(text), dt.UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(f"{_EPOCH_VARIABLE} is {text!r}, which is not a count of seconds.") from error
    return dt.datetime.now(dt.UTC).date()


class BuildClock:
    """Makes every date that MkDocs and a theme ask for come from the content, never from the day of the build."""

    def __init__(self) -> None:
        self._is_set = False

    def start(self, day: dt.date) -> None:
        """Set `SOURCE_DATE_EPOCH` to the start of `day`, unless someone has set it."""
        if _EPOCH_VARIABLE not in os.environ:
            start = dt.datetime.combine(day, dt.time(), dt.UTC)
            os.environ[_EPOCH_VARIABLE] = str(max(0, int(start.timestamp())))
            self._is_set = True

    def stop(self) -> None:
        """Leave the environment as it was."""
        if self._is_set:
            os.environ.pop(_EPOCH_VARIABLE, None)
            self._is_set = False
