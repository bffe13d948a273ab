"""A small policy with everything its pages have to show: made, changed, moved, merged and announced clauses."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from smallprint.model import Policy, Version, VersionId
from smallprint.presenting.page import Asset, Page
from smallprint.presenting.pages import policy_pages
from smallprint.reading.tree import read_tree
from smallprint.reading.version import parse_version

IBACKUP = Path(__file__).resolve().parents[2] / "content"
TODAY = date(2024, 6, 1)

_FIRST = """\
# Privacy Policy {#policy}

We keep your details <safe> & sound.

## Collection {#collection}

We may collect your name only to bill you, and nothing else at all.

### Surveys {#collection.surveys}

We ask questions once a year in order to learn what people like.

## Security {#security}

We take all reasonable precautions to protect personal information.

## Contact {#contact}

Write to us at any time.
"""
_SECOND = """\
# Privacy Policy {#policy}

We keep your details <safe> & sound.

## Contact {#contact}

Write to us at any time.

## Security {#security}

We take all reasonable precautions to protect personal information.

## Collection {#collection was="collection.surveys"}

We will collect your name to bill you, and your address.
We ask questions once a year in order to learn what people like.

## Sharing {#sharing}

We share nothing, with anyone.
"""
_NOTED = """\
# Privacy Policy[^a] {#policy}

We keep your details.[^1][^2]

## Sharing {#sharing}

We share nothing.[^3] Not even names.[^1]

[^a]: Of Acme.
[^1]: For a year.[^3]
[^2]: Or two.

    Or three.
[^3]: Courts may ask.
"""
_NOTED_ANEW = """\
# Privacy Policy[^a] {#policy}

We keep your details.[^2]

## Contact {#contact}

Write to us at any time.[^3]

[^a]: Of Acme.
[^2]: For a year.
[^3]: Or call <https://example.com/call>.
"""


def policy(**changes: object) -> Policy:
    """Return a policy of three versions, in force from 2020, 2022 and 2025 on."""
    made = Policy(
        "privacy",
        "Privacy Policy",
        (
            _version("2020-01-01", _FIRST),
            _version("2022-01-01", _SECOND, notified=date(2021, 12, 1)),
            _version("2025-01-01", _SECOND.replace("nothing, with anyone", "all"), published=date(2024, 5, 1)),
        ),
        publisher="Acme <Ltd> & Sons",
        product="Anvils",
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def untold() -> Policy:
    """Return the same policy where users were told of no version yet, so that a notice goes back to the first."""
    made = policy()
    return dataclasses.replace(made, versions=tuple(dataclasses.replace(v, notified=None) for v in made.versions))


def noted() -> Policy:
    """Return a policy with footnotes that come, go, and take over the labels of others."""
    texts = (("2020-01-01", _NOTED), ("2021-01-01", _NOTED_ANEW), ("2022-01-01", _NOTED.replace("[^1]", "[^9]")))
    return policy(versions=tuple(_version(name, text) for name, text in texts))


def _version(name: str, text: str, published: date | None = None, notified: date | None = None) -> Version:
    source = f"---\ntitle: Privacy Policy\neffective: {name}\n---\n{text}"
    version, _ = parse_version(source.replace("<safe>", "\\<safe>"), path=f"{name}.md", version_id=VersionId(name))
    return dataclasses.replace(version, published=published, notified=notified, source=source, digest="0" * 64)


def ibackup() -> Policy:
    """Return the policy that comes with the program."""
    return next(policy for policy in read_tree(IBACKUP).policies if policy.slug == "ibackup-privacy")


def pages_of(made: Policy, as_of: date = TODAY, **options: object) -> dict[str, Page]:
    """Return the pages of a policy by address."""
    items = policy_pages(made, as_of=as_of, **options)  # type: ignore[arg-type]
    return {item.uri: item for item in items if isinstance(item, Page)}


def assets_of(made: Policy, as_of: date = TODAY, **options: object) -> dict[str, Asset]:
    """Return the files of a policy by address."""
    items = policy_pages(made, as_of=as_of, **options)  # type: ignore[arg-type]
    return {item.uri: item for item in items if isinstance(item, Asset)}
