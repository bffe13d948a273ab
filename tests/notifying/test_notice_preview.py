"""The preview shows the exact messages, and the banner says the same on the product's site."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email
import email.policy
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from announced import BEFORE, GERMAN, LANGUAGES, NOTICE_ID, SENDER, announcement, plan, texts
from smallprint.errors import NoticeError
from smallprint.notifying.message import MessageForm
from smallprint.notifying.preview import write_preview
from smallprint.notifying.recipient import Recipient
from smallprint.notifying.texts import write_texts

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.notifying.announcement import Announcement


def preview(folder: Path, templates: Path | None = None) -> Path:
    return write_preview(folder, plan(*texts(templates=templates)))


def banner(said: Announcement, language: str, as_of: dt.date = BEFORE) -> str:
    return write_texts(said, SENDER, [language], [GERMAN], as_of=as_of)[0].banner


def test_every_language_has_its_files(tmp_path: Path) -> None:
    page = preview(tmp_path / "new" / "preview")
    names = {f"{lang}.{suffix}" for lang in LANGUAGES for suffix in ("eml", "html", "txt")}

    assert page == tmp_path / "new" / "preview" / "index.html"
    assert {path.name for path in page.parent.iterdir()} == {
        *names,
        *(f"banner.{language}.html" for language in LANGUAGES),
        "index.html",
    }


def test_the_files_are_the_messages_that_go_out(tmp_path: Path) -> None:
    preview(tmp_path)
    for text in texts():
        data = (tmp_path / f"{text.language}.eml").read_bytes()
        message = email.message_from_bytes(data, policy=email.policy.default)
        recipient = Recipient(1, "sample@example.org", "", "Sam Sample")
        form = MessageForm(text, SENDER, NOTICE_ID)

        assert data == form.build(recipient, dt.datetime(2020, 1, 6, 9, tzinfo=dt.UTC))
        for part, suffix in zip(message.iter_parts(), ("txt", "html"), strict=True):
            content = (tmp_path / f"{text.language}.{suffix}").read_bytes().decode()
            assert part.get_content().replace("\r\n", "\n") == content


def test_the_page_shows_all_of_it_and_needs_nothing_beside_it(tmp_path: Path) -> None:
    soup = BeautifulSoup(preview(tmp_path).read_text("utf-8"), "html.parser")
    frames = soup.select("iframe")

    assert not soup.select("script, link, img, [src]")
    assert [heading.get_text() for heading in soup.select("h2")] == ["English", "French", "German", "Spanish", "Arabic"]
    assert len(frames) == len(LANGUAGES) * 6
    assert all("sandbox" in frame.attrs and not frame["sandbox"] and frame["title"] for frame in frames)
    for text, shown in zip(texts(), soup.select("pre"), strict=True):
        assert shown["dir"] == text.direction
        assert shown.get_text().strip() == (tmp_path / f"{text.language}.txt").read_text("utf-8").strip()
        assert text.subject in [value.get_text() for value in soup.select("dd")]


def test_frames_are_light_or_dark_whatever_the_browser_prefers(tmp_path: Path) -> None:
    soup = BeautifulSoup(preview(tmp_path).read_text("utf-8"), "html.parser")
    light, dark = (soup.select(f".{scheme} iframe")[0]["srcdoc"] for scheme in ("light", "dark"))

    assert "prefers-color-scheme" not in f"{light}{dark}"
    assert "@media not all" in light
    assert "@media all" in dark


def test_same_texts_same_bytes(tmp_path: Path) -> None:
    first, second = preview(tmp_path / "a").parent, preview(tmp_path / "b").parent

    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_columns_are_shown_by_their_names(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "message.txt").write_text("{{ recipient.greeting }} Your plan: {{ recipient.plan }}\n", "utf-8")
    page = preview(tmp_path / "out", own)

    assert "Hello Sam Sample, Your plan: [plan]" in (tmp_path / "out" / "en.txt").read_text("utf-8")
    assert "columns of the recipients file: plan." in " ".join(page.read_text("utf-8").split())


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    preview(tmp_path)

    assert (tmp_path / "notes.md").read_text() == "mine"


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(NoticeError, match="preview cannot be written to"):
        preview(tmp_path / "file")


@pytest.mark.parametrize("language", LANGUAGES)
def test_banner(language: str) -> None:
    """One sentence, two links, its language and direction, and nothing that runs or loads."""
    soup = BeautifulSoup(banner(announcement(), language), "html.parser")
    (aside,) = soup.find_all(recursive=False)

    assert (aside.name, aside["lang"]) == ("aside", language)
    assert aside["dir"] == ("rtl" if language == "ar" else "ltr")
    assert aside["aria-label"]
    assert [link["href"] for link in aside.select("a")] == [announcement().redline_url, announcement().text_url]
    assert not aside.select("script, style, link, img, [src]")


def test_banner_says_when_and_escapes() -> None:
    odd = dataclasses.replace(announcement(), policy="<b>Privacy</b>")
    coming = banner(odd, "en")

    assert "The &lt;b&gt;Privacy&lt;/b&gt; changes on 10 February 2020." in coming
    assert "changed on 10 February 2020" in banner(odd, "en", dt.date(2020, 3, 1))
    assert "„Datenschutzerklärung“" in banner(odd, "de")


def test_banner_refuses_what_does_harm() -> None:
    with pytest.raises(NoticeError, match="whole address"):
        banner(dataclasses.replace(announcement(), text_url="javascript:x"), "en")
