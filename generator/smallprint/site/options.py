"""What can be set for the plugin, and the day the site is built for."""

from __future__ import annotations

import datetime as dt
import os

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.base import ValidationError

from smallprint.errors import UsageError
from smallprint.reading.day import EPOCH_VARIABLE, day_asked, parse_day

PREVIEW_VARIABLE = "SMALLPRINT_PREVIEW"


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
    preview = c.Optional(c.Type(bool))
    """Whether pages also show what the rules propose and no person has decided; where it is not set, when served."""


def as_of(options: Options) -> dt.date:
    """Return the day to build for: what the environment says, else the configuration, else today in UTC."""
    return day_asked(configured=options.as_of)


def is_preview(options: Options, *, is_serving: bool) -> bool:
    """Return whether to show what no person has decided: as the environment says, else the configuration.

    Where neither does, those who serve the site for themselves see it, and a site that is built is for the public.
    """
    if text := os.environ.get(PREVIEW_VARIABLE):
        if text not in {"0", "1"}:
            raise UsageError(f"The environment variable {PREVIEW_VARIABLE} is {text!r}. Set it to 1 or to 0.")
        return text == "1"
    return is_serving if options.preview is None else options.preview


class BuildClock:
    """Makes every date that MkDocs and a theme ask for come from the content, never from the day of the build."""

    def __init__(self) -> None:
        self._is_set = False

    def start(self, day: dt.date) -> None:
        """Set `SOURCE_DATE_EPOCH` to the start of `day`, unless someone has set it."""
        if EPOCH_VARIABLE not in os.environ:
            start = dt.datetime.combine(day, dt.time(), dt.UTC)
            os.environ[EPOCH_VARIABLE] = str(max(0, int(start.timestamp())))
            self._is_set = True

    def stop(self) -> None:
        """Leave the environment as it was."""
        if self._is_set:
            os.environ.pop(EPOCH_VARIABLE, None)
            self._is_set = False
