"""Hidden text that opens when “more” is clicked on is text; what is really hidden is not."""

from __future__ import annotations

import pytest
from pages import POLICY, left, read, told

HEAD = f"<main><h1>Privacy</h1><p>{POLICY}</p><h2>Data</h2>"
NOTE = "Hidden text that opens when “more” is clicked on was read as text: {}."


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<p>We keep names<span>…</span><span style='display:none'> and sell them.</span> <a href=#>Read more</a>",
            ["p We keep names and sell them."],
        ),
        (
            "<style>.a{display:none}</style><p>We collect names</p><p class=a>and sell.</p><a href=#>Show more ▾</a>",
            ["p We collect names", "p and sell."],
        ),
        (
            "<ul><li>names<li hidden>mails<li class=hidden>phones</ul><button>Show all (3)</button>",
            [">- names", ">- mails", ">- phones"],
        ),
        (
            "<p>We collect names <button aria-controls=m>More</button><span id=m hidden>and mails.</span>",
            ["p We collect names and mails."],
        ),
        ("<details><summary>Names</summary>and mails.</details>", ["p **Names**", "p and mails."]),
    ],
)
def test_text_behind_more(markup: str, expected: list[str]) -> None:
    draft = read(f"{HEAD}{markup}<p>{POLICY}</p></main>")

    assert told(draft)[3:-1] == expected
    assert not [line for line in left(draft) if line.startswith("hidden")]


def test_it_is_told() -> None:
    draft = read(f"{HEAD}<p>We collect names<span hidden> and sell them.</span> <a href=#>Read more</a></main>")

    assert draft.notes == (NOTE.format(1),)
    assert left(draft) == ["form: Read more"]


@pytest.mark.parametrize(
    "markup",
    [
        "<ul class=dropdown-menu style='display:none'><li><a href=/a>Shop</a></ul><a href=#>More</a>",
        "<div role=menu hidden>Shop</div><button>More</button>",
        "<div hidden><a href=/a>Shop</a> <a href=/b>Jobs</a></div><button>Show all</button>",
        "<template>Shop</template><button>Read more</button>",
        "<p>We collect names.<span hidden>Shop</span></p>",
        "<span hidden>Shop</span><a href=/blog>Read more</a>",
        "<button>Expand all</button><button hidden>Collapse all</button>",
    ],
)
def test_what_is_really_hidden(markup: str) -> None:
    draft = read(f"{HEAD}{markup}<p>{POLICY}</p></main>")

    assert not [line for line in told(draft) if "Shop" in line or "Collapse" in line]
    assert draft.notes == ()
