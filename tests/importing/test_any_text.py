"""Whatever text comes in, a version comes out or a person is told why not; of plain text no word is unexplained."""

from __future__ import annotations

from contextlib import suppress

import hypothesis
from drafts import texts
from hypothesis import strategies as st

from smallprint.errors import ContentError
from smallprint.importing.importing import import_draft, import_marked
from smallprint.importing.marked import has_marks
from smallprint.importing.source import read_any
from smallprint.reading.version import parse_version

DAY = "2020-01-01"
INDENTS = ("", "", "", "", "- ", "1. ", "> ", "# ", "    ", "  * ", "| ", "```", "---", "===", "{#a}", "## x {#b}")
sources = st.lists(st.tuples(st.sampled_from(INDENTS), texts, st.sampled_from(("\n", "\n\n"))), max_size=8).map(
    lambda lines: "".join("".join(line) for line in lines)
)


@hypothesis.given(sources, st.sampled_from(("a.txt", "a.md")))
def test_any_text_becomes_a_version_without_faults_or_is_refused(text: str, name: str) -> None:
    try:
        source = read_any(text.encode(), name, name)
        imported = import_draft(source.draft, version_id=DAY)
    except ContentError:
        return
    _, faults = parse_version(imported.markdown, path="a.md", version_id=DAY)

    assert faults == []
    assert imported.report.unexplained == ()
    if name == "a.txt":
        assert source.missing == ()


@hypothesis.given(sources)
def test_ids_are_only_added_where_they_are_missing(text: str) -> None:
    """Without the marks that are new, a version that had ids is as it was; a second run adds nothing."""
    with suppress(ContentError):
        if has_marks(text):
            once = import_marked(text, "a.md")

            assert import_marked(once.markdown, "a.md").markdown == once.markdown
            bare = once.markdown
            for clause in once.report.clauses:
                bare = bare.replace(f"{{#{clause.clause_id}}}\n", "", 1).replace(f" {{#{clause.clause_id}}}", "", 1)
            assert [line.rstrip() for line in bare.split("\n")] == [line.rstrip() for line in text.split("\n")]
