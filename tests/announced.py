"""An announcement made by hand of the IBackup example, with what else the making of messages needs, for tests."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

from smallprint.judgement import Direction, Right
from smallprint.model import VersionId
from smallprint.notifying.announcement import AnnouncedChange, Announcement, NoticeText, Sender, Translation
from smallprint.notifying.plan import (
    SCHEMA_VERSION,
    Plan,
    PlannedChange,
    PlannedDuty,
    PlannedRecipients,
    PlannedSender,
    seal,
)
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.texts import columns_of, write_texts

SITE = "https://legal.example.org/ibackup-privacy"
REDLINE = f"{SITE}/changes/2006-06-18/2020-02-10/"
LANGUAGES = ("en", "fr", "de", "es", "ar")
BEFORE = dt.date(2020, 1, 6)
WHEN = dt.datetime(2020, 1, 8, 9, 30, 15, tzinfo=dt.UTC)
NOTICE_ID = "ibackup-privacy-2020-02-10"
SENDER = Sender(
    "IBackup – Privacy",
    "privacy@ibackup.example",
    reply_to="help@ibackup.example",
    bounces="bounces@ibackup.example",
    contact="help@ibackup.example",
)
ADA = Recipient(2, "ada@example.org", "en", "Ada Lovelace")
NOBODY = Recipient(3, "nobody@example.org")
_REVIEWS = Path(__file__).resolve().parents[1] / "content" / "ibackup-privacy" / "reviews"


@cache
def announcement() -> Announcement:
    """Return all material changes of the example from its first version to its last."""
    changes: list[AnnouncedChange] = []
    for name in ("2012-01-09", "2020-02-10"):
        for entry in yaml.safe_load((_REVIEWS / f"{name}.yml").read_text("utf-8"))["changes"]:
            anchor = entry["clauses"].split()[-1]
            if entry["material"] is not True or anchor in {change.anchor for change in changes}:
                continue
            rights = tuple(Right(right.strip()) for right in str(entry["rights"]).split(","))
            said = entry["for-readers"] or entry["reason"]
            title = anchor.replace(".", " ").replace("-", " ").capitalize()
            url = f"{REDLINE}#{anchor}"
            direction = Direction(entry["verdict"])
            changes.append(AnnouncedChange(anchor, title, url, direction, rights, said, ()))
    return Announcement(
        slug="ibackup-privacy",
        policy="Privacy Policy",
        publisher="Pro Softnet Corporation",
        product="IBackup",
        language="en",
        baseline=VersionId("2006-06-18"),
        version=VersionId("2020-02-10"),
        effective=dt.date(2020, 2, 10),
        changes=tuple(changes),
        others=21,
        redline_url=REDLINE,
        text_url=f"{SITE}/2020-02-10/",
        baseline_effective=dt.date(2006, 6, 18),
    )


GERMAN = Translation(
    "de",
    {
        "privacy-shield": "Wir sagen nicht mehr zu, dass europäische Datenschutzbehörden über Beschwerden entscheiden, "
        "die wir nicht lösen können; JAMS, eine Stelle in den Vereinigten Staaten, nimmt Beschwerden nun kostenlos "
        "entgegen.",
    },
    "Datenschutzerklärung",
)


def plan(*those: NoticeText) -> Plan:
    """Return a plan of the notice, for twelve people in each language."""
    told, frozen = announcement(), those or texts()
    people = {text.language: 12 for text in frozen}
    return seal(
        Plan(
            schema_version=SCHEMA_VERSION,
            notice=NOTICE_ID,
            policy=told.slug,
            title=told.policy,
            publisher=told.publisher,
            product=told.product,
            language=told.language,
            baseline=told.baseline,
            baseline_effective=told.baseline_effective,
            version=told.version,
            effective=told.effective,
            made=BEFORE,
            duty=PlannedDuty(0, None, [], "email", told.effective, "", []),
            changes=[
                PlannedChange(c.anchor, c.title, c.url, c.direction, list(map(str, c.rights)), c.sentence, [])
                for c in told.changes
            ],
            others=told.others,
            redline_url=told.redline_url,
            text_url=told.text_url,
            words={},
            sender=PlannedSender(SENDER.name, SENDER.address, SENDER.reply_to, SENDER.bounces, SENDER.contact),
            texts=list(frozen),
            columns=sorted(frozenset[str]().union(*map(columns_of, frozen))),
            untranslated=[],
            templates="0" * 64,
            recipients=PlannedRecipients(
                "people.csv", "0" * 64, 12 * len(people), 0, 0, 0, 0, 0, 0, 12 * len(people), people, {}
            ),
            suppression=None,
        )
    )


def texts(*languages: str, templates: Path | None = None) -> tuple[NoticeText, ...]:
    """Return the notice of the example in some languages."""
    return write_texts(announcement(), SENDER, languages or LANGUAGES, [GERMAN], templates, as_of=BEFORE)
