"""The laws of importing: no word of a source is lost, no two words become one, and no number changes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import POLICY, read, told

from smallprint.importing.borders import unexplained, words_in
from smallprint.importing.html import missing_from_page, read_html
from smallprint.importing.importing import import_source
from smallprint.importing.source import read_any

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "policies" / "html"
SAVED = Path(os.environ.get("SMALLPRINT_PAGES", _BESIDE))

WORDS = ("ask", "30", "1", "days", "Ltd", "R2")
SPACES = (" ", "\n", "\t", "&nbsp;", "&ensp;", "&thinsp;", "\u202f", "\u3000", "&#8195;")
PARTS = (
    *("<br>", "<br/>", "<hr>", "</p><p>", "</div><div>", "<img src=x>", "<svg><path/></svg>", "<input>", "<p></p>"),
    *("<ul><li>x<li>y</ul>", "</li><li>", "<wbr> "),
)
ROUND = (
    *("<div>{}</div>", "<p>{}</p>", "<sup>{}</sup>", "<sub>{}</sub>", "<span style='display:block'>{}</span>"),
    *(
        "<span style='display: inline-block'>{}</span>",
        "<li>{}</li>",
        "<td>{}</td>",
        "<x-y style='display:flex'>{}</x-y>",
    ),
    *("<span style='vertical-align: super'>{}</span>", "<span role=cell>{}</span>", "<textarea>{}</textarea>"),
    *("<section>{}</section>", "<button>{}</button>", "<span class=block>{}</span>", "<small><sup>{}</sup></small>"),
)
STYLE = "<style>.block { display: block }</style>"
words = st.sampled_from(WORDS)
bordered = st.one_of(
    st.sampled_from(SPACES),
    st.sampled_from(PARTS),
    st.builds(lambda around, word: around.format(word), st.sampled_from(ROUND), words),
)
lines = st.lists(st.tuples(words, bordered), min_size=1, max_size=8).map(
    lambda parts: "".join(f"{word}{border}" for word, border in parts)
)


@given(lines)
def test_no_two_words_of_a_page_become_one(markup: str) -> None:
    page = f"{STYLE}<h1>Privacy</h1><p>{POLICY * 14}</p><div>{markup}</div><p>{POLICY}</p>"
    draft = read(page)
    text = "\n".join([*(piece.text for piece in draft.pieces), *(left.text for left in draft.left_out)])
    made = set(words_in(text)) - set(words_in(re.sub(r"<[^>]*>", " ", page))) - {"x", "y"}

    assert made == set()
    assert missing_from_page(page.encode(), draft) == ()


@given(lines)
def test_no_number_of_a_page_changes_on_the_way_to_the_version(markup: str) -> None:
    page = f"{STYLE}<h1>Privacy</h1><p>{POLICY * 14}</p><div>{markup}</div><p>{POLICY}</p>"
    imported = import_source(read_any(page.encode(), "page.html", "page.html"), "page.html")

    assert imported.report.unexplained == ()
    assert not re.search(r"301|130|3030|11\d|R21|R230", re.sub(r"\[\^?|\(#.*?\)", " ", imported.markdown))


@given(st.lists(st.tuples(words, st.sampled_from((" ", "\xa0", "\u2003", "\u202f", "\u3000", "\t", "\n"))), min_size=1))
@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_no_space_of_a_text_is_lost(name: str, parts: list[tuple[str, str]]) -> None:
    text = f"Privacy Policy\n\n{POLICY}\n\nWe {''.join(word + gap for word, gap in parts)}.\n\n{POLICY}\n"
    source = read_any(text.encode(), name, name)
    imported = import_source(source, name)

    assert imported.report.unexplained == ()


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("30 1 days", "301 days"),
        ("Section 4", "Section4"),
        ("Name Address", "NameAddress"),
        ("30 days", "30"),
        ("1.5", "15"),
        ("300", "30 0"),
        ("We never sell", "We sell"),
    ],
)
def test_what_is_told(source: str, made: str) -> None:
    assert unexplained(words_in(source), words_in(made)) != ()


@pytest.mark.parametrize(
    ("source", "made", "cut"),
    [
        ("30¹ days", "30 1 days", ""),
        ("colour", "colo u r", ""),
        ("colour", "color u", "u"),
        ("300", "30 0", "0"),
        ("NameAddress", "Name Address", ""),
        ("Name30days", "Name 30 days", ""),
    ],
)
def test_what_is_none_of_it(source: str, made: str, cut: str) -> None:
    assert unexplained(words_in(source), words_in(made), words_in(cut)) == ()


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("30<sup>1</sup> days", "30¹ days"),
        ("30<sup>1,2</sup> days", "30¹,² days"),
        ("30<span style='vertical-align:super'>2</span> days", "30² days"),
        ("1<sup>st</sup> and 2<sup>nd</sup>", "1st and 2nd"),
        ("10<sup>6</sup> m<sup>2</sup> H<sub>2</sub>O", "10⁶ m² H₂O"),
        ("Acme<sup>TM</sup> and Acme<sup>®</sup>", "Acme™ and Acme®"),
        ("data<sup>new</sup>, data<sup>a</sup>", "data new, dataᵃ"),
        ("<span style='display:inline-block'>Name</span><span style='display:inline-block'>Mail</span>", "Name Mail"),
        ("<span style='display:inline-block'>W</span>elcome", "Welcome"),
        ("<span style='display:inline-flex'>Name</span>, and", "Name, and"),
        ("<x-tip>Name</x-tip>s of <bdt>people</bdt>.", "Names of people."),
        ("see <svg><path/></svg>Settings<svg></svg>.", "see Settings."),
        ("fill<input>out", "fill out"),
    ],
)
def test_words_in_a_line(markup: str, expected: str) -> None:
    assert told(read(f"<p>{POLICY}</p><p>{markup}</p><p>{POLICY}</p>"))[1] == f"p {expected}"


@pytest.mark.skipif(not SAVED.is_dir(), reason="needs the saved pages")
@pytest.mark.parametrize("page", sorted(SAVED.glob("*.html")) if SAVED.is_dir() else [], ids=lambda page: page.stem)
def test_saved_pages(page: Path) -> None:
    data = page.read_bytes()

    assert missing_from_page(data, read_html(data, page.name)) == ()
    assert import_source(read_any(data, page.name, page.name), page.name).report.unexplained == ()
