import datetime as dt
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trees import faults_of, write_tree

from smallprint.errors import ContentError, SmallprintError, UsageError
from smallprint.reading import tree as tree_module
from smallprint.reading.tree import read_tree
from smallprint.reading.version import read_plain

IBACKUP = Path(__file__).parents[2] / "content"
TWO = """=== terms/2021-01-01.md
# Terms
=== privacy/policy.yml
title: Privacy Policy
publisher: Example Ltd
product: Example
language: de
about: How we
  gather data.
judged-by: our counsel, from the texts
=== privacy/2021-02-10.md
# Privacy
=== privacy/2020-02-10.md
# Privacy
"""


def test_policies_and_versions_in_order(tmp_path: Path) -> None:
    tree = read_tree(write_tree(tmp_path, TWO))

    assert tree.faults == ()
    assert [policy.slug for policy in tree.policies] == ["privacy", "terms"]
    policy = tree.policies[0]
    assert [version.version_id for version in policy.versions] == ["2020-02-10", "2021-02-10"]
    assert policy.versions[0].effective == dt.date(2020, 2, 10)
    assert policy.versions[0].path == "content/privacy/2020-02-10.md"
    assert policy.versions[0].language == "de"
    assert (policy.title, policy.publisher, policy.product) == ("Privacy Policy", "Example Ltd", "Example")
    assert (policy.about, policy.language) == ("How we gather data.", "de")
    assert (policy.judged_by, tree.policies[1].judged_by) == ("our counsel, from the texts", "")


def test_the_worked_example_has_no_faults() -> None:
    tree = read_tree(IBACKUP)

    assert tree.faults == ()
    assert [len(policy.versions) for policy in tree.policies] == [4]


def test_versions_are_the_same_wherever_the_folder_is_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_tree(tmp_path, TWO)
    absolute = read_tree(content).policies
    monkeypatch.chdir(tmp_path)
    relative = read_tree(Path("content")).policies
    monkeypatch.chdir(content)
    here = read_tree(Path()).policies

    paths = [
        [version.path for policy in policies for version in policy.versions] for policies in (absolute, relative, here)
    ]
    assert paths[0] == paths[1] == paths[2]


def test_faults_name_files_as_they_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_tree(tmp_path, "text\u202e")
    monkeypatch.chdir(tmp_path)

    assert {fault.path for fault in faults_of(content)} == {"content/privacy/2020-02-10.md"}
    monkeypatch.chdir(content / "privacy")
    for fault in faults_of(Path("..")):
        assert Path(fault.path).exists()
    for fault in faults_of(content):
        assert Path(fault.path).exists()


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        read_tree(tmp_path / "content")


def test_a_file_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("x")

    with pytest.raises(UsageError, match="is a file"):
        read_tree(tmp_path / "content")


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no policy in"):
        read_tree(tmp_path)


def test_warnings_stand_beside_errors(tmp_path: Path) -> None:
    content = write_tree(tmp_path, "=== privacy/2020-02-10.md\ntext\n=== privacy/2020-02-10.de.md\n")

    with pytest.raises(ContentError) as caught:
        read_tree(content)
    assert [fault.code for fault in caught.value.faults] == ["SP223", "SP207"]


def test_a_second_reading_takes_up_only_what_changed(tmp_path: Path) -> None:
    content = write_tree(tmp_path, TWO)
    first = read_tree(content).policies[0].versions
    (content / "privacy" / "2021-02-10.md").write_text("# Privacy of today\n")
    second = read_tree(content).policies[0].versions

    assert second[0] is first[0]
    assert second[1].title == "Privacy of today"


def test_what_is_remembered_is_what_the_tree_holds(tmp_path: Path) -> None:
    content = write_tree(tmp_path, TWO)
    read_tree(content)
    (content / "privacy" / "2021-02-10.md").unlink()
    read_tree(content)

    remembered = sorted(shown for _, shown, _ in tree_module._memo)  # noqa: SLF001 - what it holds is the point
    assert remembered == ["content/privacy/2020-02-10.md", "content/terms/2021-01-01.md"]


def test_a_pipe_in_place_of_a_version_is_not_waited_for(tmp_path: Path) -> None:
    content = write_tree(tmp_path, TWO)
    os.mkfifo(content / "privacy" / "2022-02-10.md")

    assert [fault.code for fault in faults_of(content)] == ["SP105"]


def test_links_in_circles(tmp_path: Path) -> None:
    content = write_tree(
        tmp_path,
        f"{TWO}=== circle -> circle\n=== terms/loop -> ../terms\n=== terms/a.md -> b.md\n=== terms/b.md -> a.md\n",
    )

    assert [fault.code for fault in faults_of(content)] == ["SP105", "SP105", "SP105", "SP224"]


def test_names_that_are_no_text(tmp_path: Path) -> None:
    content = write_tree(tmp_path, TWO)
    (content / "privacy" / os.fsdecode(b"2020\xff.md")).write_text("x")

    assert [fault.code for fault in faults_of(content)] == ["SP222"]


GOOD = b"""---
title: Privacy Policy
effective: 2020-02-10
---
# Privacy {#privacy}

{#cookies was="privacy"}
**Cookies** \xe2\x80\x93 1. We use [cookies](https://example.com) & more.

- one
- two

| a | b |
|---|---|
| 1 | 2 |
"""
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [
            b"---\n",
            b"{#",
            b"}",
            b"was=",
            b'"',
            b"\xef\xbb\xbf",
            b"\r",
            b"\0",
            b"\xe2\x80\xae",
            b"> " * 120,
            b"```\n",
            b"&a *a",
        ]
    ),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw the good file with a few stretches replaced."""
    data = GOOD
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        data = data[:start] + draw(PIECES) + data[start + draw(st.integers(0, 20)) :]
    return data


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(version=st.one_of(st.binary(), mutated()), policy=st.one_of(st.just(b"title: x\n"), st.binary(), mutated()))
def test_any_bytes_are_read_or_explained(version: bytes, policy: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder, "content")
        (content / "privacy").mkdir(parents=True)
        (content / "privacy" / "policy.yml").write_bytes(policy)
        (content / "privacy" / "2020-02-10.md").write_bytes(version)
        (content / "privacy" / "2021-02-10.md").write_bytes(GOOD.replace(b"effective: 2020-02-10\n", b""))
        for read in (lambda: read_tree(content), lambda: read_plain(content / "privacy" / "2020-02-10.md")):
            try:
                read()
            except SmallprintError as error:
                assert isinstance(error, ContentError | UsageError)  # noqa: PT017 - either is right, and neither is too


def test_a_dead_link_of_a_released_text_stops_nothing(tmp_path: Path) -> None:
    """A text that was released may not be edited, so a link of it that leads nowhere is a warning."""
    folder = tmp_path / "content" / "privacy"
    folder.mkdir(parents=True)
    (folder / "policy.yml").write_text("title: Privacy\n", encoding="utf-8")
    (folder / "2020-01-01.md").write_text("---\ntitle: Privacy\n---\n\n# A {#a}\n\nSee [b](#b).\n", encoding="utf-8")

    with pytest.raises(ContentError) as raised:
        read_tree(tmp_path / "content")
    (folder / "published.json").write_text('{"versions": {"2020-01-01": {}}}', encoding="utf-8")
    tree = read_tree(tmp_path / "content")

    assert [fault.code for fault in raised.value.faults] == ["SP420"]
    assert [fault.code for fault in tree.faults] == ["SP421"]
