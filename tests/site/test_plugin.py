"""The plugin within MkDocs: what is built, what is refused, and that MkDocs' own commands build the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from site_builds import build, leftovers, replace, run, tree

from smallprint.errors import ContentError, PublishError, SmallprintError, UsageError
from smallprint.site.manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = "https://acme.example/legal/"


def site_of(project: Path) -> dict[str, bytes]:
    return tree(project / "site")


def test_every_page_and_asset_is_built(project: Path) -> None:
    built, said = build(project, strict=True)

    assert said == []
    assert (built.policies, built.versions, built.redlines) == (1, 2, 1)
    assert {
        "index.html",
        "404.html",
        "_headers",
        "sitemap.xml",
        "search/search_index.json",
        "privacy/index.html",
        "privacy/history/index.html",
        "privacy/2022-01-01/index.html",
        "privacy/2022-01-01.md",
        "privacy/2022-01-01.json",
        "privacy/2024-01-01/index.html",
        "privacy/2024-01-01.md",
        "privacy/2024-01-01.json",
        "privacy/changes/2022-01-01/2024-01-01/index.html",
        "privacy/changes/2022-01-01/2024-01-01.json",
        "privacy/feed.atom",
        "privacy/feed.json",
    } <= site_of(project).keys()
    assert "privacy/policy.yml" not in site_of(project)


def test_sources_are_published_as_they_are(project: Path) -> None:
    build(project)

    for name in ("privacy/2022-01-01.md", "privacy/2024-01-01.md"):
        assert site_of(project)[name] == (project / "content" / name).read_bytes()


def test_no_document_of_a_word_processor_is_published(project: Path) -> None:
    """Tracked changes are not for the public, wherever the file is and whatever its name is."""
    names = [
        "terms.docx",
        "_draft.DOCX",
        "~$terms.docx",
        "files/old.doc",
        "files/a.odt",
        "files/a.rtf",
        "mac.pages/Data/x.txt",
        "privacy/2024-02-01.docx",
        "privacy/more/2024-02-01.docx",
        "privacy/sources/2024-01-01.docx",
        "rules/a.docx",
        "new/2024-02-01.docx",
    ]
    for name in names:
        (project / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "content" / name).write_bytes(b"tracked")

    _, said = build(project)

    assert not [name for name, data in site_of(project).items() if data == b"tracked"]
    told = "\n".join(said)
    assert told.count("SP228") == 9
    assert "smallprint import content/privacy/2024-02-01.docx --policy privacy --version 2024-02-01" in told
    with pytest.raises(SmallprintError, match="--strict allows none"):
        build(project, strict=True)


def test_a_warning_is_called_one_once(project: Path) -> None:
    (project / "content" / "terms.docx").write_bytes(b"tracked")
    replace(project / "content" / "index.md", "privacy/history.md", "privacy/none.md")

    _, said = build(project)
    lines = [text.splitlines()[0] for text in said]

    assert len(lines) == 2
    assert [line.count("warning:") for line in lines] == [1, 1]


def test_policies_stand_in_the_navigation_by_title_and_their_other_pages_do_not(project: Path) -> None:
    (project / "theme").mkdir()
    (project / "theme" / "main.html").write_text(
        "{% for item in nav %}[{{ item.title }} {{ item.url }}]{% endfor %}", encoding="utf-8"
    )
    replace(project / "mkdocs.yml", "name: smallprint", "name: smallprint\n  custom_dir: theme")
    build(project)

    assert site_of(project)["index.html"] == b"[Acme ][Privacy Policy privacy/]"


def test_a_title_in_the_configured_navigation_is_used(project: Path) -> None:
    (project / "theme").mkdir()
    (project / "theme" / "main.html").write_text(
        "{% for item in nav %}[{{ item.title }}]{% endfor %}{{ page.title }}", encoding="utf-8"
    )
    replace(project / "mkdocs.yml", "name: smallprint", "name: smallprint\n  custom_dir: theme")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("nav:\n  - index.md\n  - Our promise: privacy/index.md\n")
    _, said = build(project, strict=True)

    assert said == []
    assert site_of(project)["privacy/index.html"] == b"[Acme][Our promise]Our promise"


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        ("privacy/gone.md", "'privacy/gone.md', but the target is not found"),
        ("privacy/index.md#gone", "does not contain an anchor '#gone'"),
        ("privacy/2022-01-01.md#sharing", "does not contain an anchor '#sharing'"),
    ],
)
def test_links_to_what_is_not_there_are_warned_of(project: Path, link: str, complaint: str) -> None:
    replace(project / "mkdocs.yml", "docs_dir", "validation:\n  anchors: warn\ndocs_dir")
    replace(project / "content" / "index.md", "privacy/history.md", link)
    _, said = build(project)

    assert [line for line in said if complaint in line]
    with pytest.raises(SmallprintError, match="1 warning, and --strict allows none"):
        build(project, strict=True)


def test_links_to_what_is_there_lead_there(project: Path) -> None:
    build(project, strict=True)
    page = site_of(project)["index.html"].decode()

    assert 'href="privacy/"' in page
    assert 'href="privacy/history/"' in page
    assert 'href="privacy/#collection.cookies"' in page


def test_only_the_policy_in_force_is_searched_clause_by_clause(project: Path) -> None:
    build(project)
    entries = json.loads(site_of(project)["search/search_index.json"])["docs"]
    by_location = {entry["location"]: entry for entry in entries}

    assert {location.partition("#")[0] for location in by_location} == {"", "privacy/"}
    assert by_location["privacy/#collection.cookies"]["title"] == "Cookies"
    assert by_location["privacy/#collection.cookies"]["text"] == "We use cookies for 90 days."


def test_sitemap_has_the_days_of_what_pages_show_and_no_other(project: Path) -> None:
    build(project)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = {
        url.findtext("s:loc", "", space).removeprefix(_ADDRESS): url.findtext("s:lastmod", "", space)
        for url in ET.fromstring(site_of(project)["sitemap.xml"])  # noqa: S314 - our own file
    }

    assert urls["privacy/"] == "2024-01-01"
    assert urls["privacy/changes/2022-01-01/2024-01-01/"] == "2024-01-01"
    assert urls[""] == ""
    assert "privacy/2024-01-01/" not in urls, "search engines are sent to the policy in force instead"


def test_the_day_of_the_build_is_in_no_file(project: Path) -> None:
    sites = []
    for day in ("2024-01-01", "2031-03-03"):
        build(project, as_of=day)
        sites.append(site_of(project))

    assert sites[0] == sites[1]


def test_headers_allow_the_sites_own_files_only(site: Path) -> None:
    headers = (site / "_headers").read_text()

    assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers
    assert "frame-ancestors 'none'" in headers
    assert "unsafe" not in headers
    assert "X-Content-Type-Options: nosniff" in headers


def test_pages_keep_to_the_headers(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)", text), page
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), page


def test_faults_are_reported_together_and_nothing_is_written(project: Path) -> None:
    build(project)
    before = site_of(project)
    policy = project / "content" / "privacy"
    replace(policy / "2022-01-01.md", "{#collection}", "{#Col lection}")
    replace(policy / "2024-01-01.md", "{#sharing}", "{#collection}")

    with pytest.raises(ContentError) as caught:
        build(project)
    assert len({fault.path for fault in caught.value.faults}) == 2
    assert site_of(project) == before
    assert leftovers(project) == []


def test_mkdocs_reports_faults_without_a_traceback(project: Path) -> None:
    replace(project / "content" / "privacy" / "2024-01-01.md", "{#sharing}", "{#collection}")
    done = run(project, "mkdocs", "build")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "content/privacy/2024-01-01.md:" in done.stderr
    assert "help: " in done.stderr
    assert not (project / "site").exists()


@pytest.mark.parametrize("words", [("mkdocs", "build", "--strict"), ("smallprint", "build", "--strict")])
def test_warnings_stop_a_strict_build_and_the_old_site_stands(project: Path, words: tuple[str, ...]) -> None:
    build(project)
    before = site_of(project)
    with (project / "content" / "privacy" / "2024-01-01.md").open("a", encoding="utf-8") as file:
        file.write("\n<b>Raw HTML is shown as text.</b>\n")
    done = run(project, *words)

    assert done.returncode == 1
    assert "content/privacy/2024-01-01.md:" in done.stderr
    assert site_of(project) == before
    assert run(project, words[0], "build").returncode == 0
    assert site_of(project) != before


def test_mkdocs_builds_the_same_bytes(project: Path) -> None:
    done = run(project, "mkdocs", "build", "--quiet", "-d", "by-mkdocs")
    also = run(project, "smallprint", "build", "-d", "by-smallprint")

    assert (done.returncode, done.stderr) == (0, "")
    assert (also.returncode, also.stderr) == (0, "")
    assert tree(project / "by-mkdocs") == tree(project / "by-smallprint")


def test_machine_day_and_place_leave_no_trace(project: Path, tmp_path: Path) -> None:
    run(project, "smallprint", "build", "-d", "one", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
    run(
        tmp_path,
        *("smallprint", "build", "-f", str(project / "mkdocs.yml"), "-d", str(project / "two")),
        PYTHONHASHSEED="2",
        TZ="America/Los_Angeles",
        LC_ALL="C.UTF-8",
    )

    one, two = tree(project / "one"), tree(project / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_the_day_is_taken_from_the_environment_then_the_configuration(project: Path) -> None:
    days = [
        build(project)[0].day.isoformat(),
        build(project, as_of="2023-06-01")[0].day.isoformat(),
    ]

    assert days == ["2024-06-01", "2023-06-01"]


def test_the_day_is_todays_or_that_of_the_sources_where_nobody_sets_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(project / "mkdocs.yml", "  - smallprint:\n      as_of: 2024-06-01\n", "  - smallprint\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704067200")

    assert build(project)[0].day.isoformat() == "2024-01-01"


@pytest.mark.parametrize("text", ["tomorrow", "2024-1-1", "2024-02-30"])
def test_what_is_no_day_is_refused(project: Path, text: str) -> None:
    with pytest.raises(UsageError, match=f"--as-of is '{text}'"):
        build(project, as_of=text)


def test_what_is_no_day_in_the_configuration_is_refused_by_name(project: Path) -> None:
    replace(project / "mkdocs.yml", "2024-06-01", "June")

    with pytest.raises(SmallprintError, match=r"as_of.*'June', which is not a day"):
        build(project)


def test_before_its_day_a_version_is_not_in_force(project: Path) -> None:
    build(project, as_of="2023-12-15")

    assert b"30 days" in site_of(project)["privacy/index.html"]


def test_content_that_leads_out_of_its_folder_is_refused(project: Path) -> None:
    (project / "secret.txt").write_text("secret")
    (project / "content" / "notes.txt").symlink_to("../secret.txt")

    with pytest.raises(SmallprintError, match=r"notes\.txt"):
        build(project)
    assert not (project / "site").exists()


def test_a_page_in_the_place_of_a_policys_is_refused(project: Path) -> None:
    (project / "content" / "privacy.md").write_text("# Another\n")

    with pytest.raises(PublishError, match=r"privacy\.md and privacy/index\.md would both"):
        build(project)


def test_a_configuration_without_the_plugin_is_refused(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\ntheme: mkdocs\n")

    with pytest.raises(UsageError, match="Add `- smallprint` to its `plugins`"):
        build(project)


def test_a_bug_in_another_plugin_leaves_the_old_site(project: Path) -> None:
    build(project)
    before = site_of(project)
    (project / "hook.py").write_text("def on_post_page(output, **_):\n    raise RuntimeError('boom')\n")
    replace(project / "mkdocs.yml", "docs_dir", "hooks: [hook.py]\ndocs_dir")

    with pytest.raises(RuntimeError, match="boom"):
        build(project)
    assert site_of(project) == before
    assert leftovers(project) == []


def test_a_full_disk_is_explained_and_leaves_the_old_site(project: Path) -> None:
    build(project)
    before = site_of(project)
    replace(project / "content" / "privacy" / "2024-01-01.md", "We share nothing.", "We share nothing.\n" * 3000)
    code = (
        "import resource, sys; from smallprint.cli.main import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); sys.exit(main(['build']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert "The site could not be written: [Errno 27] File too large" in done.stderr
    assert site_of(project) == before
    assert leftovers(project) == []


@pytest.mark.parametrize("folder", [".", "content", "content/site", ".."])
def test_a_site_that_would_hold_its_own_sources_is_refused(project: Path, folder: str) -> None:
    done = run(project, "smallprint", "build", "-d", folder)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (project / "content" / "index.md").exists()
    assert not (project / "content" / "site").exists()


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_pages_work_in_other_themes(project: Path, theme: str) -> None:
    replace(project / "mkdocs.yml", "name: smallprint", f"name: {theme}")
    done = run(project, "smallprint", "build", NO_MKDOCS_2_WARNING="1")
    page = (project / "site" / "privacy" / "index.html").read_text()

    assert done.returncode == 0, done.stderr
    assert "We share nothing." in page
    assert "smallprint" in page, "our look is loaded"
    assert "Content-Security-Policy" not in (project / "site" / "_headers").read_text()


def test_the_list_of_what_we_wrote_is_in_the_site(site: Path) -> None:
    assert read_manifest(site).keys() | {".smallprint.json"} == tree(site).keys()
