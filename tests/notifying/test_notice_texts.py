"""What a notice says, as a reader gets it; and what may not come into one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from announced import BEFORE, GERMAN, LANGUAGES, SENDER, announcement, texts
from smallprint.errors import NoticeError
from smallprint.judgement import Right
from smallprint.notifying.announcement import NoticeText, Sender, Translation
from smallprint.notifying.gaps import GAP
from smallprint.notifying.texts import columns_of, known_languages, language_for, templates_digest, write_texts
from smallprint.presenting.themes import themes_dir

if TYPE_CHECKING:
    from smallprint.notifying.announcement import Announcement

SAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "notices"
AFTER = dt.date(2020, 2, 11)


def write(announced: Announcement, language: str = "en", as_of: dt.date = BEFORE, **options: Any) -> NoticeText:
    (text,) = write_texts(announced, SENDER, [language], as_of=as_of, **options)
    return text


def shown(html: str) -> str:
    """Return the words of a page that are seen."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select("head, [style*='display: none']"):
        hidden.decompose()
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_reads_as_expected(language: str) -> None:
    """Subject, text and banner are the expected ones (`SMALLPRINT_ACCEPT=1` writes what comes out today)."""
    (text,) = texts(language)
    greetings = [GAP.sub(r"{\1}", greeting) for greeting in (text.greeting_named, text.greeting_unnamed)]
    found = "\n".join(
        [
            f"Subject: {text.subject}",
            f"Greetings: {' | '.join(greetings)}",
            "",
            GAP.sub(r"{\1}", text.text),
            f"Banner: {shown(text.banner)}",
            "",
        ]
    )
    expected = SAMPLES / f"{language}.txt"
    if os.environ.get("SMALLPRINT_ACCEPT"):
        expected.write_text(found, "utf-8")

    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_parts_say_all_that_is_announced(language: str) -> None:
    """Every sentence, verdict and link stands in the text and in the HTML."""
    (text,) = texts(language)
    announced = announcement()
    plain, html = " ".join(text.text.split()), shown(text.html)
    translated = GERMAN.sentences if language == "de" else {}
    links = [link["href"] for link in BeautifulSoup(text.html, "html.parser").select("a")]

    for change in announced.changes:
        sentence = " ".join(translated.get(change.anchor, change.sentence).split())
        assert sentence in plain
        assert sentence in html
        assert change.url in links
        assert change.url in text.text.split()
    for url in (announced.redline_url, announced.text_url):
        assert url in links
        assert url in text.text.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_the_text_keep_to_78_columns(language: str) -> None:
    """But for addresses, and for text from right to left, which has to stay whole."""
    (text,) = texts(language)
    long = [line for line in text.text.split("\n") if len(line) > 78 and "https://" not in line]

    assert all(re.search(r"[\u0600-\u06ff]", line) for line in long)
    assert not any(line.endswith((" ", "\t")) for line in text.text.split("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_says_which_language_and_direction_it_has(language: str) -> None:
    (text,) = texts(language)
    soup = BeautifulSoup(text.html, "html.parser")
    direction = "rtl" if language == "ar" else "ltr"

    assert text.direction == direction
    for element in soup.select("html, body, .sheet"):
        assert (element["lang"], element["dir"]) == (language, direction)
    foreign = soup.select(".changes [lang]")
    expected = {"en": set()}.get(language, {("en", "ltr")})
    assert {(element["lang"], element["dir"]) for element in foreign} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_loads_nothing_and_runs_nothing(language: str) -> None:
    (text,) = texts(language)
    soup = BeautifulSoup(text.html, "html.parser")

    assert not soup.select("img, script, link, iframe, object, form, [src], [background], [srcset]")
    assert not re.search(r"url\(|@import|@font-face|javascript:", text.html)
    assert not [name for element in soup.select("*") for name in element.attrs if name.startswith("on")]


def test_styles_are_inlined_and_the_dark_ones_survive() -> None:
    (text,) = texts("en")
    soup = BeautifulSoup(text.html, "html.parser")

    assert "background-color: #fdfcf9" in str(soup.select_one(".sheet"))
    assert "max-width: 600px" in str(soup.select_one(".sheet"))
    assert "@media (prefers-color-scheme: dark)" in text.html
    assert text.html.index("prefers-color-scheme") < text.html.index("</head>")


def test_without_a_translation_it_is_said_in_which_language_the_summary_is() -> None:
    whole = Translation("fr", {change.anchor: "Résumé." for change in announcement().changes})
    some = Translation("fr", {"use": "Résumé."})

    assert "Ces résumés sont en anglais" in write(announcement(), "fr").text
    assert "Une partie de ces résumés est en anglais" in write(announcement(), "fr", translations=[some]).text
    assert "anglais" not in write(announcement(), "fr", translations=[whole]).text
    assert "English" not in write(announcement()).text


def test_after_the_day_it_is_said_that_it_took_effect() -> None:
    assert "takes effect on 10 February 2020" in write(announcement(), as_of=announcement().effective).text
    assert "took effect on 10 February 2020" in " ".join(write(announcement(), as_of=AFTER).text.split())


def test_who_and_what_may_be_left_unsaid() -> None:
    """Without a publisher the sender is named; without a product, a baseline day or further changes nothing is."""
    bare = dataclasses.replace(announcement(), publisher="", product="", baseline_effective=None, others=0)
    said = " ".join(write(bare).text.split())

    assert "IBackup – Privacy is changing its Privacy Policy. " in said
    assert "the version of 18 June 2006" in said
    assert "And 0" not in said
    assert "redline" not in said


def test_counsel_says_what_readers_can_do() -> None:
    sender = dataclasses.replace(SENDER, what_you_can_do={"en": "Close your account.\n\nOr write to us <soon>."})
    english, german = write_texts(announcement(), sender, ["en", "de"], as_of=BEFORE)

    assert "Close your account.\n\nOr write to us <soon>.\n" in english.text
    assert "<p" in english.html
    assert "Or write to us &lt;soon&gt;." in english.html
    assert "Close your account." not in german.text


def test_a_change_without_rights_has_a_verdict_alone() -> None:
    (first, *_) = announcement().changes
    bare = dataclasses.replace(announcement(), changes=(dataclasses.replace(first, rights=()),))

    assert "   ▼ Reduces your rights\n" in write(bare).text
    assert "It is about: other rights." in write(bare).text


def test_every_right_has_its_word() -> None:
    (first, *_) = announcement().changes
    every = dataclasses.replace(announcement(), changes=(dataclasses.replace(first, rights=tuple(Right)),))

    for language in LANGUAGES:
        assert write(every, language).text


def test_texts_from_content_are_escaped_in_html_and_are_no_templates() -> None:
    (first, *_) = announcement().changes
    nasty = dataclasses.replace(first, title="<script>x</script>", sentence="{{ 7*7 }} & {policy} <b>bold</b>")
    text = write(dataclasses.replace(announcement(), changes=(nasty,), policy="A <i> & {date} {{ B }}"))

    assert "{{ 7*7 }} & {policy} <b>bold</b>" in text.text
    assert "{{ 7*7 }} &amp; {policy} &lt;b&gt;bold&lt;/b&gt;" in text.html
    assert not BeautifulSoup(text.html, "html.parser").select("script, b, i")
    assert "A <i> & {date} {{ B }}" in text.subject


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"policy": "=?utf-8?q?foo=0d=0aBcc:_evil@x?="}, "holds `=?`"),
        ({"policy": "Privacy\r\nBcc: evil@x"}, "U+000D"),
        ({"policy": "Privacy\nBcc: evil@x"}, ""),
        ({"policy": "Privacy\u2028Policy"}, "U+2028 LINE SEPARATOR"),
        ({"policy": "Privacy\u202ePolicy"}, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ({"policy": "Privacy\0"}, "U+0000"),
        ({"policy": "x" * 600}, "no more than 500"),
        ({"policy": "\ue000name\ue001"}, "private use"),
        ({"product": "\ue000"}, "private use"),
        ({"publisher": "A\x85B"}, "U+0085"),
        ({"changes": ()}, "no material change"),
        ({"redline_url": "javascript:alert(1)"}, "needs a whole address"),
        ({"text_url": 'https://x.example/"onclick='}, "needs a whole address"),
    ],
)
def test_what_does_harm_in_a_message_is_refused(changed: dict[str, Any], said: str) -> None:
    announced = dataclasses.replace(announcement(), **changed)
    if said:
        with pytest.raises(NoticeError, match=re.escape(said)):
            write(announced)
    else:
        # A line end in a title is no more than a space.
        assert "\n" not in write(announced).subject


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "=?utf-8?q?x?="}, "name of the sender holds `=?`"),
        ({"name": "A\nBcc: b@x"}, "U+000A"),
        ({"name": ""}, "is empty"),
        ({"address": "a@b,c@d"}, "`address` of the sender"),
        ({"address": ""}, "`address` of the sender"),
        ({"reply_to": "Help <help@x.example>"}, "`reply-to` of the sender"),
        ({"bounces": "a@b\r\nDATA"}, "`bounces` of the sender"),
        ({"contact": "\ue001"}, "contact of the sender"),
        ({"what_you_can_do": {"en": "\x07"}}, "what readers can do (en) holds U+0007"),
    ],
)
def test_a_sender_that_does_harm_is_refused(changed: dict[str, Any], said: str) -> None:
    sender = dataclasses.replace(Sender("Acme", "a@acme.example"), **changed)

    with pytest.raises(NoticeError, match=re.escape(said).replace("what", "[Ww]hat")):
        write_texts(announcement(), sender, ["en"], as_of=BEFORE)


def test_a_translation_that_does_harm_is_refused() -> None:
    with pytest.raises(NoticeError, match=r"sentence on use \(de\) holds a character for private use"):
        write(announcement(), "de", translations=[Translation("de", {"use": "\ue000email\ue001"})])


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(NoticeError, match="no words for notices in `it`; there are for ar, de, en, es, fr"):
        write(announcement(), "it")


def own(folder: Path, **files: str) -> Path:
    """Write files of a team; `__` stands for `/` and `_` before the last word for its dot."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_a_team_has_its_own_words_and_templates(tmp_path: Path) -> None:
    english = (themes_dir() / "notice" / "words" / "en.yml").read_text("utf-8")
    folder = own(tmp_path, words__nl_yml=english.replace("Hello", "Dag"), message_txt="Our own: {{ notice.since }}\n")
    (dutch, german) = texts("nl", "de", templates=folder)

    assert known_languages(folder) == ("ar", "de", "en", "es", "fr", "nl")
    assert dutch.greeting_unnamed == "Dag,"
    assert dutch.text.startswith("Our own: The new version takes effect")
    assert german.text.startswith("Our own: Die neue Fassung gilt")
    assert german.html == texts("de")[0].html


def test_the_digest_is_that_of_all_files_used(tmp_path: Path) -> None:
    before = templates_digest()
    folder = own(tmp_path, message_txt="{{ notice.lead }}\n")
    with_own = templates_digest(folder)
    own(folder, message_txt="{{ notice.lead }}!\n")

    assert len(before) == 64
    assert len({before, with_own, templates_digest(folder)}) == 3
    assert templates_digest() == before


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ notice.luck }}", "cannot be filled: .*has no attribute 'luck'"),
        ("{{ luck }}", "cannot be filled: 'luck' is undefined"),
        ("{% if %}", r"message.txt:1: "),
        ("{% include 'other.txt' %}", "asks for `other.txt`"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% if recipient.plan %}x{% endif %}", "asks what `recipient.plan` is"),
        ("{% if recipient.plan == 'gold' %}x{% endif %}", "asks what `recipient.plan` is"),
        ("{{ recipient.plan | length }}", "asks what `recipient.plan` is"),
        ("{{ recipient['a b'] }}", "cannot be a column"),
        ("\n \n", "gives no text"),
    ],
)
def test_a_mistake_in_a_template_is_explained(template: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match=said):
        texts("en", templates=own(tmp_path, message_txt=template))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="There is no folder"):
        texts("en", templates=tmp_path / "none")


def test_words_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "it.yml").write_bytes(b"subject: \xff\n")

    with pytest.raises(NoticeError, match=r"is not UTF-8 \(byte 9\)"):
        texts("it", templates=tmp_path)


def test_columns_of_a_text_are_those_it_shows(tmp_path: Path) -> None:
    folder = own(tmp_path, message_txt="{{ recipient.greeting }} {{ recipient.plan }} {{ recipient['Tarif-Größe'] }}\n")
    (text,) = texts("en", templates=folder)

    assert columns_of(text) == {"plan", "Tarif-Größe"}
    assert columns_of(texts("en")[0]) == frozenset()


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("FR_ca", "fr"),
        ("de-Latn-AT", "de"),
        ("pt", "en"),
        ("", "en"),
        ("français", "en"),
    ],
)
def test_the_language_of_a_reader(tag: str, found: str) -> None:
    assert language_for(tag, known_languages(), "en") == found


def test_same_announcement_same_texts() -> None:
    assert texts() == texts()
