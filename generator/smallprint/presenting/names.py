"""Policies of one site → names by which readers tell them apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smallprint.model import Policy


@dataclass(frozen=True, slots=True)
class Name:
    """What a policy is called on its site."""

    title: str
    addition: str = ""
    """What tells it from others of that title, the product or the publisher; empty if no other has it."""

    @property
    def whole(self) -> str:
        """Return both as one text: `Privacy Policy (Anvils)`."""
        return f"{self.title} ({self.addition})" if self.addition else self.title


def names_of(policies: Iterable[Policy]) -> dict[str, Name]:
    """Return the names of all policies of a site, by slug.

    >>> from smallprint.model import Policy
    >>> two = [Policy("a", "Privacy", (), "Acme", "Anvils"), Policy("b", "Privacy", (), "Acme", "Tongs")]
    >>> [name.whole for name in names_of(two).values()]
    ['Privacy (Anvils)', 'Privacy (Tongs)']
    """
    alike: dict[str, list[Policy]] = {}
    for policy in policies:
        alike.setdefault(" ".join(policy.title.split()).casefold(), []).append(policy)
    names = {}
    for group in alike.values():
        additions = _additions(group) if len(group) > 1 else [""] * len(group)
        names.update({policy.slug: Name(policy.title, text) for policy, text in zip(group, additions, strict=True)})
    return names


def _additions(group: list[Policy]) -> list[str]:
    """Return what tells policies of one title apart: the shortest that does so for all of them."""
    for texts in _ways(group):
        counts = Counter(text.casefold() for text in texts)
        if all(texts) and max(counts.values()) == 1:
            return texts
    return [policy.slug for policy in group]


def _ways(group: list[Policy]) -> Iterator[list[str]]:
    yield [policy.product for policy in group]
    yield [policy.publisher for policy in group]
    yield [policy.product or policy.publisher for policy in group]
    yield [", ".join(filter(None, (policy.product, policy.publisher))) for policy in group]
