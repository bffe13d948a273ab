"""A comparison → what the rules find in it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.judgement import Finding
    from smallprint.model import Comparison


def assess(comparison: Comparison) -> Mapping[int, tuple[Finding, ...]]:
    """Return what the rules find, by the number of the change, changes without findings left out."""
    del comparison
    return MappingProxyType({})
