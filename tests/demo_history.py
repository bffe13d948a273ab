"""`make demo-history`: a git repository with the long history of a policy, imported, and its site built.

The texts of 2006, 2008, 2012 and 2020 are IBackup's. Everything between and after them is invented, to show what a
history holds: small edits, clauses that move and are renamed, technical commits, formatting, a page that was lost.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Final

import click

from git_histories import Made, make_repository
from smallprint.cli.main import main
from smallprint.site.run import build_site

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "content" / "ibackup-privacy"
SLUG: Final = "ibackup-privacy"
_FIRST: Final = "IBackup/Privacy Policy.md"
_LATER: Final = "IBackup/Privacy Statement.md"
_RECORDED: Final = "First record of IBackup Privacy Policy"
_CHANGES: Final = "Record new changes of IBackup Privacy Policy"
_TECHNICAL: Final = "Apply technical or declaration upgrade on IBackup Privacy Policy"
_FORMATTED: Final = "Tidy up the Markdown"
_CONFIG: Final = """\
site_name: A history, imported
site_url: https://policies.example.org/
docs_dir: content
theme:
  name: smallprint
plugins:
  - search
  - smallprint
"""
_POLICY: Final = """\
title: Privacy Policy
publisher: Pro Softnet Corporation
product: IBackup
about: The texts of 2006, 2008, 2012 and 2020 are IBackup's; all changes between and after them are invented.
"""
_HOME: Final = f"""\
# A history, imported

The texts of 2006, 2008, 2012 and 2020 are IBackup's.
All changes between and after them are invented.

- [Its history]({SLUG}/history.md)
- [The text in force]({SLUG}/index.md)
"""

_EDITS: Final = (
    ("2012-05-14", _CHANGES, "for future logins to", "for 30 days, for logins to"),
    ("2012-09-03", _FORMATTED, "**Cookies**", "__Cookies__"),
    ("2013-02-11", _CHANGES, "feedback records indefinitely", "feedback records for three years"),
    ("2013-08-20", _CHANGES, "under 13", "under 16"),
    ("2014-01-15", _CHANGES, "## Changing Your Information", "## Your Choices"),
    ("2014-03-02", _TECHNICAL, "## Security", "Security\n--------"),
    ("2015-06-30", _CHANGES, "browser type, Device name", "browser type, precise location, Device name"),
    ("2016-11-08", _CHANGES, "statistics of our Service.", "statistics of our Service, for which we may be paid."),
    ("2018-05-25", _CHANGES, "Security\n--------", "## Your Rights in Europe\n\n{europe}\n\nSecurity\n--------"),
    ("2018-05-25", _CHANGES, "within one month", "within two weeks"),
)  # fmt: skip
_LATER_EDITS: Final = (
    ("2021-01-04", _CHANGES, "within 10 business days", "within 30 days"),
    ("2021-09-13", _CHANGES, "You can find Pro Softnet Corp.’s Privacy Shield certification here.\n", ""),
    ("2022-03-21", _CHANGES, "We do not sell any consumers' personal data.", "We may sell it; you can object."),
    ("2022-03-22", _CHANGES, "We may sell it; you can object.", "We do not sell any consumers' personal data."),
    ("2023-07-10", _CHANGES, "privacy@pro-softnet.com", "privacy@idrive.com"),
    ("2024-02-05", _FORMATTED, "**Files** –", "__Files__ –"),
    ("2024-04-16", _CHANGES, "under 13", "under 16"),
)  # fmt: skip
_EUROPE: Final = (
    "If you live in the European Union, you may ask us which information we hold about you, and have it corrected or "
    "erased. We answer within one month."
)


def make_demo(folder: Path) -> Made:
    """Make the repository."""
    made = make_repository(folder)
    made.commit("2006-06-18", _RECORDED, {_FIRST: _text("2006-06-18")})
    made.commit("2007-04-02", _TECHNICAL, {_FIRST: _text("2006-06-18").replace("\n\n", "\n\n\n")})
    made.commit("2008-06-22", _CHANGES, {_FIRST: _text("2008-06-22")})
    text = _text("2012-01-09")
    made.commit("2012-01-09", _CHANGES, {_FIRST: text})
    text = _edit(made, _FIRST, text, _EDITS)
    made.commit("2019-03-01", _CHANGES, {_FIRST: "# Page not found\n\nPlease try again later.\n"})
    made.commit("2019-03-02", _CHANGES, {_FIRST: text})
    made.git("mv", _FIRST, _LATER)
    made.commit("2019-10-01", "Rename the file", {})
    text = _text("2020-02-10")
    made.commit("2020-02-10", _CHANGES, {_LATER: text})
    _edit(made, _LATER, text, _LATER_EDITS)
    return made


def _text(version: str) -> str:
    """Return one of IBackup's texts as others would keep it: without front matter and ids."""
    text = (SOURCES / f"{version}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    return re.sub(r"^\{#[^}\n]*\}\n|[ ]\{#[^}\n]*\}$", "", text, flags=re.MULTILINE).lstrip("\n")


def _edit(made: Made, path: str, text: str, edits: tuple[tuple[str, str, str, str], ...]) -> str:
    for day, subject, old, new in edits:
        if old not in text:
            raise ValueError(f"{day}: “{old}” is not in the text any more.")
        text = text.replace(old, new.format(europe=_EUROPE))
        made.commit(day, subject, {path: text})
    return text


def run() -> int:
    """Make the repository, import it, build its site, and say where to look."""
    folder = Path(tempfile.mkdtemp(prefix="smallprint-history-"))
    made = make_demo(folder / "repository")
    policy = folder / "content" / SLUG
    policy.mkdir(parents=True)
    (policy / "policy.yml").write_text(_POLICY, encoding="utf-8")
    (folder / "content" / "index.md").write_text(_HOME, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    done = main(["import-history", str(made.folder), _LATER, "--policy", SLUG, "--content", str(folder / "content")])
    if done:
        return done
    build_site(str(folder / "mkdocs.yml"), say=lambda message: click.echo(message, err=True))
    click.echo(f"\nThe repository:  {made.folder}\nThe policy:      {policy}\nThe site:        {folder / 'site'}\n")
    click.echo(f"To look at it:   {sys.executable} -m http.server --directory {folder / 'site'}")
    click.echo(f"and then open    http://localhost:8000/{SLUG}/history/")
    return 0


if __name__ == "__main__":
    sys.exit(run())
