"""The built site → whether the pages that a notice links to are in it, and show the words it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from smallprint.errors import NoticeError
from smallprint.presenting.addresses import beside, redline_uri, version_uri

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.model import Version


_Kind = TypeVar("_Kind", bound=msgspec.Struct)


class _Side(msgspec.Struct):
    sha256: str


class _Redline(msgspec.Struct):
    """What is asked of the record of a comparison; the rest of it is passed over."""

    old: _Side
    new: _Side


class _Text(msgspec.Struct):
    """The same of the record of a version."""

    version: _Side


def check_linked_pages(site: Path, slug: str, old: Version, new: Version) -> None:
    """See that a site has the redline and the full text that a notice links to, made from these very files.

    Args:
        site: the folder of the built site.
        slug: the policy.
        old: the version users were last told of.
        new: the version announced.

    Raises:
        NoticeError: A page is not there, or shows other words.
    """
    redline, text = redline_uri(slug, old, new), version_uri(slug, new)
    for uri in (redline, text):
        if not (site / uri / "index.html").is_file():
            raise NoticeError(
                f"The notice would link to /{uri}, and the site in {site} has no such page. Run `smallprint build` "
                "first, for a day on which the version is published (`--as-of`), and put the site online."
            )
    sides = _read(site / beside(redline, ".json"), _Redline)
    shown = _read(site / beside(text, ".json"), _Text)
    if (sides.old.sha256, sides.new.sha256, shown.version.sha256) != (old.digest, new.digest, new.digest):
        raise NoticeError(
            f"The page /{redline} in {site} was built from other words than those in the content folder now. Run "
            "`smallprint build`, and put the site online."
        )


def _read(path: Path, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError) as error:
        raise NoticeError(
            f"{path} is not as a build writes it, so nobody can tell which words the page beside it shows. Run "
            "`smallprint build`."
        ) from error
