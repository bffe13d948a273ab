"""Web pages: their blocks come in as readers see them."""

from __future__ import annotations

import pytest
from pages import POLICY, left, read, told


def test_a_page_of_1998() -> None:
    draft = read(
        f"""<HTML><HEAD><TITLE>Acme - Privacy</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=100% BORDER=0><TR><TD COLSPAN=2><IMG SRC=logo.gif ALT="Acme Corporation logo"></TD></TR>
<TR><TD WIDTH=150><A HREF=/>Home</A><BR><A HREF=/prod>Products</A><BR>
<FORM><INPUT NAME=q><INPUT TYPE=SUBMIT VALUE="Go"></FORM></TD>
<TD><CENTER><FONT SIZE=5><B>Privacy Policy</B></FONT></CENTER><P>{POLICY}<BR><BR><B>1. Cookies</B><BR>{POLICY}
<P><UL><LI>your name<LI>your address</UL>
<TABLE><TR><TD>&#149;</TD><TD>We use beacons &#150; sometimes</TD></TR></TABLE>
<TABLE BORDER=1><TR><TD>Name</TD><TD>Billing</TD></TR><TR><TD>Address</TD><TD>Shipping</TD></TR></TABLE>
<P>Write to <A HREF="mailto:privacy@acme.example">privacy@acme.example</A>.<BR>12 Main Street<BR>Springfield
</TD></TR><TR><TD COLSPAN=2><HR><FONT SIZE=1><A HREF=/>Home</A> | <A HREF=/about>About us</A><BR>
Copyright &copy; 1998 Acme. All rights reserved.</FONT></TD></TR></TABLE></BODY></HTML>"""
    )

    assert told(draft) == [
        "p **Privacy Policy**",
        f"p {POLICY}",
        f"p **1. Cookies** / {POLICY}",
        ">- your name",
        ">- your address",
        ">- We use beacons – sometimes",
        "row 1: Name | Billing",
        "row 1: Address | Shipping",
        "p Write to [privacy@acme.example](mailto:privacy@acme.example). / 12 Main Street / Springfield",
    ]
    assert left(draft) == [
        "menu?: Acme Corporation logo",
        "menu?: Home / Products",
        "form: Go",
        "footer?: Home | About us / Copyright © 1998 Acme. All rights reserved.",
    ]
    assert draft.title == "Acme - Privacy"


def test_a_page_made_by_a_script_and_saved() -> None:
    draft = read(
        f"""<!doctype html><html lang=en><head><title>Privacy</title><script>window.__STATE__="secret"</script></head>
<body><div id=root><div class=sc-a1 role=banner><div>App</div><a href=/x>Docs</a></div>
<div role=main><div role=heading aria-level=1>Privacy</div><div><span>{POLICY}</span></div>
<div><span style="font-weight:700">Cookies</span></div><div>{POLICY}</div>
<div role=list><div role=listitem>one thing</div><div role=listitem>another</div></div></div>
<div role=contentinfo>© App</div></div></body></html>"""
    )

    assert told(draft) == ["h1 Privacy", f"p {POLICY}", "p **Cookies**", f"p {POLICY}", ">- one thing", ">- another"]
    assert left(draft) == ["footer: App / Docs", "footer: © App"]
    assert draft.language == "en"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("one<br>two<br><br>three<br>&nbsp;<br>four", ["p one / two", "p three", "p four"]),
        ("<p>a <b>b</b> <i>c <b>d</b></i> <code>e</code></p>", ["p a **b** *c* ***d*** `e`"]),
        ("<p>a<b> b </b>c</p>", ["p a **b** c"]),
        ("<p>foo<b>bar</b></p>", ["p foo**bar**"]),
        ("<p>a&nbsp;&nbsp;b &#151; c</p>", ["p a b — c"]),
        ("<p><a href='/x y'>a</a> <a href='#b'>b</a> <a href='javascript:c()'>c</a></p>", ["p [a](/x%20y) [b](#b) c"]),
        ("<h2>One<br>two</h2><h3><p>Three</p></h3>", ["h2 One two", "h3 Three"]),
        (f"<h4>{POLICY * 4}</h4>", [f"p {POLICY * 4}"]),
        (
            "<ol start=3><li>c<ul><li>x<p>y</ul>d<li value=9>i<li>j</ol>",
            [">3. c", ">>- x", ">>+ y", ">+ d", ">9. i", ">10. j"],
        ),
        ("<ol reversed><li>b<li>a</ol>", [">2. b", ">1. a"]),
        ("<ol><li>(a) x<li>(b) y</ol>", [">- (a) x", ">- (b) y"]),
        ("<ul>loose<ul><li>x</ul></ul>", ["p loose", ">- x"]),
        ("<ul><p>one</p><p>two</p></ul>", [">- one", ">- two"]),
        ("<ul><li><ul><li>x</ul><li>y</ul>", [">- x", ">- y"]),
        ("<ol><li><h2>A</h2><p>a<li><h2>B</h2><p>b</ol>", ["h2 1. A", "p a", "h2 2. B", "p b"]),
        ("<dl><dt>Term<dd>Meaning<dt>Other<dd>One</dl>", ["p **Term**", "p Meaning", "p **Other**", "p One"]),
        ("<details><summary>More</summary><p>Text</details>", ["p **More**", "p Text"]),
        ("<p>• one<br>• two</p><p>· three</p>", [">- one", ">- two", ">- three"]),
        ("<pre>\n  a\n b\n</pre><p>" + POLICY, ["pre   a /  b", f"p {POLICY}"]),
        ("<p style='white-space: pre-line'>one\ntwo\n\nthree</p>", ["p one / two", "p three"]),
        (f"<p>{POLICY * 3}<blockquote>They said so.</blockquote>", [f"p {POLICY * 3}", "quote They said so."]),
        (f"<blockquote><p>{POLICY}</blockquote>", [f"p {POLICY}"]),
        ("a<hr>b", ["p a", "rule", "p b"]),
        ("<p><del>old</del> <ins>new</ins> H<sub>2</sub>O", ["p new H₂O"]),
    ],
)
def test_blocks(markup: str, expected: list[str]) -> None:
    head = "We use your data only as this says, and never in any other way."

    assert told(read(f"<p>{head}</p><div>{markup}</div><p>{head}"))[1:-1] == expected


def test_data_tables() -> None:
    draft = read(
        f"""<h1>Privacy</h1><p>{POLICY}<table><caption>What we keep</caption>
<tr><th>Kind<th>Use<th>Kept</tr><tr><td rowspan=2>Name<td>Billing<ul><li>here<li>there</ul><td>1 year</tr>
<tr><td colspan=2>Shipping</tr><tr><td>Mail<td rowspan=3>Help<td>2 years<tr><td>Post<tr><td>Fax<tr><td>a<td>b<td>c
</table><table><tr><th>A<th>B<tr><td>1<td>2</table>"""
    )

    assert told(draft)[2:] == [
        "p What we keep",
        "head 1: Kind | Use | Kept",
        "row 1: Name | Billing / here; there | 1 year",
        "row 1:  | Shipping | ",
        "row 1: Mail | Help | 2 years",
        "row 1: Post | ",
        "row 1: Fax | ",
        "row 1: a | b | c",
        "head 2: A | B",
        "row 2: 1 | 2",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>one<td>two</table>",
        "<table role=presentation><tr><td>one<td>two<tr><td>three<td>four</table>",
        "<table><tr><td>one<tr><td>two</table>",
        "<table><tr><td><h2>one</h2><td>two<tr><td>a<td>b</table>",
        "<table><tr><th>one<td><table><tr><td>two</table><tr><td>three<td>four</table>",
    ],
)
def test_layout_tables(table: str) -> None:
    assert not [line for line in told(read(f"<p>{POLICY}</p>{table}")) if line.startswith(("row", "head"))]


def test_a_plain_text_in_a_page() -> None:
    draft = read(f"<html><body><pre>PRIVACY POLICY\n\n{POLICY}\n\n{POLICY * 3}\n</pre></body></html>")

    assert told(draft)[0].endswith("PRIVACY POLICY")
    assert not [line for line in told(draft) if line.startswith("pre")]


def test_pictures() -> None:
    page = f'<p><img alt="Privacy Policy"></p><p>{POLICY} <img alt="a lock"></p><h2><img alt="Cookies"></h2><p>{POLICY}'
    draft = read(page)

    assert told(draft) == [f"p {POLICY}", "h2 Cookies", f"p {POLICY}"]
    assert left(draft) == ["embedded?: Privacy Policy", "embedded?: a lock"]
    assert told(read(page.replace("h2", "p")))[0] == "p Privacy Policy"


def test_lines_of_the_source() -> None:
    draft = read(f"<h1>Privacy</h1>\n\n<p>{POLICY}</p>\n<table><tr><th>A<th>B\n<tr><td>1<td>2</table>")

    assert [piece.line for piece in draft.pieces] == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ol type=a><li>x<li value=5>y<li>z</ol>", [">- a. x", ">- e. y", ">- f. z"]),
        ("<ol start=7 reversed><li>x<li>y</ol>", [">7. x", ">6. y"]),
        ("<ol style='list-style: lower-roman inside'><li>x<li>y</ol>", [">- i. x", ">- ii. y"]),
        ("<ol type=A start=26><li>x<li type=i>y</ol>", [">- Z. x", ">- xxvii. y"]),
        ("<style>.l > li { list-style-type: upper-latin }</style><ol class=l><li>x</ol>", [">- A. x"]),
        ("<ol><li>x<ol type=a><li>y</ol></ol>", [">1. x", ">>- a. y"]),
        ("<ol start=0><li>x<li>y</ol>", [">- 0. x", ">1. y"]),
        ("<ul style='list-style-type: decimal'><li>x</ul>", [">1. x"]),
        ("<ol style='list-style: none'><li>x</ol>", [">- x"]),
        ("<ol type=a><li>(a) x</ol>", [">- (a) x"]),
        ("<ol type=i><li><h3>One</h3><p>x</ol>", ["h3 i. One", "p x"]),
    ],
)
def test_items_are_counted_as_a_browser_counts_them(markup: str, expected: list[str]) -> None:
    assert told(read(f"<p>{POLICY}</p>{markup}"))[1:] == expected


HEADED = "<tr><td><b>Why</b><td><b>Data</b><td><b>Basis</b>"
LISTED = "<tr><td>Ship<td><ul><li>Name<li>Address</ul><td>Contract<tr><td>Ads<td>Mail<td>Consent"
LETTERED = "<tr><td>Why<td>Basis<tr><td>Ship<td><ol type=a><li>Name,<li>Mail</ol>too<tr><td>Ads<td><p>A<p>B"
ROLES = """<div role=table><div role=rowgroup><div role=row>
<span role=columnheader>Why</span><span role=columnheader>Basis</span></div></div>
<div role=row><span role=cell>Ship</span><span role=cell>Contract</span></div></div>"""
STYLED = """<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style><div class=t><div class=r>
<p class=c>Why</p><p class=c>Basis</p></div><div class=r><p class=c>Ship</p><p class=c>Contract</p></div></div>"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            f"<table>{HEADED}{LISTED}</table>",
            ["**Why** | **Data** | **Basis**", "Ship | Name; Address | Contract", "Ads | Mail | Consent"],
        ),
        (
            f"<table>{LETTERED}</table>",
            ["Why | Basis", "Ship | a. Name, / b. Mail; too", "Ads | A; B"],
        ),
        (
            "<table><tr><th>Why<th>Data<tr><td>Ship<td><table><tr><td>Name<td>Mail<tr><td>Age<td>Sex</table></table>",
            ["Why | Data", "Ship | Name; Mail; Age; Sex"],
        ),
        (
            "<table><tr><td>x<table><tr><td>Why<td>Basis<tr><td>Ship<td>Contract</table><td>y</table>",
            ["Why | Basis", "Ship | Contract"],
        ),
        (ROLES, ["Why | Basis", "Ship | Contract"]),
        (STYLED, ["Why | Basis", "Ship | Contract"]),
        (
            "<table><tr><th><h4>Why</h4><th><h4>Basis</h4><tr><td>Ship<td>Contract</table>",
            ["Why | Basis", "Ship | Contract"],
        ),
    ],
)
def test_tables_stay_tables(table: str, expected: list[str]) -> None:
    lines = [line for line in told(read(f"<h1>Privacy</h1><p>{POLICY}</p>{table}<p>{POLICY}</p>")) if " 1: " in line]

    assert [line.partition(": ")[2] for line in lines] == expected
