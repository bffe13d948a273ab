"""One person to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the recipients file that was found good."""

    line: int
    """Where it stands in the file, from 1."""
    address: str
    """Checked: ASCII, its domain in lower case, an international domain in its ASCII form."""
    language: str = ""
    """A language tag of the file, its letters in the usual case (`pt-BR`); empty where there is none."""
    name: str = ""
    """Without characters that nobody can see; empty where there is none."""
    since: dt.date | None = None
    """The day the person joined; none where the file does not say."""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else stands in the file, for templates, by the name of the column."""
