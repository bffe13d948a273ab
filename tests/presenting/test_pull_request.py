"""The redline of a comment on a pull request reads as meant where it is shown."""

from __future__ import annotations

from plain import version
from smallprint.comparing import compare
from smallprint.presenting.pull_request import comparison_in_markdown


def test_a_deep_item_is_no_code() -> None:
    deep = "# D {#d}\n\n- one\n  - two\n    - three of them\n"
    comparison = compare(version(deep), version(deep.replace("three", "four")))

    line = "&nbsp;&nbsp;&nbsp;&nbsp;\\- <del>three</del><ins>four</ins> of them"
    assert f"> {line}\n" in comparison_in_markdown(comparison)
