"""No word of a page is lost: each is in a piece or was left out, in order, exactly as often."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from pages import POLICY, read

from smallprint.errors import ContentError
from smallprint.importing.html import missing_from_page, read_html
from smallprint.importing.visible import words_of_page

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = (
    *("we", "you", "may", "not", "data", "name", "Пример", "数据", "naïve", "opt-out"),
    *("$5", "R&amp;D", "&lt;b&gt;", "it’s"),
)
BLOCKS = (
    *("p", "div", "section", "article", "aside", "nav", "header", "footer", "main", "center", "form", "details"),
    *("h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "tr", "td", "th", "button"),
    *("label", "noscript", "template", "svg", "font", "span", "b", "i", "a", "em", "code", "sup", "del", "summary"),
)
ATTRIBUTES = (
    "",
    " hidden",
    ' style="display:none"',
    " class=sr-only",
    " class=footer",
    " class='nav menu'",
    " class=cookie-banner",
    " role=dialog",
    " role=heading",
    " role=listitem",
    " href=/x",
    " href=#y",
    " colspan=2 rowspan=2",
    " start=4",
    " aria-expanded=false",
    " style='white-space:pre-wrap;font-weight:bold'",
    " id=x",
)
VOID = ("<br>", "<hr>", "<img alt='a lock'>", "<input type=submit value='Go on'>", "<wbr>", "<!-- comment -->", "\n\n")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
leaves = st.one_of(words, words.map(" {}. ".format), st.sampled_from(VOID))
pages = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda tag, more, parts: f"<{tag}{more}>{''.join(parts)}</{tag}>",
        st.sampled_from(BLOCKS),
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=5),
    ),
    max_leaves=40,
)


@given(pages)
def test_every_word_is_in_a_piece_or_left_out(markup: str) -> None:
    page = f"<html><body><h1>Privacy</h1><p>{POLICY * 14}</p>{markup}<p>{POLICY}</p></body></html>"
    draft = read(page)

    assert missing_from_page(page.encode(), draft) == ()
    letters = Counter("".join(words_of_page(page)))
    pieces = [piece.text for piece in draft.pieces]
    assert letters == Counter(_letters([*pieces, *(item.text for item in draft.left_out)]))


@given(pages)
def test_pieces_and_what_was_left_out_stand_in_the_order_of_the_page(markup: str) -> None:
    page = f"<html><body><h1>Privacy</h1><p>{POLICY * 14}</p>{markup}<p>{POLICY}</p></body></html>"
    draft = read(page)
    letters = "".join(words_of_page(page))

    assert _is_within(_letters([piece.text for piece in draft.pieces]), letters)


@given(st.text(st.sampled_from("<>/=\"' \n!-abdiptr&#;x1"), max_size=300))
def test_whatever_the_markup_no_word_is_lost_unseen(markup: str) -> None:
    page = f"<p>{POLICY * 14}</p>{markup}"
    draft = read(page)

    assert missing_from_page(page.encode(), draft) == ()


@given(st.binary(max_size=400))
def test_whatever_the_bytes_there_is_a_draft_or_a_fault(data: bytes) -> None:
    try:
        faults = () if read_html(data, "page.html").pieces else ("no text",)
    except ContentError as error:
        faults = tuple(fault.code for fault in error.faults)

    assert set(faults) <= {"SP603", "SP605", "SP606"}


@given(pages)
def test_the_same_page_gives_the_same_draft(markup: str) -> None:
    page = f"<p>{POLICY * 14}</p>{markup}"

    assert read(page) == read(page)


@given(pages)
def test_runs_are_as_readers_see_them(markup: str) -> None:
    for piece in read(f"<p>{POLICY * 14}</p>{markup}").pieces:
        if piece.kind.value in {"preformatted", "rule"}:
            continue
        for runs in piece.cells or (piece.runs,):
            text = "".join(run.text for run in runs)
            assert text == text.strip()
            assert not re.search(r"  | \n|\n |[\t\r\x00\xa0]", text)
            assert all(run.text for run in runs)


def test_the_words_of_a_page_are_those_another_parser_finds() -> None:
    page = (
        f"<body><p>{POLICY} A<b>B</b>C &amp; D<br>E</p><script>no</script><style>no</style><ul><li>F<li>G</ul></body>"
    )
    soup = BeautifulSoup(page, "html5lib")
    for silent in soup(["script", "style"]):
        silent.decompose()
    text = soup.get_text(" ").replace("A B C", "ABC")

    assert list(words_of_page(page)) == re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<title>no</title>a<!-- no -->b", "ab"),
        ("a<p>b<!-->c-->d", "a bc d"),
        ("<textarea><b>x</b></textarea>y", "b x b y"),
        ("<script>if (a<b) '</p>'</script>c", "c"),
        ("<img alt='a b'>c<input type=submit value=d><input value=no>", "a b c d"),
        ("<p title='>'>a", "a"),
        ("<svg><title>a</title></svg>b", "a b"),
        ("1 < 2 &lt; 3", "1 2 3"),
        ("<plaintext><p>", "p"),
    ],
)
def test_words_of_a_page(page: str, expected: str) -> None:
    assert " ".join(words_of_page(page)) == expected


def _letters(texts: Sequence[str]) -> str:
    return "".join(re.findall(r"\w+", "\n".join(texts)))


def _is_within(part: str, whole: str) -> bool:
    """Tell whether the letters of a part come in a whole in that order."""
    rest = iter(whole)
    return all(letter in rest for letter in part)
