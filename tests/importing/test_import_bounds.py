"""How much an import takes on: time that grows with the source, depth, and a version no larger than can be read."""

from __future__ import annotations

import time

import pytest

from smallprint.errors import ContentError
from smallprint.importing.importing import import_draft
from smallprint.importing.source import read_any

MANY = 60_000
OPENING = "# Privacy Policy\n\nAcme runs a shop, and this policy tells you what we do with your personal data.\n\n"


@pytest.mark.parametrize(
    "repeated",
    [
        f"We keep{' ' * MANY}it.",
        f"We keep{chr(9) * MANY}it.",
        f"{' ' * MANY}x",
        f"{'|' * MANY}x",
        f"We keep it. {{.a{'.a' * MANY}!",
        f"We keep it. {{{'#a ' * MANY}!",
        f"{' <br' * MANY}x",
        "|-|\n" * (MANY // 3),
        "We. " * (MANY // 4),
    ],
    ids=["spaces", "tabs", "code", "borders", "classes", "anchors", "breaks", "tables", "sentences"],
)
def test_time_grows_with_the_source(repeated: str) -> None:
    start = time.perf_counter()
    import_draft(read_any(f"{OPENING}{repeated}\n".encode(), "page.md", "page.md").draft, sentences=True)

    assert time.perf_counter() - start < 5


def lists(depth: int) -> bytes:
    items = "".join(f"{' ' * level}- item {level}\n" for level in range(depth))
    return f"Privacy Policy\n\nWe keep your data.\n\n{items}".encode()


def test_lists_in_plain_text_are_refused_where_they_are_too_deep() -> None:
    import_draft(read_any(lists(49), "page.txt", "page.txt").draft)
    with pytest.raises(ContentError) as refused:
        read_any(lists(50), "page.txt", "page.txt")

    (fault,) = refused.value.faults
    assert (fault.path, fault.line, fault.code) == ("page.txt", 54, "SP402")


def test_a_version_that_could_not_be_read_again_is_not_made() -> None:
    draft = read_any(f"Privacy Policy\n\n{'We keep your data. ' * 300_000}\n".encode(), "page.txt", "page.txt").draft
    with pytest.raises(ContentError) as refused:
        import_draft(draft, version_id="2020-01-01")

    assert [fault.code for fault in refused.value.faults] == ["SP601"]
