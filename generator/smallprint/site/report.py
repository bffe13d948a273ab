"""What a person is told when a build fails."""

from __future__ import annotations

from smallprint.errors import ContentError, SmallprintError
from smallprint.reading.report import format_fault, format_total


def explain(error: SmallprintError) -> str:
    """Return the whole message: for faults in the content every one of them, with its line and its remedy."""
    if not isinstance(error, ContentError):
        return str(error)
    faults = "\n\n".join(map(format_fault, error.faults))
    return f"{faults}\n\n{format_total(error.faults)}. Nothing was written."
