"""Git repositories made for tests, the same commits on any machine and day."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TECHNICAL = "Apply technical or declaration upgrade on Acme Privacy Policy"
CHANGES = "Record new changes of Acme Privacy Policy"

POLICY = """\
# Privacy Policy

We keep little of what you tell us, and we say here what it is.

## Cookies

We use cookies for 30 days, so that you need not log in at every visit of our pages.

## Sharing

We share nothing with anyone, unless a court orders us to, in which case we tell you before we do.

## Contact

Write to privacy@acme.example, or to Acme Ltd, 1 Anvil Way, Smalltown, and a person will answer you.
"""
"""A policy long enough for its clauses to be told apart."""


@dataclass(frozen=True)
class Made:
    """A repository."""

    folder: Path

    def git(self, *arguments: str, day: str = "", text: str | None = None) -> str:
        """Run git, with `day` as the day of the author, and return what it prints."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        date = f"{day} 12:00:00 +0000" if len(day) == len("2020-01-01") else day
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _WHO.items()}
        when = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": "2024-06-01 12:00:00 +0000"} if date else {}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            env={**kept, **who, **when, **alone},
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, day: str, subject: str, files: dict[str, str | bytes | None]) -> str:
        """Commit files (none: deleted) and return the hash."""
        for name, content in files.items():
            file = self.folder / name
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty-message", f"--message={subject}", day=day)
        return self.git("rev-parse", "HEAD")


_WHO = {"NAME": "Acme", "EMAIL": "acme@example.com"}


def make_repository(folder: Path) -> Made:
    """Make an empty repository."""
    folder.mkdir(parents=True)
    made = Made(folder)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def import_many(made: Made, path: str, versions: int) -> None:
    """Commit many versions of one policy at once, each with a few words changed."""
    lines = ["reset refs/heads/main\n"]
    text = POLICY + "".join(f"\n## Section {number}\n\nWe keep record {number} for a while.\n" for number in range(30))
    for number in range(versions):
        text = text.replace(f"record {number % 30} for", f"record {number % 30} for {number} days, and for")
        data = text.encode()
        lines.append(
            f"commit refs/heads/main\ncommitter A <a@example.com> {1_300_000_000 + number * 864_000} +0000\n"
            f"data {len(CHANGES)}\n{CHANGES}\nM 100644 inline {path}\ndata {len(data)}\n{text}\n"
        )
    made.git("fast-import", "--quiet", text="".join(lines))
