"""What no word shows is said in words, in every output, and only what differs is."""

from __future__ import annotations

import re

import bs4
import pytest
from hypothesis import given

from laws import check_comparison
from plain import version
from smallprint.comparing import compare
from smallprint.presenting.html import clause_html
from smallprint.presenting.pull_request import comparison_in_markdown
from smallprint.presenting.redline_html import change_html
from smallprint.presenting.terminal import comparison_in_terminal
from strategies import structured


def remarks(old: str, new: str) -> list[str]:
    """Return the remarks of a redline page, in order."""
    html = "".join(
        part.html
        for change in compare(version(f"# D {{#d}}\n\n{old}"), version(f"# D {{#d}}\n\n{new}")).differing
        for part in change_html(change)
    )
    return [form.get_text().strip(" ()") for form in bs4.BeautifulSoup(html, "html5lib").select(".form")]


LIST = "- We share with:\n- banks that pay you\n- insurers that cover you"
NESTED = "- We share with:\n  - banks that pay you\n  - insurers that cover you"
NUMBERED = "1. We share with:\n2. banks that pay you\n3. insurers that cover you"
NUMBERED_NESTED = "1. We share with:\n   1. banks that pay you\n   2. insurers that cover you"
TABLE = "| A | B |\n|---|---|\n| c d | e f |\n| g h | i j |"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (NESTED, LIST, ["was one level deeper"] * 2),
        (LIST, NESTED, ["was one level higher"] * 2),
        (NUMBERED_NESTED, NUMBERED, ["was one level deeper, was number 1", "was one level deeper, was number 2"]),
        (LIST, NUMBERED, ["was in a bullet list"] * 3),
        (NESTED, NUMBERED_NESTED.replace("1. We", "- We").replace("   ", "  "), ["had a bullet"] * 2),
        (LIST, LIST.replace("- ins", "* ins"), ["was part of the list before"]),
        (LIST.replace("- ins", "* ins"), LIST, ["began a list of its own"]),
        ("- one thing\n\n  and other", "- one thing\n- and other", ["was part of the item before"]),
        ("- one thing\n- and other", "- one thing\n\n  and other", ["began an item of its own"]),
        ("- one thing\n\nand other", "- one thing\n\n  and other", ["was in no list"]),
        ("> one thing\n\n> and other", "> one thing\n>\n> and other", ["began a quotation of its own"]),
        ("> one thing\n>\n> and other", "> one thing\n\n> and other", ["was part of the quotation before"]),
        ("> one thing here", "one thing here", ["was in a quotation"]),
        ("one thing here", "> one thing here", ["was in no quotation"]),
        ("> > one thing here", "> one thing here", ["was quoted one level deeper"]),
        ("> - one thing here", "- > one thing here", ["was in a bullet list in a quotation"]),
        (TABLE, TABLE.replace("|---|---|", "|---|--:|"), ["columns were aligned otherwise"]),
        ("## One thing", "### One thing", []),
        ("```sh\nrun it\n```", "```\nrun it\n```", ["was marked as “sh”"]),
        ("```\nrun it\n```", "```sh\nrun it\n```", ["named no language"]),
        # Where the unit before went or came, the marks on it show the border.
        ("- one thing\n- or else\n\n  and other", "- one thing\n\n  and other", []),
    ],
)
def test_a_remark_says_what_differs(old: str, new: str, expected: list[str]) -> None:
    assert [remark for remark in remarks(old, new) if "heading of level" not in remark] == expected


@given(structured(), structured())
def test_structure_alone_is_always_shown(old: str, new: str) -> None:
    """If no word differs and what readers see does, every output has a mark or a remark; if not, nothing changed."""
    comparison = compare(version(old), version(new))
    check_comparison(comparison)
    seen = ["".join(map(clause_html, side.clauses)) for side in (comparison.old, comparison.new)]
    if seen[0] == seen[1]:
        assert not comparison.differing
        return
    assert comparison.differing
    html = "".join(part.html for change in comparison.differing for part in change_html(change))
    assert re.search(r"<ins|<del|class=\"form\"", html)
    text = "\n".join([line for line in comparison_in_terminal(comparison) if line.startswith("    ")])
    assert re.search(r"\[[-~]|\{[+~]|\(", text)
    comment = "\n".join(line for line in comparison_in_markdown(comparison).splitlines() if line.startswith("> "))
    assert re.search(r"<ins>|<del>|<em>", comment)
