"""Links within a source lead to the clauses that its places became; others are plain text and in the report."""

from __future__ import annotations

import pytest
from word_files import make_docx

from smallprint.importing.importing import import_source
from smallprint.importing.source import read_any

PAGE = """<html><body><main><h1>Privacy Policy</h1>
<p><a href="#sec1">What we collect</a> <a href="#zz9">How we share</a> <a href="#gone">Nothing here</a></p>
<h2 id="sec1">What we collect</h2><p>We collect your name and your address when you sign up for it.</p>
<h2>How we share</h2><p><a name="mid"></a>We share nothing of it with anybody, whoever asks for it.</p>
<h2>Contact</h2><p>Write to us about <a href="#mid">sharing</a> or read <a href="help.html">our help</a>.</p>
</main></body></html>"""


def imported(data: str | bytes, name: str) -> tuple[str, list[str]]:
    """Return the version made of a source, and the targets that lead nowhere."""
    data = data.encode() if isinstance(data, str) else data
    made = import_source(read_any(data, name, name), name, version_id="2020-01-01")
    lost = [left.text for left in made.report.left_out if "leads to nothing" in left.why.value]
    return made.markdown, lost


def test_ids_and_names_of_a_page() -> None:
    text, lost = imported(PAGE, "a.html")

    assert "[What we collect](#collection)" in text
    assert "[How we share](#sharing)" in text  # by its words: nothing has the id
    assert "[sharing](#sharing)" in text
    assert "[our help]" not in text
    assert lost == ["#gone", "help.html"]


@pytest.mark.parametrize(
    "place", ["## How we share {.x #s3}", "## How we share {: #s3}", '<a name="s3"></a>\n\n## How we share']
)
def test_anchors_of_markdown(place: str) -> None:
    source = f"""# Privacy Policy

See [there](#s3), [below](#contact-us) and [nowhere](#s4).

{place}

We share nothing of it with anybody.

## Contact us

Write to us.
"""
    text, lost = imported(source, "a.md")

    assert "[there](#sharing), [below](#contact) and nowhere." in text
    assert lost == ["#s4"]


def test_bookmarks_of_word() -> None:
    body = """<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Privacy Policy</w:t></w:r></w:p>
<w:p><w:hyperlink w:anchor="_Toc9"><w:r><w:t>See there</w:t></w:r></w:hyperlink>
<w:r><w:t xml:space="preserve"> for more.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>
<w:bookmarkStart w:id="1" w:name="_Toc9"/><w:r><w:t>How we share</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:p><w:r><w:t>We share nothing of it with anybody.</w:t></w:r></w:p>"""
    text, lost = imported(make_docx(body), "a.docx")

    assert "[See there](#" in text
    assert lost == []
