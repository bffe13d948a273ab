"""What stands in a site is whole at every moment, and what others put there is kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from site_builds import tree

from smallprint.errors import PublishError
from smallprint.site import swap
from smallprint.site.manifest import MANIFEST, read_manifest
from smallprint.site.publish import Staging


def publish(site: Path, files: dict[str, str]) -> int:
    staging = Staging(site)
    write(staging.folder, files)
    kept = staging.settle()
    staging.publish()
    shutil.rmtree(staging.spare, ignore_errors=True)
    staging.discard()
    return kept


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def texts(site: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in tree(site).items() if name != MANIFEST}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_first_site_is_put_in_place(target: Path) -> None:
    publish(target, {"index.html": "one", "a/b/index.html": "two"})

    assert texts(target) == {"index.html": "one", "a/b/index.html": "two"}
    assert set(read_manifest(target)) == {"index.html", "a/b/index.html"}


def test_what_we_no_longer_write_goes_away(target: Path) -> None:
    publish(target, {"index.html": "one", "old/index.html": "gone"})
    publish(target, {"index.html": "two"})

    assert texts(target) == {"index.html": "two"}
    assert not (target / "old").exists()


def test_files_of_others_are_kept(target: Path) -> None:
    publish(target, {"index.html": "one"})
    write(target, {".well-known/security.txt": "mail us", "google123.html": "proof"})
    (target / "link").symlink_to("/nowhere")

    for text in ("two", "three"):
        assert publish(target, {"index.html": text}) == 3
        assert texts(target) == {
            "index.html": text,
            ".well-known/security.txt": "mail us",
            "google123.html": "proof",
            "link": "/nowhere",
        }
        assert (target / "link").is_symlink()


def test_a_file_of_ours_that_someone_changed_is_kept(target: Path) -> None:
    publish(target, {"index.html": "one", "note.html": "ours"})
    write(target, {"note.html": "theirs"})
    publish(target, {"index.html": "two"})

    assert texts(target) == {"index.html": "two", "note.html": "theirs"}


def test_a_folder_that_was_never_ours_loses_nothing(target: Path) -> None:
    write(target, {"index.html": "hand-made", "photos/a.jpg": "jpg"})
    publish(target, {"index.html": "new"})

    assert texts(target) == {"index.html": "new", "photos/a.jpg": "jpg"}


def test_a_foreign_file_gives_way_where_a_folder_of_ours_must_stand(target: Path) -> None:
    write(target, {"a": "a file", "b/c": "in a folder"})
    publish(target, {"a/index.html": "ours", "b": "ours"})

    assert texts(target) == {"a/index.html": "ours", "b": "ours"}


def test_nothing_remains_beside_the_site(target: Path) -> None:
    publish(target, {"index.html": "one"})
    publish(target, {"index.html": "two"})

    assert tree(target.parent / ".smallprint-cache").keys() == {"site/lock"}


def test_discarding_leaves_the_old_site(target: Path) -> None:
    publish(target, {"index.html": "one"})
    with Staging(target) as staging:
        write(staging.folder, {"index.html": "half"})

    assert texts(target) == {"index.html": "one"}


def test_a_second_build_at_the_same_time_fails_and_says_who_runs(target: Path) -> None:
    with Staging(target), pytest.raises(PublishError, match=rf"is running \(process {os.getpid()}\)"):
        Staging(target)

    Staging(target).discard()


def test_a_link_to_the_site_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    publish(tmp_path / "site", {"index.html": "one"})

    assert (tmp_path / "site").is_symlink()
    assert texts(tmp_path / "real") == {"index.html": "one"}


def test_rights_of_the_old_folder_are_kept(target: Path) -> None:
    target.mkdir(mode=0o750)
    publish(target, {"index.html": "one"})

    assert target.stat().st_mode & 0o777 == 0o750


def test_a_file_in_place_of_the_site_is_refused(target: Path) -> None:
    target.write_text("no folder")

    with pytest.raises(PublishError, match="is a file"):
        Staging(target)


def test_a_mounted_disk_is_refused() -> None:
    with pytest.raises(PublishError, match="mounted"):
        Staging(Path("/proc"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_one_may_not_write_to_is_explained(target: Path) -> None:
    target.parent.chmod(0o555)
    try:
        with pytest.raises(PublishError, match="Give this user the right"):
            Staging(target)
    finally:
        target.parent.chmod(0o755)


def test_a_failing_swap_leaves_the_old_site(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(target, {"index.html": "one"})

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("smallprint.site.publish.write_manifest", fail)
    with pytest.raises(PublishError, match="No space left on device"):
        publish(target, {"index.html": "two"})

    assert texts(target) == {"index.html": "one"}


@pytest.mark.parametrize("can_exchange", [True, False])
def test_both_ways_to_swap_give_the_same(target: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool) -> None:
    if not can_exchange:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    publish(target, {"index.html": "one", "gone.html": ""})
    write(target, {"theirs": "kept"})
    publish(target, {"index.html": "two"})

    assert texts(target) == {"index.html": "two", "theirs": "kept"}
    assert tree(target.parent / ".smallprint-cache").keys() == {"site/lock"}


def test_where_the_second_of_two_moves_fails_the_first_is_undone(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(target, {"index.html": "one"})
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    move = Path.rename

    def fail(self: Path, to: Path) -> Path:
        if self.name == "next":
            raise OSError(5, "Input/output error")
        return move(self, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(PublishError, match="Input/output error"):
        publish(target, {"index.html": "two"})

    assert texts(target) == {"index.html": "one"}


_CHILD = """
import os, signal, sys
from pathlib import Path
from smallprint.site import publish, swap

point, site = sys.argv[1], Path(sys.argv[2])

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(place, name):
    function = getattr(place, name)
    def wrapped(*args, **options):
        function(*args, **options)
        kill()
    setattr(place, name, wrapped)

if "fallback" in point:
    swap.exchange = lambda *_: False
staging = publish.Staging(site)
(staging.folder / "index.html").write_text("two")
(staging.folder / "more").mkdir()
(staging.folder / "more" / "index.html").write_text("two")
match point:
    case "written":
        kill()
    case "carried over":
        publish.write_manifest = kill
    case "listed":
        publish.swap = kill
    case "swapped":
        after(publish, "swap")
    case "fallback, between the moves":
        move = Path.rename
        def rename(self, to):
            if self.name == "next":
                kill()
            return move(self, to)
        Path.rename = rename
    case "fallback, swapped":
        after(publish, "swap")
    case "removing":
        staging.spare.mkdir()
        publish.shutil.rmtree = kill
staging.settle()
staging.publish()
staging.discard()
"""


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("written", "one"),
        ("carried over", "one"),
        ("listed", "one"),
        ("swapped", "two"),
        ("fallback, between the moves", None),
        ("fallback, swapped", "two"),
        ("removing", "two"),
    ],
)
def test_killed_at_any_point_the_site_is_whole(target: Path, point: str, expected: str | None) -> None:
    publish(target, {"index.html": "one"})
    write(target, {".well-known/x": "theirs"})
    child = subprocess.run([sys.executable, "-c", _CHILD, point, target], check=False, timeout=60)

    assert child.returncode == -signal.SIGKILL
    if expected is None:  # Without an exchange there is a moment without a site: the next start ends it.
        assert not target.exists()
        Staging(target).discard()
        expected = "one"
    more = {"more/index.html": "two"} if expected == "two" else {}
    assert texts(target) == {"index.html": expected, ".well-known/x": "theirs"} | more

    publish(target, {"index.html": "three"})

    assert texts(target) == {"index.html": "three", ".well-known/x": "theirs"}
    assert tree(target.parent / ".smallprint-cache").keys() == {"site/lock"}
