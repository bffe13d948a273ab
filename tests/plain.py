"""Versions from plain Markdown, for tests that need no files."""

from __future__ import annotations

from smallprint.model import Version, VersionId
from smallprint.reading.clauses import parse_clauses


def version(markdown: str, name: str = "2020-01-01") -> Version:
    """Return a version that has only clauses."""
    clauses, _ = parse_clauses(markdown, path=f"{name}.md")
    return Version(VersionId(name), name, None, clauses)
