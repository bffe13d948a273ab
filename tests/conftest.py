"""Fixtures that several parts share: a small project of one's own, and the built example."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

# A slow machine is no fault of the code; and a test that failed once must be able to fail again.
hypothesis.settings.register_profile("usual", deadline=None, max_examples=60, print_blob=True)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=3000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("SMALLPRINT_HYPOTHESIS", "usual"))

ROOT = Path(__file__).resolve().parents[1]

_CONFIG = """\
site_name: Acme
site_url: https://acme.example/legal/
docs_dir: content
theme:
  name: smallprint
plugins:
  - search
  - smallprint:
      as_of: 2024-06-01
"""
_HOME = """\
# Acme

Read [what is in force](privacy/index.md), [how it came about](privacy/history.md) and
[the clause on cookies](privacy/index.md#collection.cookies).
"""
_POLICY = """\
title: Privacy Policy
publisher: Acme Ltd
product: Anvils
"""
_OLD = """\
---
title: Privacy Policy
effective: 2022-01-01
published: 2022-01-01
---

# Privacy Policy {#policy}

We keep your details safe.

## Collection {#collection}

We may collect your name.

### Cookies {#collection.cookies}

We use cookies for 30 days.
"""
_NEW = """\
---
title: Privacy Policy
effective: 2024-01-01
published: 2023-12-01
---

# Privacy Policy {#policy}

We keep your details safe.

## Collection {#collection}

We will collect your name and your address.

### Cookies {#collection.cookies}

We use cookies for 90 days.

## Sharing {#sharing}

We share nothing.
"""


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the machine happens to set away from what is built."""
    for name in ("SOURCE_DATE_EPOCH", "SMALLPRINT_AS_OF", "SMALLPRINT_PREVIEW", "SMALLPRINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a small project: a mkdocs.yml, a home page, and a policy of two versions."""
    folder = tmp_path / "project"
    policy = folder / "content" / "privacy"
    policy.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "content" / "index.md").write_text(_HOME, encoding="utf-8")
    (policy / "policy.yml").write_text(_POLICY, encoding="utf-8")
    (policy / "2022-01-01.md").write_text(_OLD, encoding="utf-8")
    (policy / "2024-01-01.md").write_text(_NEW, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built example site, as it is to be read on 1 June 2024."""
    from smallprint.site.run import build_site  # noqa: PLC0415 - most tests do without MkDocs

    folder = tmp_path_factory.mktemp("example") / "site"
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        build_site("mkdocs.yml", strict=True, as_of="2024-06-01", site_dir=str(folder), say=print)
    finally:
        os.chdir(before)
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not looked at in a browser. Here, as workers have no terminal to say it on."""
    skipped = [report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords]
    if skipped:
        remedy = "apt-get install chromium poppler-utils"
        told = f"WARNING: {len(skipped)} browser tests did not run. Install what they need: {remedy}"
        terminalreporter.write_line(told, yellow=True, bold=True)
