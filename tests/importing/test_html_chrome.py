"""Web pages: what belongs to the site is left out, and told."""

from __future__ import annotations

import pytest
from pages import POLICY, left, read, told

TEXT = f"<h1>Privacy Policy</h1><p>{POLICY}</p><h2>Cookies</h2><p>{POLICY}</p><p>{POLICY}</p>"
NEWS = ["footer?: Stay up to date with our news.", "form: Subscribe"]
PIECES = ["h1 Privacy Policy", f"p {POLICY}", "h2 Cookies", f"p {POLICY}", f"p {POLICY}"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<nav><ul><li><a href=/>Home</a></ul></nav>", "", ["menu: Home"]),
        ("<header><a href=/>Acme</a><p>Anvils</header>", "", ["footer: Acme / Anvils"]),
        ("", "<footer>© Acme <a href=/t>Terms</a></footer>", ["footer: © Acme Terms"]),
        ("<ol class='breadcrumb'><li><a href=/>Home</a><li>Privacy</ol>", "", ["menu: Home / Privacy"]),
        ("<a class=skip-link href=#m>Skip to content</a>", "", ["menu: Skip to content"]),
        ("<div class='top-bar_x1'><a href=/>Acme</a><a href=/b>Shop</a></div>", "", ["footer?: AcmeShop"]),
        (
            "",
            "<div id=onetrust-consent-sdk><p>We use cookies to make the site better.</p><button>OK</button></div>",
            ["banner: We use cookies to make the site better. / OK"],
        ),
        (
            "<div class='cookieNotice--x7'><p>We use cookies, as all do.</p><a href=#>Accept</a></div>",
            "",
            ["banner: We use cookies, as all do. / Accept"],
        ),
        ("<div role=dialog aria-modal=true>Join our newsletter!</div>", "", ["banner: Join our newsletter!"]),
        ("", "<div class=share-buttons><a href=//x.example>Tweet</a></div>", ["menu?: Tweet"]),
        ("", "<form><label>Mail</label><input><button>Subscribe</button></form>", ["form: Mail / Subscribe"]),
        ("<p><a href=/>Home</a> | <a href=/x>Shop</a></p>", "", ["menu?: Home | Shop"]),
        ("", "<p><a href=/>Home</a></p><p>Copyright 2001 Acme</p>", ["footer?: Home", "footer?: Copyright 2001 Acme"]),
        ("", "<p><a href=#>Back to top</a>", ["menu?: Back to top"]),
        (
            "",
            "<h3>Company</h3><ul><li><a href=/a>About</a><li><a href=/j>Jobs</a><li><a href=/c>Contact</a></ul>",
            ["footer?: Company", "footer?: About", "footer?: Jobs", "footer?: Contact"],
        ),
        ("", "<h3>Stay up to date with our news.</h3><form><input><button>Subscribe</button></form>", NEWS),
        ("<select><option>English<option>Deutsch</select>", "", ["form: English / Deutsch"]),
    ],
)
def test_what_belongs_to_the_site(before: str, after: str, expected: list[str]) -> None:
    draft = read(f"<body>{before}<div>{TEXT}</div>{after}</body>")

    assert told(draft) == PIECES
    assert left(draft) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Last updated: 1 May 2020</p>",
        "<p>Acme Ltd</p><p>12 Main Street</p><p>Springfield</p>",
        "<p><a href=mailto:a@acme.example>a@acme.example</a></p>",
        "<div class='footer-note'><p>This policy is governed by the law of Ohio and no other.</p></div>" * 2,
        "<h2>Contact</h2><p><a href=/form>Write to us</a></p>",
        "<section class='cookie-notice'><h2>Cookies</h2><p>We use cookies to keep you signed in.</p></section>",
        "<section id=sharing><p>We share your data with no one.</p></section>",
        "<h2>Copyright</h2><p>If someone breaks your copyright on our pages, write to us.</p>",
        "<p>The copyright in this policy is ours.</p>",
        "<button aria-expanded=false aria-controls=a>Sale</button><div id=a hidden>We never sell your data.</div>",
        "<div role=tabpanel hidden><p>We never sell your data.</p></div>",
        "<p>Opt out: <a href=//g.example>Google</a>, <a href=//m.example>Meta</a> in each of your browsers.</p>",
    ],
)
def test_what_belongs_to_the_policy(markup: str) -> None:
    assert left(read(f"<body><div>{TEXT}{markup}</div></body>")) == []


def test_a_main_part_and_a_title_beside_it() -> None:
    draft = read(
        f"""<body><div class=hero><div>Legal</div><div><h1>Privacy Policy</h1><p>Last updated: May 2020</p></div></div>
<div>Buy anvils now!</div><main><p>{POLICY}</p><p>{POLICY}</p></main><div>Loved by smiths</div></body>"""
    )

    assert told(draft) == ["h1 Privacy Policy", "p Last updated: May 2020", f"p {POLICY}", f"p {POLICY}"]
    assert left(draft) == ["outside?: Legal", "outside?: Buy anvils now!", "outside?: Loved by smiths"]


def test_buttons_that_open_text_are_titles_and_others_are_not() -> None:
    draft = read(
        f"""<main><h1>Privacy</h1><button>Print</button>
        <button aria-expanded=false aria-controls=a>What we keep</button><div id=a hidden><p>{POLICY} {POLICY}</p></div>
        <h2><button>Sharing</button></h2><p>{POLICY}</main>"""
    )

    assert told(draft) == ["h1 Privacy", "p **What we keep**", f"p {POLICY} {POLICY}", "h2 Sharing", f"p {POLICY}"]
    assert left(draft) == ["form: Print"]


def test_hidden_text_is_told() -> None:
    draft = read(
        f"""<style>.gone {{ display: none }} @media print {{ .paper {{ display: none }} }}</style>
<h1>Privacy</h1><p>{POLICY} <span hidden>a</span> <span style="display: none">b</span>
<span aria-hidden=true>c</span> <span class=sr-only>(opens a new tab)</span></p>
<p class=gone>d</p><p class=paper>{POLICY}</p><p class=hidden>e</p><p class="hidden md:block">{POLICY}</p>
<noscript>f</noscript><template>g</template><svg><title>h</title></svg><p>{POLICY}"""
    )

    assert told(draft) == ["h1 Privacy", f"p {POLICY} c", f"p {POLICY}", f"p {POLICY}", f"p {POLICY}"]
    assert left(draft) == [
        "hidden: a",
        "hidden: b",
        "hidden?: (opens a new tab)",
        "hidden?: d",
        "hidden?: e",
        "hidden: f",
        "hidden: g",
        "embedded: h",
    ]
    assert "cannot see the page" in draft.left_out[2].place


def test_a_shadow_tree_is_part_of_the_page() -> None:
    page = f"<main><x-policy><template shadowrootmode=open><p>{POLICY}</p></template></x-policy></main>"

    assert told(read(page)) == [f"p {POLICY}"]


def test_shielded_mail_addresses_are_written_out() -> None:
    key = 0x54
    code = bytes([key, *(letter ^ key for letter in b"me@acme.example")]).hex()
    page = (
        f'<p>{POLICY} Write to <a href="/cdn-cgi/l/email-protection" data-cfemail="{code}">[email&#160;protected]</a>.'
    )

    draft = read(page)

    assert told(draft) == [f"p {POLICY} Write to [me@acme.example](mailto:me@acme.example)."]
    assert left(draft) == ["hidden: [email protected]"]
    assert draft.notes == ("Mail addresses that the page hides from robots (“[email protected]”) were written out: 1.",)
    assert told(read(page.replace(code, "5zz")))[0].endswith("[[email protected]](/cdn-cgi/l/email-protection).")
