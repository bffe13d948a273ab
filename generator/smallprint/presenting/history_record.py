"""A policy's versions as JSON: the record that stands beside the history page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from smallprint.presenting.addresses import beside, redline_uri, version_uri
from smallprint.presenting.record import SCHEMA_VERSION

if TYPE_CHECKING:
    from smallprint.model import Version
    from smallprint.presenting.standing import Standing
    from smallprint.presenting.steps import Steps


class RightsRecord(msgspec.Struct, frozen=True):
    """How many changes do what to the rights of readers."""

    reduces: int
    mixed: int
    """They do both, and count nowhere else."""
    expands: int
    neither: int
    passed_over: int
    """How many of those that do neither no person has decided on, as the rules found nothing in them."""


class StepRecord(msgspec.Struct, frozen=True):
    """What the step from the version before comes to."""

    page: str
    record: str
    counts: dict[str, int]
    summary: str
    rights: RightsRecord | None
    """Null until all is decided."""
    notice_required: bool | None
    """The same."""
    for_readers: list[str]
    """What readers are told of material changes."""


class NoticeRecord(msgspec.Struct, frozen=True):
    """What proves that users were told of a version."""

    by: str
    """In which way: `email`."""
    baseline: str
    """The version from which on they were told of changes."""
    redline: str | None
    """The page that shows these changes."""
    first: datetime
    """When the first message was accepted by a mail server."""
    last: datetime
    planned: int
    """How many recipients there were: the sum of the following."""
    accepted: int
    failed: int
    deferred: int
    unknown: int
    suppressed: int
    waiting: int
    joined_since: int
    """Left out, as they joined when the new version was public; not part of `planned`."""
    languages: dict[str, int]
    """How many recipients there were of each language."""
    texts_sha256: str
    text_sha256: dict[str, str]
    """By language."""
    plan_sha256: str
    late: str
    """Why users were told later than promised; empty where they were told in time."""


class EntryRecord(msgspec.Struct, frozen=True):
    """One version. Addresses are below the site's root."""

    id: str
    title: str
    standing: str
    """`past`, `in force` or `announced`."""
    effective: date | None
    published: date | None
    notified: date | None
    notice: NoticeRecord | None
    """None where nothing proves that users were told."""
    sha256: str
    source_url: str
    page: str
    record: str
    step: StepRecord | None
    """None for the first version."""


class HistoryRecord(msgspec.Struct, frozen=True):
    """All versions of a policy, oldest first."""

    schema_version: int
    policy: str
    title: str
    publisher: str
    product: str
    language: str
    judged_by: str
    """Who judges its changes, and from what; empty where policy.yml does not say."""
    versions: list[EntryRecord]


def history_record(standing: Standing, steps: Steps) -> bytes:
    """Return the record of a policy's history as indented JSON, UTF-8, with a line end."""
    policy = standing.policy
    record = HistoryRecord(
        schema_version=SCHEMA_VERSION,
        policy=policy.slug,
        title=policy.title,
        publisher=policy.publisher,
        product=policy.product,
        language=policy.language,
        judged_by=policy.judged_by,
        versions=[_entry(standing, steps, version) for version in standing.versions],
    )
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def _entry(standing: Standing, steps: Steps, version: Version) -> EntryRecord:
    uri = version_uri(standing.policy.slug, version)
    is_current, is_announced = version is standing.current, version in standing.announced
    return EntryRecord(
        id=version.version_id,
        title=version.title,
        standing="in force" if is_current else "announced" if is_announced else "past",
        effective=version.effective,
        published=version.published,
        notified=version.notified,
        notice=_notice(standing, version),
        sha256=version.digest,
        source_url=version.source_url,
        page=uri,
        record=beside(uri, ".json"),
        step=_step(standing, steps, version),
    )


def _notice(standing: Standing, version: Version) -> NoticeRecord | None:
    proof = standing.proof_of(version)
    if proof is None or proof.first is None or proof.last is None:
        return None
    baseline = standing.named(proof.baseline)
    return NoticeRecord(
        by=proof.by,
        baseline=proof.baseline,
        redline=redline_uri(standing.policy.slug, baseline, version) if baseline else None,
        first=proof.first,
        last=proof.last,
        planned=proof.planned,
        accepted=proof.accepted,
        failed=proof.failed,
        deferred=proof.deferred,
        unknown=proof.unknown,
        suppressed=proof.suppressed,
        waiting=proof.waiting,
        joined_since=proof.joined_since,
        languages=dict(sorted(proof.languages.items())),
        texts_sha256=proof.texts,
        text_sha256=dict(sorted(proof.text_of.items())),
        plan_sha256=proof.plan,
        late=proof.late,
    )


def _step(standing: Standing, steps: Steps, version: Version) -> StepRecord | None:
    position = standing.position(version)
    if not position:
        return None
    old = standing.versions[position - 1]
    uri = redline_uri(standing.policy.slug, old, version)
    told = steps.told(old, version)
    rights = told.rights
    return StepRecord(
        page=uri,
        record=beside(uri, ".json"),
        counts={str(kind): count for kind, count in told.counts.items()},
        summary=told.whole,
        rights=RightsRecord(*rights.tally) if rights.tally else None,
        notice_required=rights.notice_required,
        for_readers=[line.text for line in rights.lines if line.is_material],
    )
