"""Edit scripts keep outside of their marks what did not change, and say what no text shows."""

from __future__ import annotations

import pytest

from plain import version
from smallprint.comparing import compare
from smallprint.model import Op
from smallprint.presenting.canonical import noted_edits

HEAD = "| Data | Kept | Why |\n|---|---|---|\n"
SIGNS = {Op.KEEP: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}


def edits(old: str, new: str) -> str:
    """Return the edits of the one change, without its title."""
    (change,) = compare(version(f"# D {{#d}}\n\n{old}"), version(f"# D {{#d}}\n\n{new}")).differing
    return "".join(SIGNS[edit.op].format(edit.text) for edit in noted_edits(change)).removeprefix("# D\n\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            f"{HEAD}| IP | 30 days or so | Security |",
            f"{HEAD}| IP | 90 days or so | Security |",
            "| IP | [-30-]{+90+} days or so | Security |",
        ),
        ("It is `_ga` for now.", "It is `_gid` for now.", "It is `[-_ga-]{+_gid+}` for now."),
        ("It is *red* for now.", "It is *blue* for now.", "It is *[-red-]{+blue+}* for now."),
        ("It is red for now.", "It is *red* for now.", "It is [-red-]{+*red*+} for now."),
        ("It is **red** for now.", "It is *red* for now.", "It is [-**red**-]{+*red*+} for now."),
        (
            "See [our terms](https://e.example/a) now.",
            "See [our rules](https://e.example/a) now.",
            "See [our [-terms-]{+rules+}](https://e.example/a) now.",
        ),
        (
            "See [our terms](https://e.example/a) now.",
            "See [our terms](https://e.example/b) now.",
            "See [-[our terms](https://e.example/a)-]{+[our terms](https://e.example/b)+} now.",
        ),
        ("- We keep red files.\n- End.", "- We keep blue files.\n- End.", "- We keep [-red-]{+blue+} files."),
        ("> All names are kept.", "> No names are kept.", "> [-All-]{+No+} names are kept."),
        ("We (all) go on.", "We (some) go on.", "We ([-all-]{+some+}) go on."),
    ],
)
def test_what_did_not_change_is_outside_of_marks(old: str, new: str, expected: str) -> None:
    assert edits(old, new).rstrip("\n").removesuffix("\n\n- End.").endswith(expected)


def test_what_has_no_words_is_named() -> None:
    (change,) = compare(version("# D {#d}\n\none\n\n---\n\n- \n- two"), version("# D {#d}\n\none\n\n- two")).differing

    assert [(edit.text.strip("\n"), edit.note) for edit in noted_edits(change) if edit.note] == [
        ("---", "a dividing line"),
        ("- ", "an empty item"),
    ]


def test_notes_are_on_the_edit_they_are_said_behind() -> None:
    old, new = "- one thing\n\n  and other\n\np\u0430y it all here", "- one thing\n- and other\n\npay it all here"
    (change,) = compare(version(f"# D {{#d}}\n\n{old}"), version(f"# D {{#d}}\n\n{new}")).differing
    notes = {edit.text: edit.note for edit in noted_edits(change) if edit.note}

    assert notes["and other"] == "was part of the item before"
    assert notes["pay"].startswith("looks the same, different letters: U+0061 LATIN SMALL LETTER A, U+0430")
