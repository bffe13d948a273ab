"""`make notice-demo`: plans, previews, tests and sends the notice of 2020 to a mail server on this machine.

The content is a copy, the people are made up, and the server keeps what it gets for as long as the demonstration runs.
"""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

from smallprint.cli.main import main

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).resolve().parents[1]
POLICY, VERSION = "ibackup-privacy", "2020-02-10"
DAY = "2020-02-10"
"""The last day on which the promise of the version before could be kept."""
_LANGUAGES = ("en", "fr", "de", "es", "ar")
_NAMES = {"en": "Ann Example", "fr": "Zoé Exemple", "de": "Jörg Beispiel", "es": "Íñigo Ejemplo", "ar": "سلمى"}
_PEOPLE = 200


class Post:
    """A mail server that takes most of what it is handed."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Know nobody of the name `gone`, and put off those called `busy`."""
        del server, session, options
        if address.startswith("gone"):
            return "550 5.1.1 There is nobody of that name"
        if address.startswith("busy"):
            return "450 4.2.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message."""
        del server, session
        self.received.append(envelope)
        return "250 OK"


def demonstrate(folder: Path) -> int:
    """Go all the way in a folder that has no content yet; return the exit code."""
    shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    _write_people(folder)
    os.chdir(folder)
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        via = ["--via", f"smtp://127.0.0.1:{port}"]
        day = ["--as-of", DAY]
        steps = (
            ["build", *day],
            ["notice", "plan", POLICY, VERSION, "--recipients", "people.csv", "--suppress", "stop.txt", *day],
            ["notice", "preview", POLICY, VERSION],
            ["notice", "test", POLICY, VERSION, "me@example.org", "--language", "en", *via],
            [
                "notice",
                "send",
                POLICY,
                VERSION,
                "--confirm",
                str(_PEOPLE),
                "--connections",
                "4",
                "--rate",
                "0",
                *via,
                *day,
            ],
            ["notice", "status", POLICY, VERSION],
            ["notice", "report", POLICY, VERSION],
        )
        for step in steps:
            print(f"\n$ smallprint {' '.join(step)}", flush=True)  # noqa: T201 - a demonstration shows what it does
            code = main(step)
            # That some are deferred is part of the demonstration.
            if code and step[1] != "send":
                return code
    finally:
        controller.stop()
    _show(post)
    return 0


def _write_people(folder: Path) -> None:
    lines = ["email,language,name,since"]
    for number in range(_PEOPLE):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        who = {7: "gone", 11: "busy"}.get(number % 40, "person")
        lines.append(f"{who}.{number}@example.org,{language},{_NAMES[language]},")
    lines += [
        "new@example.org,en,New Example,2020-05-01",
        "person.0@example.org,en,Ann Example,",
        "left@example.org,en,,",
    ]
    (folder / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "stop.txt").write_text("# Asked not to be written to.\nleft@example.org\n", encoding="utf-8")


def _show(post: Post) -> None:
    """Show one of the messages as it was received."""
    received = next(one for one in post.received if "person.1@" in one.rcpt_tos[0])
    message = email.message_from_bytes(received.content or b"", policy=email.policy.default)
    print(f"\nThe server received {len(post.received)} messages. One of them:\n")  # noqa: T201
    for name, value in message.items():
        print(f"{name}: {value}")  # noqa: T201
    body = message.get_body(("plain",))
    print(f"\n{body.get_content() if body else ''}")  # noqa: T201


if __name__ == "__main__":
    place = Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp(prefix="smallprint-notice-"))
    place.mkdir(parents=True, exist_ok=True)
    result = demonstrate(place)
    shown = place / "notices" / POLICY / VERSION / "preview" / "index.html"
    print(f"All of it stands in {place}; look at {shown}")  # noqa: T201
    sys.exit(result)
