"""Footnotes of a page: references and notes become those of Markdown, and what is none stays raised text."""

from __future__ import annotations

import pytest
from pages import POLICY

from smallprint.importing.importing import import_source
from smallprint.importing.source import read_any
from smallprint.reading.version import parse_version


def body(markup: str) -> str:
    page = f"<main><h1>Privacy</h1><p>{POLICY}</p><h2>Data</h2>{markup}</main>"
    imported = import_source(read_any(page.encode(), "a.html", "a.html"), "a.html", version_id="2026-01-01")
    _, faults = parse_version(imported.markdown, path="2026-01-01.md", version_id="2026-01-01")

    assert faults == []
    assert imported.report.unexplained == ()
    return imported.markdown.partition("## Data {#collection}\n\n")[2]


LINKED = "<p>We answer in 30<sup><a href=#n{0} id=r{0}>{0}</a></sup> days.</p>"


@pytest.mark.parametrize(
    "note",
    [
        "<ol><li id=n1>Counted from receipt. <a href=#r1>↩</a></ol>",
        "<ol><li id=n1><p>Counted from receipt. <a href=#r1>↩</a></p></ol>",
        "<p id=n1><sup>1</sup> Counted from receipt.</p>",
        "<p><a id=n1 href=#r1>[1]</a> Counted from receipt.</p>",
        "<p><sup><a name=n1 href=#r1>1</a></sup>Counted from receipt.</p>",
        "<h3>Notes</h3><hr><div id=n1>1. Counted from receipt.</div>",
        "<footer><p id=n1>1) Counted from receipt.</p></footer>",
    ],
)
def test_a_note_that_is_linked(note: str) -> None:
    written = body(LINKED.format(1) + note)

    assert written.endswith("We answer in 30[^1] days.\n\n[^1]: Counted from receipt.\n")
    assert "Notes" not in written


def test_notes_of_several_paragraphs_and_references() -> None:
    written = body(
        LINKED.format(1)
        + "<p>And again<a class=footnote-ref href=#n1>1</a>, or <b>not<sup><a href=#n2>2</a></sup></b>.</p>"
        "<ol><li id=n1><p>One.</p><ul><li>a thing</ul><li id=n2><p>Two <i>days</i>.</p><p>More.</p></ol>"
    )

    assert "And again[^1], or **not[^2]**." in written
    assert written.endswith("[^1]: One.\n\n    - a thing\n\n[^2]: Two *days*.\n\n    More.\n")


@pytest.mark.parametrize("mark", ["1", "*", "a", "†"])
def test_notes_without_links_begin_with_their_mark(mark: str) -> None:
    written = body(f"<p>We keep it 30<sup>{mark}</sup> days.</p><p><sup>{mark}</sup> Counted from your letter.</p>")

    assert written == f"We keep it 30[^{mark}] days.\n\n[^{mark}]: Counted from your letter.\n"


def test_a_mark_without_a_note_stays_apart() -> None:
    assert body("<p>We keep it 30<sup>1</sup> days, see there<sup>2</sup>.</p>") == "We keep it 30¹ days, see there².\n"


def test_a_note_that_is_left_out_is_no_note() -> None:
    written = body(f"{LINKED.format(1)}<p id=n1 hidden>1 Counted from receipt.</p><p>{POLICY}</p>")

    assert "We answer in 30¹ days." in written
    assert "[^1]" not in written


def test_links_to_sections_are_no_notes() -> None:
    written = body(f"<p>See section <a href=#s>1</a>.</p><div id=s><p>{POLICY}</p></div>")

    assert "See section [1](#introduction)." in written
