"""smallprint publishes policies kept in git, with a redline between every two versions.

The names in `__all__` are its public interface, which docs/api.md describes. Each is imported when it is first asked
for, so that `import smallprint` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smallprint.comparing import compare, lineage_between
    from smallprint.errors import ContentError, SmallprintError, UsageError
    from smallprint.model import Comparison, Policy, Version
    from smallprint.presenting.record import comparison_record, version_record
    from smallprint.presenting.standalone import comparison_page
    from smallprint.reading.tree import read_tree
    from smallprint.reading.version import read_plain

__all__ = [
    "Comparison",
    "ContentError",
    "Policy",
    "SmallprintError",
    "UsageError",
    "Version",
    "compare",
    "comparison_page",
    "comparison_record",
    "lineage_between",
    "read_plain",
    "read_tree",
    "version_record",
]

_HOMES = {
    "Comparison": "model",
    "ContentError": "errors",
    "Policy": "model",
    "SmallprintError": "errors",
    "UsageError": "errors",
    "Version": "model",
    "compare": "comparing",
    "comparison_page": "presenting.standalone",
    "comparison_record": "presenting.record",
    "lineage_between": "comparing",
    "read_plain": "reading.version",
    "read_tree": "reading.tree",
    "version_record": "presenting.record",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
