"""Web pages from archives: what the archive added is left out, and links lead where they led."""

from __future__ import annotations

import base64

import pytest
from pages import POLICY, left, read, told

from smallprint.importing.bytes import SourceKind, kind_of
from smallprint.importing.html_links import unwrap


def test_a_page_from_the_internet_archive() -> None:
    draft = read(
        f"""<html><body><!-- BEGIN WAYBACK TOOLBAR INSERT -->
<div id="wm-ipp-base"><a href="#">Wayback Machine</a> 12 captures</div><div>Loading</div>
<!-- END WAYBACK TOOLBAR INSERT -->
<p>{POLICY} See <a href="/web/20060618153955/http://acme.example/terms.html">terms</a>,
<a href="https://web.archive.org/web/20060618153955/mailto:me@acme.example">us</a>, <a href="other.html">other</a>.</p>
<!-- FILE ARCHIVED ON 15:39:55 Jun 18, 2006 AND RETRIEVED FROM THE INTERNET ARCHIVE -->""",
        url="https://web.archive.org/web/20060618153955id_/http://acme.example/privacy",
    )

    (line,) = told(draft)
    assert line.startswith(f"p {POLICY} See [terms](http://acme.example/terms.html), [us](mailto:me@acme.example)")
    assert line.endswith(", [other](http://acme.example/other.html).")
    assert left(draft) == ["archive: Wayback Machine 12 captures / Loading"]
    assert draft.url == "http://acme.example/privacy"
    assert draft.notes == ("The Internet Archive took this page on Jun 18, 2006 at 15:39:55 (UTC).",)


@pytest.mark.parametrize(
    ("told_by", "url"),
    [
        ("<!-- saved from url=(0031)https://acme.example/privacy -->", "https://acme.example/privacy"),
        ("<!--\n Page saved with SingleFile\n url: https://acme.example/p\n-->", "https://acme.example/p"),
        ("<!-- Mirrored from acme.example/p.htm by HTTrack -->", "http://acme.example/p.htm"),
        ("<link rel=canonical href=https://acme.example/c>", "https://acme.example/c"),
        ("<meta property=og:url content=https://acme.example/o>", "https://acme.example/o"),
        ("", ""),
    ],
)
def test_the_address_a_page_says_it_had(told_by: str, url: str) -> None:
    assert read(f"{told_by}<p>{POLICY}").url == url


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://web.archive.org/web/2006id_/http://a.example/b", "http://a.example/b"),
        ("//web.archive.org/web/20060618153955/http://a.example", "http://a.example"),
        ("https://archive.ph/o/abc/https://a.example/", "https://a.example/"),
        ("https://a.example/web/2006/", "https://a.example/web/2006/"),
        ("/web/20060101000000/https://web.archive.org/web/20050101000000/http://a.example", "http://a.example"),
    ],
)
def test_links_that_an_archive_rewrote(address: str, expected: str) -> None:
    assert unwrap(address) == expected


SINGLE = """From: <Saved by Blink>
Snapshot-Content-Location: https://acme.example/privacy
Subject: Privacy
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----x----"


------x----
Content-Type: {kind}
Content-Transfer-Encoding: {how}
Content-Location: https://acme.example/privacy

{page}
------x----
Content-Type: image/png

no text
------x------
"""


@pytest.mark.parametrize(
    ("how", "page"),
    [
        ("quoted-printable", f"<p>{POLICY} Caf=C3=A9s, too, as it=\n s.</p>"),
        ("base64", base64.b64encode(f"<p>{POLICY} Cafés, too, as it s.</p>".encode()).decode()),
        ("8bit", f"<p>{POLICY} Cafés, too, as it s.</p>"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_page_saved_as_a_single_file(how: str, page: str, line_end: str) -> None:
    text = SINGLE.format(kind="text/html", how=how, page=page).replace("\n", line_end)
    draft = read(text)

    assert told(draft) == [f"p {POLICY} Cafés, too, as it s."]
    assert left(draft) == []
    assert draft.url == "https://acme.example/privacy"
    assert kind_of(text.encode(), "") is SourceKind.HTML
