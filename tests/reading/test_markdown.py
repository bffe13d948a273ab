"""Cutting Markdown into pieces that are parsed once."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from smallprint.reading import markdown

lines = st.sampled_from(
    (
        *("", "  ", "text", "more *text*", "# Head", "## Head 2", "#nohead", "- item", "* item", "+ plus", "1. one"),
        *("2) two", "12345678901. big", "   indented", "    code", "\ttab", "> quote", ">", "---", "===", "--", "-"),
        *("| a | b |", "| - | - |", "  - nested", "   - deep", "- ", "1.", "`code", "**bold", "[l](u)", "\\", "text  "),
        *("&amp; <b>", "```", "[x]", "[r]: /u", "[r]"),
    )
)


@given(st.lists(lines, max_size=12))
@example(["   - deep", "", "- "])
def test_pieces_mean_what_the_whole_means(source: list[str]) -> None:
    """Cut into pieces or parsed as a whole, a text has the same blocks on the same lines."""
    text = "\n".join(source)
    whole = [(placed.line, placed.block.key) for placed in markdown._parse(text).blocks]  # noqa: SLF001
    cut = [
        (line + placed.line, placed.block.key)
        for line, piece in markdown.split_pieces(text)
        for placed in markdown.parse_piece(piece).blocks
    ]

    assert cut == whole


def test_a_link_defined_elsewhere_is_not_remembered_for_other_texts() -> None:
    """The same paragraph means a link in a text that defines its target, and brackets in one that does not."""
    paragraph = "See [our support]."
    linked = markdown.parse_piece(f"{paragraph}\n\n[our support]: https://example.org/").blocks[0].block
    plain = markdown.parse_piece(paragraph).blocks[0].block

    assert linked.key != plain.key
    assert any(word.marks for word in linked.units[0].words)
    assert not any(word.marks for word in plain.units[0].words)


def test_text_that_the_parser_would_drop_is_reported() -> None:
    """Nesting so deep that the parser gives up is said, with its line."""
    assert markdown.parse_piece("> " * 120 + "deep").too_deep_line == 0
    assert markdown.parse_piece("> " * 20 + "deep").too_deep_line == -1


noted = st.sampled_from(
    (
        *(
            "",
            "",
            "text",
            "Text.[^1]",
            "[^1]: note",
            "    more",
            "- item[^1]",
            "  [^1]: in it",
            "# Head",
            "> [^1]: quoted",
        ),
        *("[^1]:", "```", "[r]: /u", "[r]", "[^2]: none[^1]", "   [^1]: near", "| a | b |", "| - | - |", "---"),
    )
)


@given(st.lists(noted, max_size=12))
def test_pieces_with_footnotes_mean_what_the_whole_means(source: list[str]) -> None:
    """Cut into pieces or parsed as a whole, a text has the same blocks and the same notes on the same lines."""
    # A fence that nothing closes takes in the empty lines at the end, as long as there are any.
    text = "\n".join(source).rstrip()
    labels = frozenset({"1", "2"})
    whole = [(p.line, p.note, p.block.key) for p in markdown._parse(text, labels).blocks]  # noqa: SLF001
    cut = [
        (line + p.line, p.note, p.block.key)
        for line, piece in markdown.split_pieces(text)
        for p in markdown.parse_piece(piece, labels).blocks
    ]

    assert cut == whole
