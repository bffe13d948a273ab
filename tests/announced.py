"""An announcement made by hand of the IBackup example, with what else the making of messages needs, for tests."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

from smallprint.judgement import Direction, Right
from smallprint.model import VersionId
from smallprint.notifying.announcement import AnnouncedChange, Announcement, NoticeText, Sender, Translation
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.texts import write_texts

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


def texts(*languages: str, templates: Path | None = None) -> tuple[NoticeText, ...]:
    """Return the notice of the example in some languages."""
    return write_texts(announcement(), SENDER, languages or LANGUAGES, [GERMAN], templates, as_of=BEFORE)
