"""Web pages that make no version: the fault says what they are."""

from __future__ import annotations

import pytest
from pages import POLICY, read, refused, told

from smallprint.errors import UsageError


@pytest.mark.parametrize(
    ("page", "code", "what"),
    [
        ("<title>404 Not Found</title><h1>Not Found</h1><p>The URL was not found.", "SP605", "nothing at its address"),
        ("<h1>403 Forbidden</h1><p>nginx", "SP605", "access was refused"),
        ("<title>Service Unavailable</title><p>Try later.", "SP605", "an error page of the server"),
        ("<title>Just a moment...</title><p>Verifying you are human.", "SP605", "a check for robots"),
        ("<title>Sign in</title><form><input type=password><button>Go</button></form>", "SP605", "a login"),
        (
            "<h1>Before you continue</h1><p>We use cookies. Accept all cookies?<p><a href=x>Accept all</a>",
            "SP605",
            "a wall that asks for consent",
        ),
        (
            "<div id=onetrust-x><p>We and our partners use cookies and tracking.</p><button>Accept</button></div>",
            "SP605",
            "a wall that asks for consent",
        ),
        ("<meta http-equiv=refresh content='0;url=/new'><p>Wait", "SP605", "only leads to another one (0;url=/new)"),
        ("<h1>Moved Permanently</h1><p>The document has moved.", "SP605", "leads to another"),
        (
            "<frameset><frame src=menu.html><frame src=policy.html></frameset>",
            "SP606",
            "frames (menu.html, policy.html)",
        ),
        ("<div id=root></div><noscript>Enable JavaScript to run this app.</noscript>", "SP606", "a script puts it in"),
        (
            "<div id=__next></div><script id=__NEXT_DATA__ type=application/json>{}</script>",
            "SP606",
            "data of a script",
        ),
        ("<html><body> </body></html>", "SP606", "no text in this page."),
        ("", "SP606", "no text in this page."),
    ],
)
def test_pages_that_are_no_policy(page: str, code: str, what: str) -> None:
    fault = refused(page)

    assert (fault.path, fault.code) == ("page.html", code)
    assert what in fault.what
    assert fault.remedy


@pytest.mark.parametrize(
    "page",
    [
        """<title>Privacy Policy</title><p>We keep no data of yours at all, ever.
        <p>We do not use cookies on this site of ours.<p>You can write to us at me@acme.example at any time.""",
        f"<h1>Terms</h1><p>You may not sign in with the password of others, or redirect them. {POLICY * 20}",
        f"<h1>Cookie Policy</h1><p>You may accept cookies. If a page is not found (404), we keep a log. {POLICY * 20}",
    ],
)
def test_policies_that_speak_of_such_things(page: str) -> None:
    assert told(read(page))


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<div>" * 300 + "x", "nested more than 256 levels"),
        ("<div>" * 50_000 + "x" + "</div>" * 50_000, "nested more than 256 levels"),
        ("<br>" * 100_001, "more than 100000 elements"),
        ("<p>\n<p " + " ".join(f"a{number}=x" for number in range(2_000)) + ">x", "more than 1000 attributes"),
    ],
)
def test_bounds(page: str, what: str) -> None:
    fault = refused(page)

    assert fault.code == "SP604"
    assert what in fault.what


def test_up_to_the_bound_pages_are_read() -> None:
    assert told(read("<div>" * 200 + POLICY)) == [f"p {POLICY}"]


PARTS = f"""<title>Legal</title><h1>Legal</h1>
<section><h2 id=tos>Terms of Service</h2><p>{"Terms. " * 200}</p></section>
<section><h2 id=privacy>Privacy Policy</h2><p>{POLICY * 20}</p></section>
<section><h2><a id=dmca name=dmca></a>Copyright Policy</h2><p>{"Claims. " * 200}</p></section>"""


def test_a_page_of_several_documents_is_told() -> None:
    (note,) = read(PARTS).notes

    assert note.startswith("The page seems to hold 3 documents: “Terms of Service” (#tos), “Privacy Policy” (#privacy)")


def test_one_document_of_several() -> None:
    draft = read(PARTS, only=["#privacy"])

    assert told(draft) == ["h2 Privacy Policy", f"p {POLICY * 20}"]
    assert [item.why.name for item in draft.left_out] == ["OUTSIDE"] * 3
    assert told(read(PARTS, only=["dmca", "tos"]))[::2] == ["h2 Terms of Service", "h2 Copyright Policy"]


def test_one_document_where_headings_stand_side_by_side() -> None:
    page = f"<h1>Legal</h1><h2 id=a>A</h2><p>{POLICY}</p><h3>More</h3><p>{POLICY}</p><h2 id=b>B</h2><p>{POLICY}</p>"

    assert told(read(page, only=["a"])) == ["h2 A", f"p {POLICY}", "h3 More", f"p {POLICY}"]


def test_a_part_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no part with the id “privcy”; did you mean “privacy”"):
        read(PARTS, only=["privcy"])
