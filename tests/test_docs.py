"""The documentation says what is so: links arrive, commands, options, records and modules are there, examples run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import jsonschema
import pytest

import smallprint
from plain import version
from smallprint.assessing import assess
from smallprint.cli import main as command_line
from smallprint.comparing import compare, lineage_between
from smallprint.model import ChangeKind, VersionId
from smallprint.presenting import history_record, record
from smallprint.presenting.terminal import comparison_in_terminal
from smallprint.reading import policy as policy_file
from smallprint.reading import version as version_file
from smallprint.reading.policy import parse_policy
from smallprint.reading.report import format_fault
from smallprint.reading.tree import read_tree
from smallprint.reading.version import parse_version, read_plain
from smallprint.reviewing import judge, proof_file
from smallprint.reviewing.proof_file import parse_proof
from smallprint.site.options import Options
from smallprint.site.run import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "generator" / "smallprint"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
IS_ACCEPTED = bool(os.environ.get("SMALLPRINT_ACCEPT"))

_FENCE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_TEST = re.compile(r"`(tests/[\w/.-]+?)(?:::(\w+))?`")
_EXAMPLE = re.compile(r"```markdown old\n(.*?)```\n\n```markdown new\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(name: str, language: str, *, indent: str = "") -> list[str]:
    return re.findall(rf"^{indent}```{language}\n(.*?)^{indent}```$", read(name), re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> Iterator[str]:
    """Yield the anchors that GitHub gives to headings."""
    for title in re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", NAMES)
def test_every_link_arrives(name: str) -> None:
    """A link to a file of the repository leads to one that is there, and its anchor to a heading."""
    page = ROOT / name
    missing = []
    for link in _LINK.findall(_CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_good = target.exists() and (not anchor or anchor in set(anchors(target)))
        missing += [] if is_good else [link]

    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_test_that_is_named_is_there(name: str) -> None:
    """A page that names a test, or a file or folder of tests, names one that exists."""
    missing = [
        f"{path}::{function}"
        for path, function in _TEST.findall(read(name))
        if not (ROOT / path).exists() or (function and f"def {function}(" not in read(path))
    ]

    assert missing == []


def test_every_page_is_in_the_index() -> None:
    """The index of the documentation links to each of its pages."""
    links = _LINK.findall(read("docs/README.md"))

    assert [page.name for page in DOCS.glob("*.md") if page.name not in {*links, "README.md"}] == []


def sections_of(text: str, level: str) -> dict[str, str]:
    """Return what stands below each heading that names a command, by the last word of that name."""
    _, *parts = re.split(rf"^{level} smallprint (?:[\w-]+ )*([\w-]+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def undocumented(command: click.Command, section: str) -> Iterator[str]:
    """Yield the names and choices of options that a section does not have."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            options = (*parameter.opts, *parameter.secondary_opts)
            yield from (option for option in options if f"`{option}" not in section)
            if isinstance(parameter.type, click.Choice):
                yield from (c for c in parameter.type.choices if f"`{options[0]} {c}`" not in section)


def test_every_command_and_option_is_documented() -> None:
    """Each command has a section, in which each of its options stands by all its names; so has each of a group."""
    context = click.Context(command_line.cli)
    sections = sections_of(read("docs/commands.md"), "##")
    missing = []
    for name in command_line.COMMANDS:
        command = command_line.cli.get_command(context, name)
        assert command is not None
        missing += undocumented(command, sections[name])
        if isinstance(command, click.Group):
            parts = sections_of(sections[name], "###")
            assert list(parts) == command.list_commands(context)
            for part in parts:
                member = command.get_command(context, part)
                assert member is not None
                missing += [f"{name} {part} {option}" for option in undocumented(member, parts[part])]

    assert sections.keys() == command_line.COMMANDS.keys()
    assert missing == []


@pytest.mark.parametrize("kind", ["comparison", "version"])
def test_schemas_are_those_of_the_code(kind: str) -> None:
    """The JSON Schemas in the docs are what the code gives today (`SMALLPRINT_ACCEPT=1` writes them)."""
    file = DOCS / "schema" / f"{kind}.schema.json"
    schema = {"comparison": record.comparison_schema, "version": record.version_schema}[kind]()
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    if IS_ACCEPTED:
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text


def test_records_of_the_example_are_valid() -> None:
    """Every version and every pair of versions of our own content has a record that its schema allows."""
    comparisons, versions = (
        jsonschema.Draft202012Validator(json.loads(read(f"docs/schema/{kind}.schema.json")))
        for kind in ("comparison", "version")
    )

    for policy in read_tree(ROOT / "content").policies:
        for last, new in enumerate(policy.versions):
            versions.validate(json.loads(record.version_record(new, policy)))
            for first, old in enumerate(policy.versions[:last]):
                comparison = compare(old, new, lineage_between(policy.versions[first : last + 1]))
                comparisons.validate(json.loads(record.comparison_record(comparison, policy)))


def test_every_field_of_a_record_is_documented() -> None:
    """The page on records names every field of every record."""
    text = read("docs/records.md")
    shapes = [shape for module in (record, history_record) for shape in vars(module).values()]
    fields = {name for shape in shapes for name in getattr(shape, "__struct_fields__", ())}

    assert fields
    assert sorted(name for name in fields if f"`{name}`" not in text) == []


def test_the_record_that_is_shown_is_one(tmp_path: Path) -> None:
    """The record in the docs is that of the two files above it."""
    text = read("docs/records.md")
    versions = []
    for side in ("old", "new"):
        file = tmp_path / f"{side}.md"
        file.write_text(fences("docs/records.md", f"markdown {side}")[0], encoding="utf-8")
        versions.append(read_plain(file))
    comparison = compare(*versions)
    found = record.comparison_record(comparison, None, judge(comparison, assess(comparison))).decode()
    shown = fences("docs/records.md", "json")[0]
    if IS_ACCEPTED:
        (DOCS / "records.md").write_text(text.replace(shown, found), encoding="utf-8")

    assert shown == found


def test_examples_of_redlines_are_what_comes_out() -> None:
    """Each pair of texts on the page about comparing has the redline that stands below it."""
    text = read("docs/comparing.md")

    def filled(match: re.Match[str]) -> str:
        lines = comparison_in_terminal(compare(version(match[1], "old"), version(match[2], "new")))
        shown = "\n".join([click.unstyle(line).rstrip() for line in lines][1:])
        return match[0][: match.start(3) - match.start()] + f"{shown}\n```"

    found = _EXAMPLE.sub(filled, text)
    if IS_ACCEPTED:
        (DOCS / "comparing.md").write_text(found, encoding="utf-8")

    assert len(_EXAMPLE.findall(text)) >= len(ChangeKind)
    assert found == text


def test_every_kind_of_change_is_explained() -> None:
    """Each kind has a heading on the page about comparing."""
    titles = " ".join(re.findall(r"^### (.+)$", read("docs/comparing.md"), re.MULTILINE)).lower()

    assert [kind for kind in ChangeKind if kind not in titles] == []


def test_every_key_is_documented() -> None:
    """The page on the source format has a row for each key of policy.yml and of a version."""
    text = read("docs/source-format.md")

    assert [key for key in (*policy_file.KEYS, *version_file.KEYS) if f"| `{key}` |" not in text] == []


def test_the_example_of_the_source_format_has_no_faults() -> None:
    """What the page shows as right is right."""
    (policy,) = fences("docs/source-format.md", "yaml")
    text = next(text for text in fences("docs/source-format.md", "markdown") if text.startswith("---"))

    assert parse_policy(policy, path="policy.yml", slug="privacy")[1] == []
    assert parse_version(text, path="2026-01-01.md", version_id="2026-01-01")[1] == []


def test_the_proof_that_is_shown_is_one() -> None:
    """The proof of a notice on the page about the source format has no faults, and each of its keys has a row."""
    text = read("docs/source-format.md")
    (shown,) = (part for part in fences("docs/source-format.md", "text") if part.startswith("version:"))

    assert parse_proof(shown, VersionId("2026-01-01"), (VersionId("2024-01-01"),), "notices/2026-01-01.yml")[1] == []
    assert [key for key in proof_file.KEYS if f"`{key}`" not in text] == []


def test_the_example_of_a_fault_is_what_comes_out() -> None:
    """The fault in the docs is what the text above it gives."""
    (text,) = fences("docs/faults.md", "markdown")
    _, faults = parse_version(text, path="content/privacy/2026-01-01.md", version_id="2026-01-01")

    assert "\n".join(map(format_fault, faults)) + "\n" == fences("docs/faults.md", "text")[0]


def test_every_option_of_the_plugin_is_documented() -> None:
    """The page on the site has a row for each option of the plugin."""
    text = read("docs/site.md")

    assert [key for key, _ in Options._schema if f"| `{key}` |" not in text] == []  # noqa: SLF001 - MkDocs' own list


def test_every_module_has_its_line() -> None:
    """The map of the house has a line for each module, and none for one that is not there."""
    text = read("docs/architecture.md")
    named = {
        name if folder == "smallprint" else f"{folder}/{name}"
        for folder, lines in re.findall(r"^### ([\w/]+)/\n(.*?)(?=^#)", text, re.MULTILINE | re.DOTALL)
        for name in re.findall(r"^\| `(\w+\.py)` \|", lines, re.MULTILINE)
    }
    there = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if not path.name.startswith("__")}

    assert sorted(there - named) == [], "not on the map"
    assert sorted(named - there) == [], "no longer there"


def test_public_names_are_sorted_importable_and_documented() -> None:
    """`smallprint.__all__` is the promise: each name is there, and docs/api.md has a section for just these."""
    sections = re.findall(r"^### `(\w+)", read("docs/api.md"), re.MULTILINE)

    assert smallprint.__all__ == sorted(smallprint.__all__)
    assert set(smallprint.__all__) <= set(dir(smallprint))
    assert all(getattr(smallprint, name) is not None for name in smallprint.__all__)
    assert sorted(sections) == smallprint.__all__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        smallprint.nothing  # noqa: B018 - it is the getting that fails


def test_the_example_of_the_api_runs(tmp_path: Path) -> None:
    """The example in docs/api.md runs in a checkout."""
    script = tmp_path / "example.py"
    script.write_text(fences("docs/api.md", "python")[0], encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == fences("docs/api.md", "text")[0]


def test_importing_smallprint_loads_nothing_else() -> None:
    """Names are imported when they are asked for, so that `import smallprint` costs nothing."""
    code = "import sys; import smallprint; sys.exit(any(name.startswith('smallprint.') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_start_in_the_readme_works(tmp_path: Path) -> None:
    """The files that the README tells people to make are enough for a site without a warning."""
    config, policy = (
        re.sub("^   ", "", text, flags=re.MULTILINE) for text in fences("README.md", "yaml", indent="   ")
    )
    folder = tmp_path / "content" / "privacy"
    folder.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    (folder / "policy.yml").write_text(policy, encoding="utf-8")
    (folder / "2026-01-01.md").write_text("# Privacy Policy\n\nWe keep little.\n", encoding="utf-8")
    (folder.parent / "index.md").write_text("# Legal\n\n[Ours](privacy/index.md)\n", encoding="utf-8")
    said: list[str] = []
    build_site(str(tmp_path / "mkdocs.yml"), strict=True, as_of="2026-06-01", say=said.append)

    assert said == []
    assert (tmp_path / "site" / "privacy" / "index.html").exists()


def test_the_changelog_has_this_version() -> None:
    """The version in pyproject.toml has its section in the changelog."""
    project = tomllib.loads(read("pyproject.toml"))["project"]

    assert re.search(rf"^## {re.escape(project['version'])}\b", read("CHANGELOG.md"), re.MULTILINE)
