"""What of earlier builds can be taken over, so that after one edit one policy is read, compared and written.

Whatever is taken over is what a build from nothing would write, byte for byte: the hashes of all it depends on are
equal, and the files stand as they were left.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from smallprint.errors import ContentError
from smallprint.reading.links import linked_policy
from smallprint.reading.tree import Tree, read_tree
from smallprint.site.files import PolicyPage
from smallprint.site.inputs import read_inputs
from smallprint.site.publish import Reused, link_tree
from smallprint.site.record import (
    PageRecord,
    PolicyRecord,
    SiteRecord,
    forget_records,
    is_as_stamped,
    load_record,
    save_record,
    take_stamp,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from smallprint.errors import Fault
    from smallprint.presenting.steps import Told
    from smallprint.site.gather import Content
    from smallprint.site.inputs import Inputs
    from smallprint.site.publish import Staging
    from smallprint.site.search import SearchEntry


@dataclass(frozen=True)
class Plan:
    """What one build takes over."""

    inputs: Inputs | None = None
    """None where nothing may be taken over, by this build or from it."""
    reused: Mapping[str, Reused] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    """Warnings of the earlier build that still hold."""
    former: Mapping[str, PolicyRecord] = field(default_factory=dict)
    """What stands in the site of policies of which something changed: single pages of theirs may be as they were."""


def plan_reuse(
    staging: Staging, config: MkDocsConfig, day: dt.date, *, against_current: bool, is_preview: bool
) -> Plan:
    """Find the policies whose pages stand as they would be built now."""
    inputs = read_inputs(config, day, against_current=against_current, is_preview=is_preview)
    live = _load(staging, staging.site, inputs)
    if inputs is None or live is None:
        return Plan(inputs)
    spare = _load(staging, staging.spare, inputs)
    reused: dict[str, Reused] = {}
    for slug in inputs.policies:
        record = live.policies.get(slug)
        if record is None or record.key != _key(inputs, slug, record.linked):
            continue
        is_clean = _is_clean(record, staging.site / slug)
        older = spare.policies.get(slug) if spare else None
        if older and older.key == record.key and _is_clean(older, staging.spare / slug):
            reused[slug] = Reused(older, staging.spare / slug, can_move=True, is_clean=is_clean)
        elif is_clean:
            reused[slug] = Reused(record, staging.site / slug, can_move=False, is_clean=True)
    former = {slug: live.policies[slug] for slug in inputs.policies if slug in live.policies and slug not in reused}
    faults = (*live.faults, *(fault for item in reused.values() for fault in item.record.faults)) if reused else ()
    return Plan(inputs, reused, tuple(sorted(faults)), former)


def _key(inputs: Inputs, slug: str, linked: Sequence[str]) -> str:
    """Return what the pages of a policy depend on: its files, and those of the policies that it links to."""
    own = inputs.policies[slug]
    if not linked:
        return own
    keys = (f"{other} {inputs.policies.get(other, '')}" for other in linked)
    return hashlib.sha256("\0".join([own, *keys]).encode("utf-8", "surrogateescape")).hexdigest()


def read_rest(docs: Path, plan: Plan) -> Tree:
    """Read the policies that are not taken over; the warnings are those of all policies."""
    try:
        known = {slug: item.record.inventory for slug, item in plan.reused.items()}
        tree = read_tree(docs, skip=plan.reused.keys(), known=known)
    except ContentError as error:
        raise ContentError({*error.faults, *plan.faults}) from None
    return Tree(tree.policies, tuple(sorted({*tree.faults, *plan.faults})))


def remember(
    staging: Staging, plan: Plan, content: Content, files: Files, search: Mapping[str, list[SearchEntry]]
) -> SiteRecord | None:
    """Write down what the settled folder holds and what it was made from, as far as that is known."""
    anchors = _linked_anchors(files)
    if plan.inputs is None or anchors is None:
        return None
    digests: dict[str, dict[str, str]] = {}
    for path, value in staging.digests.items():
        slug, _, rest = path.partition("/")
        digests.setdefault(slug, {})[rest] = value
    records: dict[str, PolicyRecord] = {}
    with suppress(OSError):
        forget_records(staging.work, staging.site, staging.spare)
        for slug, item in content.reused.items():
            moved = item.can_move and item.is_clean
            stamp = item.record.stamp if moved else take_stamp(staging.folder / slug)
            records[slug] = msgspec.structs.replace(item.record, stamp=stamp)
        for policy in content.policies:
            if policy.slug in digests:
                linked = tuple(sorted(content.library.linked(policy)))
                records[policy.slug] = PolicyRecord(
                    key=_key(plan.inputs, policy.slug, linked),
                    newest=max(content.days_of(policy), default=dt.date.min),
                    versions=len(policy.versions),
                    pages=tuple(_page_record(page) for page in content.pages if page.source.policy == policy.slug),
                    digests=digests[policy.slug],
                    stamp=take_stamp(staging.folder / policy.slug),
                    search=tuple(search.get(policy.slug, ())),
                    anchors={uri: ids for uri, ids in anchors.items() if uri.startswith(f"{policy.slug}/")},
                    faults=content.faults_of(policy.slug),
                    keys=content.keys.get(policy.slug, {}),
                    told=_still_told(content, policy.slug),
                    inventory=linked_policy(policy),
                    linked=linked,
                )
        record = SiteRecord(plan.inputs.shared, records, content.other_faults)
        save_record(staging.work, staging.folder, record)
        return record
    return None


def refresh_spare(staging: Staging, record: SiteRecord | None) -> None:
    """Make the spare hold a copy of each policy as it is published now, for the next build to move into place.

    A copy is a folder of links. To make them takes a moment for each page: now, when the site is in place, rather than
    at the next edit, when someone waits to see it.
    """
    with suppress(OSError):
        if record is None:
            shutil.rmtree(staging.spare)
            return
        staging.spare.mkdir(exist_ok=True)
        known = load_record(staging.work, staging.spare)
        is_near = known is not None and known.shared == record.shared
        policies: dict[str, PolicyRecord] = {}
        for slug, policy in record.policies.items():
            older = known.policies.get(slug) if known and is_near else None
            if older is None or older.key != policy.key:
                folder = staging.spare / slug
                if folder.exists() and not (older and _is_clean(older, folder)):
                    shutil.rmtree(folder)
                _renew(folder, staging.site / slug, older.digests if older and folder.exists() else {}, policy.digests)
                older = msgspec.structs.replace(policy, stamp=take_stamp(folder))
            policies[slug] = older
        save_record(staging.work, staging.spare, msgspec.structs.replace(record, policies=policies))


def _renew(folder: Path, site: Path, older: Mapping[str, str], digests: Mapping[str, str]) -> None:
    """Make a folder a copy of another by links, given which files it holds and which it shall hold."""
    if older.keys() - digests.keys():
        shutil.rmtree(folder)
        older = {}
    changed = [path for path, value in digests.items() if older.get(path) != value]
    for path in changed:
        if path in older:
            (folder / path).unlink()
    link_tree(site, folder, changed)


def _still_told(content: Content, slug: str) -> dict[str, Told]:
    """Return what the steps of today's versions came to; those of texts that were edited since are forgotten."""
    keys = set(content.keys.get(slug, {}).values())
    return {key: told for key, told in content.told.get(slug, {}).items() if key in keys}


def _load(staging: Staging, folder: Path, inputs: Inputs | None) -> SiteRecord | None:
    record = load_record(staging.work, folder) if inputs else None
    return record if inputs and record and record.shared == inputs.shared else None


def _is_clean(record: PolicyRecord, folder: Path) -> bool:
    """Return whether a folder holds what we wrote, as we wrote it, and nothing else."""
    files = {path for path in record.stamp if path and not path.endswith("/")}
    return files == record.digests.keys() and is_as_stamped(folder, record.stamp)


def _page_record(page: PolicyPage) -> PageRecord:
    source = page.source
    return PageRecord(source.uri, source.kind, source.title, page.update_date, not source.canonical, source.language)


def _linked_anchors(files: Files) -> dict[str, tuple[str, ...]] | None:
    """Return which anchors the ordinary pages link to that are there, by source; none where MkDocs did not look."""
    present: dict[str, set[str]] = {}
    for file in files.documentation_pages():
        page = file.page
        if page is None or isinstance(page, PolicyPage):
            continue
        if page.links_to_anchors is None:
            return None
        for target, links in page.links_to_anchors.items():
            if isinstance(target.page, PolicyPage):
                known = target.page.present_anchor_ids or set()
                present.setdefault(target.src_uri, set()).update(links.keys() & known)
    return {uri: tuple(sorted(anchors)) for uri, anchors in sorted(present.items())}
