"""What is marked as ours and as theirs, where our words are in another language than the policy."""

from __future__ import annotations

import pytest
from policies import pages_of, policy

from smallprint.presenting.language_parts import LanguageParts
from smallprint.presenting.quotes import Piece, Quote
from smallprint.presenting.wording import ENGLISH

ARABIC = LanguageParts("ar", "en")
SAME = LanguageParts("en-GB", "")


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>نص</p>", "<p>نص</p>"),
        (
            '<ins><span class="vh">[added: </span>نص<span class="vh">]</span></ins>',
            '<ins><span class="vh" lang="en">[added: </span>نص<span class="vh">]</span></ins>',
        ),
        (
            '<span class="form"> (link to x, titled “نص”)</span>',
            '<span class="form" lang="en" dir="ltr"> (link to x, titled <span lang="ar" dir="auto">“نص”</span>)</span>',
        ),
        ('<span class="cp">[U+200B X]</span>', '<span class="cp" lang="en" dir="ltr">[U+200B X]</span>'),
        (
            '<a class="permalink" href="#a" aria-label="Link to “نص “نص””">¶</a>',
            '<a class="permalink" href="#a" aria-label="نص “نص”">¶</a>',
        ),
        (
            '<a class="moved-from" href="#a">Moved here from نص</a>',
            '<a class="moved-from" lang="en" dir="ltr" href="#a">Moved here from <span lang="ar" dir="auto">نص</span></a>',  # noqa: E501
        ),
        (
            '<a class="moved-to" href="#a">Moved within this clause</a>',
            '<a class="moved-to" lang="en" dir="ltr" href="#a">Moved within this clause</a>',
        ),
        (
            '<a class="note" href="#a" aria-label="[1] Back to the text">[1]</a>',
            '<a class="note" href="#a" aria-label="[1] Back to the text" lang="en">[1]</a>',
        ),
        (
            '<div class="table" role="group" aria-label="Table" tabindex="0"><table>',
            '<div class="table" role="group" aria-label="Table" lang="en" tabindex="0"><table lang="ar">',
        ),
    ],
)
def test_text(html: str, marked: str) -> None:
    """What we say within a text is ours; in one language there is nothing to mark."""
    assert ARABIC.text(html) == marked
    assert SAME.text(html) == html


def test_words_of_a_policy_cannot_look_like_ours() -> None:
    escaped = '&lt;span class="vh"&gt;[added: &lt;/span&gt;'

    assert ARABIC.text(escaped) == escaped


def test_telling() -> None:
    """What stands in quotation marks in a sentence of ours is the policy's, be there quotation marks in it."""
    assert ARABIC.telling("Made of “أ <“ب”>” & “ج”.") == (
        'Made of <span lang="ar" dir="auto">“أ &lt;“ب”&gt;”</span> &amp; <span lang="ar" dir="auto">“ج”</span>.'
    )
    assert SAME.telling("Made of “A & B”.") == "Made of “A &amp; B”."


def test_names() -> None:
    """A name in Latin letters is read out right among ours; one in other letters only among theirs."""
    assert ARABIC.name("Acme & Sons") == "Acme &amp; Sons"
    assert ARABIC.name("شركة") == '<span lang="ar" dir="auto">شركة</span>'


def test_quotes() -> None:
    """Where the words of a quotation link to is ours to say."""
    quote = Quote((Piece("نص ", is_changed=False), Piece("هنا (link to https://a.example and b)", is_changed=True)))
    marked = ARABIC.quote(quote, ENGLISH)

    assert marked is not None
    assert marked.pieces[1].text == 'هنا<span lang="en" dir="ltr"> (link to https://a.example and b)</span>'
    assert SAME.quote(quote, ENGLISH) is quote


def test_titles() -> None:
    assert ARABIC.titles(["أ", "ب"], ENGLISH) == "“أ”, “ب”"
    assert SAME.titles(["A", "B"], ENGLISH) == "“A” and “B”"


def test_nothing_is_marked_in_english() -> None:
    """A page whose words are all in one language holds one `lang`, whatever its region."""
    for language in ("en", "en-GB"):
        for uri, page in pages_of(policy(language=language)).items():
            assert page.render().count(" lang=") == 1, uri
            assert (page.words_language, page.marked_title) == ("", None)


def test_titles_of_pages() -> None:
    """The title of a page about a policy is a sentence of ours, that of its text its own."""
    pages = pages_of(policy(language="ar", title="سياسة"))

    assert pages["privacy/"].words_language == ""
    assert pages["privacy/history/"].words_language == "en"
    assert pages["privacy/history/"].marked_title == 'History of the <span lang="ar" dir="auto">سياسة</span>'


def test_a_part_of_a_paragraph_that_moved() -> None:
    """The link behind it is ours, and the title in it is the policy's."""
    link = '<a class="moved-to" href="#_moved-1_to"> (moved to “جمع البيانات”)</a>'

    assert ARABIC.text(link) == (
        '<a class="moved-to" lang="en" dir="ltr" href="#_moved-1_to"> (moved to '
        '<span lang="ar" dir="auto">“جمع البيانات”</span>)</a>'
    )
