"""policy.yml → a `Policy` that has no versions yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from smallprint.errors import Severity
from smallprint.model import Policy
from smallprint.reading.characters import check_text
from smallprint.reading.fields import Fields
from smallprint.reading.mapping import read_mapping

if TYPE_CHECKING:
    from smallprint.errors import Fault

KEYS: Final = ("title", "publisher", "product", "language", "about", "judged-by")
"""The keys that policy.yml may have."""
_HINTS: Final = {
    key: f"`{key}` belongs to a version: write it at the top of that version's file."
    for key in ("effective", "published", "notified", "notified-by", "source")
}
_HINTS["slug"] = "The address of a policy is the name of its folder; delete the line."


def parse_policy(text: str, *, path: str, slug: str) -> tuple[Policy, list[Fault]]:
    """Read what does not change with a version.

    Args:
        text: The whole of policy.yml, line ends as LF.
        path: The file as shown to readers.
        slug: The name of the policy's folder.
    """
    faults = check_text(text, path)
    values, more = read_mapping(text, path)
    faults += more
    fields = Fields(values, path, text)
    fields.check_keys(KEYS, _HINTS)
    broken = any(fault.severity is Severity.ERROR for fault in faults)
    if not fields.has("title") and not broken:
        fields.fault_at("title", "SP207", "The policy has no title.", "Write a line `title: …`.")
    policy = Policy(
        slug=slug,
        title=fields.text("title") or slug,
        versions=(),
        publisher=fields.text("publisher"),
        product=fields.text("product"),
        about=fields.text("about"),
        language=fields.language("language", "en"),
        judged_by=fields.text("judged-by"),
    )
    return policy, faults + fields.faults
