"""The redline of the terminal cannot be mistaken, whatever the text holds."""

from __future__ import annotations

import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain import version
from smallprint.comparing import compare
from smallprint.presenting.terminal import comparison_in_terminal

_MARK = re.compile(r"(?<!\\)\[-(.*?)-\]|(?<!\\)\{\+(.*?)\+\}", re.DOTALL)


def redline(old: str, new: str) -> list[str]:
    comparison = compare(version(f"# D {{#d}}\n\n{old}", "old"), version(f"# D {{#d}}\n\n{new}", "new"))
    return [click.unstyle(line)[4:] for line in comparison_in_terminal(comparison) if line.startswith("    ")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Use [-x-] {+y+} for now.", "Use [-x-] {+y+} for long.", "Use \\[-x-\\] \\{+y+\\} for [-now-]{+long+}."),
        ("Use `[-x-]` for now.", "Use `[-x-]` for long.", "Use `\\[-x-\\]` for [-now-]{+long+}."),
        ("Use `{~x~}` for now.", "Use `{~x~}` for long.", "Use `\\{~x~\\}` for [-now-]{+long+}."),
    ],
)
def test_text_that_looks_like_a_mark_is_escaped(old: str, new: str, expected: str) -> None:
    assert redline(old, new)[-1] == expected


_SIGNS = st.lists(st.sampled_from(("[", "]", "{", "}", "-", "+", "~", "a", "b")), min_size=1, max_size=8).map("".join)


@given(_SIGNS, _SIGNS, _SIGNS)
def test_marks_are_found_again(kept: str, removed: str, added: str) -> None:
    """Whatever signs a text has, the marks alone show what was removed and added."""
    head = f"Here is the name of it, `{kept}` as it was, and more of it is to come: "
    old, new = f"{head}`x{removed}` end of it.", f"{head}`y{added}` end of it."
    line = redline(old, new)[-1]

    for group, text in ((1, old), (2, new)):
        side = _MARK.sub(lambda mark, group=group: mark[group] or "", line)
        assert side.replace("\\", "") == text
