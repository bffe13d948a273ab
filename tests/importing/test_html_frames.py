"""Pages in frames: what is in the page or beside it is read, and a policy that is elsewhere is asked for."""

from __future__ import annotations

import pytest
from pages import POLICY, left, read, refused, told

from smallprint.importing.html import missing_from_page

ABOVE = "<title>Privacy | Acme</title><h1>Privacy</h1><p>You find our privacy policy below. If not, write to us.</p>"
SENTENCES = "<p>We keep no data of yours at all, ever, anywhere.</p>" * 3


def test_a_page_in_an_attribute_is_read() -> None:
    page = f"{ABOVE}<iframe srcdoc='<h2>Data</h2><p>{POLICY}</p><ul><li>names</ul>'></iframe>"
    draft = read(page)

    assert told(draft)[2:] == ["h2 Data", f"p {POLICY}", ">- names"]
    assert missing_from_page(page.encode(), draft) == ()


def test_a_page_in_an_address_is_read() -> None:
    assert told(read(f"{ABOVE}<iframe src='data:text/html,<p>{POLICY}'></iframe>"))[2:] == [f"p {POLICY}"]


def test_a_page_beside_is_read() -> None:
    files = {"page_files/policy one.html": f"<p>{POLICY}</p>".encode(), "../x.html": b"<p>no</p>"}
    page = f"{ABOVE}<iframe src='./page_files/policy%20one.html?x=1' title=Policy></iframe>"

    assert told(read(page, beside=files.get))[2:] == [f"p {POLICY}"]
    for address in ("../x.html", "https://a.example/x.html", "page_files/none.html"):
        other = page.replace("./page_files/policy%20one.html", address)
        assert "in frames" in _what(other, files)


def _what(page: str, files: dict[str, bytes]) -> str:
    with pytest.raises(Exception, match="SP606") as caught:
        read(page, beside=files.get)
    return str(caught.value)


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src=https://policies.example/embed/1 title='Privacy policy' height=3000></iframe>",
        "<iframe data-src=https://policies.example/embed/1 id=terms src=about:blank></iframe>",
        "<object data=https://policies.example/embed/1 name=policy></object>",
        "<embed src=https://policies.example/embed/1 type=application/pdf>",
    ],
)
@pytest.mark.parametrize("beside", ["", SENTENCES])
def test_a_policy_elsewhere_is_asked_for(frame: str, beside: str) -> None:
    fault = refused(ABOVE + beside + frame)

    assert fault.code == "SP606"
    assert "https://policies.example/embed/1" in fault.what
    assert "save the page" in fault.remedy.lower()


@pytest.mark.parametrize(
    "frame",
    [
        "<noscript><iframe src=https://tags.example/ns.html?id=A height=0 width=0 style='display:none' /></noscript>",
        "<noscript><iframe src=https://tags.example/ns.html></noscript>",
        "<noscript><style>.x{}</noscript>",
        "<iframe src=https://www.googletagmanager.com/ns.html?id=A></iframe>",
        "<iframe src=https://a.example/privacy height=1 width=1></iframe>",
        "<iframe src=https://a.example/policy style='display: none'></iframe>",
        "<iframe src=https://www.youtube.com/embed/policy></iframe>",
    ],
)
def test_trackers_beside_a_short_policy(frame: str) -> None:
    page = f"<title>Privacy</title>{frame}<main><h1>Privacy</h1>{SENTENCES}</main>"
    draft = read(page)

    assert len(told(draft)) == 4
    assert not [line for line in left(draft) if line.startswith("embedded")]
    assert missing_from_page(page.encode(), draft) == ()


def test_other_frames_of_a_policy_are_told() -> None:
    draft = read(
        f"<main><h1>Privacy</h1>{f'<h2>Data</h2><p>{POLICY}</p>' * 20}"
        "<iframe title='Opt out of cookies' src=https://stats.example/policy></iframe></main>"
    )

    assert left(draft) == ["embedded?: Opt out of cookies: https://stats.example/policy"]
