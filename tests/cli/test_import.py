"""`smallprint import`: from a source to a version that `check` has nothing against."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from smallprint.assessing.rules import FOLDER
from smallprint.cli.main import main
from smallprint.importing import source as sources
from smallprint.importing.text import read_text
from smallprint.reading.tree import read_tree

if TYPE_CHECKING:
    from smallprint.importing.draft import Draft
    from smallprint.model import Policy

DAY = "2020-01-01"
TEXT = """\
ACME PRIVACY POLICY

Acme runs a shop, and this policy tells you what we do with your personal data.

1. Information We Collect

We collect your name. We collect your address.

2. Security

We use locks, and we keep guards at our doors.
"""
MARKDOWN = """\
# Acme Privacy Policy

Acme runs a shop, and this policy tells you what we do with *your* personal data.

## Information We Collect

We collect your name. We collect your [address](https://acme.example/a).

## Security

We use locks, and we keep guards at our doors.
"""
PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Privacy | Acme</title></head><body>
<nav><a href="/">Home</a> <a href="/shop">Shop</a></nav><main>
<h1>Acme Privacy Policy</h1>
<p>Acme runs a shop, and this policy tells you what we do with <em>your</em> personal data.</p>
<h2>Information We Collect</h2><p>We collect your name. We collect your address.</p>
<h2>Security</h2><p>We use locks, and we keep guards at our doors.</p>
</main><footer>© 2020 Acme</footer></body></html>
"""
IDS = ["policy", "introduction", "collection", "security"]


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def run(*arguments: str, stdin: bytes | None = None) -> Said:
    """Run the command as a shell would."""
    with CliRunner().isolation(input=stdin) as (out, err, *_):
        code = main(["import", *arguments])
        return Said(code, out.getvalue().decode(), err.getvalue().decode())


def bring(name: str, data: str | bytes, *more: str, day: str = DAY) -> Said:
    """Write a source and import it."""
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return run(name, "--policy", "privacy", "--version", day, *more)


def policy(content: str = "content") -> Policy:
    tree = read_tree(Path(content))
    assert tree.faults == ()
    (one,) = tree.policies
    return one


def ids(day: str = DAY) -> list[str | None]:
    (version,) = [version for version in policy().versions if version.version_id == day]
    return [clause.clause_id for clause in version.clauses]


def stored(day: str = DAY) -> str:
    return Path(f"content/privacy/{day}.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "data"),
    [("page.txt", TEXT), ("page.txt", TEXT.replace("\n", "\r\n")), ("page.md", MARKDOWN), ("page.html", PAGE)],
    ids=["text", "text of Windows", "Markdown", "web page"],
)
def test_a_source_becomes_a_version(name: str, data: str) -> None:
    said = bring(name, data)

    assert (said.code, said.err) == (0, "")
    kept = f"sources/{DAY}{Path(name).suffix}"
    assert said.out.startswith(
        f"Wrote content/privacy/{DAY}.md\n  and content/privacy/{kept}\n  and content/privacy/policy.yml\n\n"
        "4 clauses got an id.\n"
    )
    assert ids() == IDS
    assert Path("content/privacy", kept).read_bytes() == data.encode()
    title = "ACME PRIVACY POLICY" if name == "page.txt" else "Acme Privacy Policy"
    assert Path("content/privacy/policy.yml").read_text(encoding="utf-8") == f'title: "{title}"\n'
    assert sorted(path.name for path in Path("content/privacy").iterdir()) == [f"{DAY}.md", "policy.yml", "sources"]
    assert main(["check"]) == 0


def test_what_was_left_out_is_told() -> None:
    said = bring("page.html", PAGE)

    assert "Home Shop" in said.out
    assert "© 2020 Acme" in said.out
    assert "Home" not in stored()


def test_what_was_left_out_is_told_to_its_last_word() -> None:
    names = [f"Shop{number}" for number in range(300)]
    links = " ".join(f'<a href="/{name}">{name}</a>' for name in names)
    said = bring("page.html", PAGE.replace("<nav>", f"<nav>{links} "))

    assert [word for word in said.out.split() if word in {*names, "Shop"}] == [*names, "Shop"]
    assert max(len(line) for line in said.out.split("\n")) <= 120


def test_a_policy_file_without_versions_is_kept() -> None:
    Path("content/privacy").mkdir(parents=True)
    Path("content/privacy/policy.yml").write_text("title: Ours\npublisher: Acme\n", encoding="utf-8")

    assert bring("page.md", MARKDOWN).code == 0
    assert Path("content/privacy/policy.yml").read_text(encoding="utf-8") == "title: Ours\npublisher: Acme\n"


def test_a_policy_file_beside_versions_is_kept() -> None:
    bring("page.md", MARKDOWN)
    Path("content/privacy/policy.yml").write_text("title: Ours\npublisher: Acme\n", encoding="utf-8")

    assert bring("page.md", MARKDOWN, "--title", "Theirs", day="2021-01-01").code == 0
    assert Path("content/privacy/policy.yml").read_text(encoding="utf-8") == "title: Ours\npublisher: Acme\n"


def test_a_version_that_is_there_is_not_touched_unless_told() -> None:
    bring("page.md", MARKDOWN)
    before = {path: path.read_bytes() for path in Path("content").rglob("*") if path.is_file()}

    said = bring("page.html", PAGE)

    assert said.code == 2
    assert "content/privacy/2020-01-01.md is there already. Add --replace" in said.err
    assert {path: path.read_bytes() for path in Path("content").rglob("*") if path.is_file()} == before
    assert bring("page.html", PAGE, "--replace").code == 0
    assert "acme.example" not in stored()


MOVED = """\
# Acme Privacy Policy

Acme runs a shop, and this policy tells you what we do with *your* personal data.

## What Do We Gather?

We collect your name. We collect your [address](https://acme.example/a).

## Protection

We use locks, and we keep guards at our doors.
"""


def test_ids_are_carried_over() -> None:
    bring("page.md", MARKDOWN)
    path = Path(f"content/privacy/{DAY}.md")
    path.write_text(stored().replace("{#security}", "{#safe-keeping}"), encoding="utf-8")

    said = bring("new.md", MOVED, "--like", DAY, day="2021-01-01")

    assert said.code == 0
    assert ids("2021-01-01") == ["policy", "introduction", "collection", "safe-keeping"]
    assert "smallprint diff privacy 2020-01-01 2021-01-01" in said.out


def test_a_clause_that_moved_keeps_its_id() -> None:
    both = MARKDOWN.replace(
        "## Security",
        "**Cookies:** We set cookies that keep you logged in until you leave the shop for good.\n\n## Security",
    )
    bring("page.md", both)
    assert "cookies" in ids()
    apart = MARKDOWN + (
        "\n## Tracking Technologies\n\nWe set cookies that keep you logged in until you leave the shop for good.\n"
    )

    said = bring("new.md", apart, "--like", DAY, day="2022-01-01")

    assert said.code == 0
    (line,) = [line for line in stored("2022-01-01").split("\n") if "Tracking" in line]
    assert "{#cookies}" in line
    assert policy().versions[-1].clauses[-1].was == ()


def test_without_the_version_right_before_nothing_is_said_of_what_was() -> None:
    both = MARKDOWN + "\n## Cookies\n\nWe set cookies that keep you logged in until you leave the shop for good.\n"
    bring("page.md", MARKDOWN)
    bring("page.md", both, day="2021-01-01")

    said = bring("page.md", both, "--like", DAY, day="2022-01-01")

    assert said.code == 0
    assert "2020-01-01 is not the version right before this one, so no was=… was written" in said.out
    assert "was=" not in stored("2022-01-01")


def test_sentences_stand_on_lines_of_their_own() -> None:
    bring("page.txt", TEXT, "--sentences")

    assert "We collect your name.\nWe collect your address.\n" in stored()


def test_title_and_address() -> None:
    bring("page.md", MARKDOWN, "--title", "Our: policy", "--url", "https://acme.example/privacy")

    assert stored().startswith(
        '---\ntitle: "Our: policy"\neffective: 2020-01-01\nsource: https://acme.example/privacy\n---\n'
    )
    assert policy().title == "Our: policy"


def test_encoding() -> None:
    said = bring(
        "page.txt", TEXT.replace("Acme runs", "Акме runs").encode("windows-1251"), "--encoding", "windows-1251"
    )

    assert said.code == 0
    assert "Акме runs" in stored()


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
def test_a_guessed_encoding_is_told(name: str) -> None:
    text = "Acme Privacy Policy\n\nWe keep the café’s data for as long as our résumé of it says that we may.\n"
    said = bring(
        name, f"<html><body><p>{text}</p></body></html>".encode("cp1252") if "html" in name else text.encode("cp1252")
    )

    assert said.code == 0
    assert "The source says nothing of its encoding and was read as Windows-1252.\n" in said.out


@pytest.mark.parametrize("encoding", ["utf-16", "UTF-16LE", "utf_16_le", "utf-16-be", "utf-32"])
def test_a_wide_encoding_that_is_named_is_believed(encoding: str) -> None:
    """Bytes without a mark, of which few are zero; read as UTF-8 they would be other words."""
    text = "隐私政策\n\n我们收集您的姓名和地址以便寄送您订购的商品。\n"
    data = text.encode(encoding if encoding != "utf-16" else "utf-16-le").removeprefix(b"\xff\xfe\0\0")

    assert bring("page.txt", data, "--encoding", encoding).code == 0
    assert "我们收集您的姓名和地址以便寄送您订购的商品。" in stored()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word_file() -> bytes:
    """Return a Word file in which ten days were made twenty."""
    who = 'w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"'
    body = (
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Acme Privacy Policy</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">We keep what you tell us when you open an account for </w:t></w:r>'
        f"<w:del {who}><w:r><w:delText>ten</w:delText></w:r></w:del>"
        f"<w:ins {who}><w:r><w:t>twenty</w:t></w:r></w:ins>"
        '<w:r><w:t xml:space="preserve"> days after you left.</w:t></w:r></w:p>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(("view", "words"), [("original", "ten days"), ("final", "twenty days")])
def test_word_with_tracked_changes(view: str, words: str) -> None:
    data = word_file()

    assert bring("page.docx", data, "--view", view).code == 0
    assert words in stored()
    assert Path(f"content/privacy/sources/{DAY}.docx").read_bytes() == data


def struck_file() -> bytes:
    """The same document, in which one word is struck and nothing is tracked."""
    changed = {
        "del>": "r>",
        "delText>": "t>",
        "<w:del ": "<w:r ",
        "<w:ins ": "<w:smartTag ",
        "</w:ins>": "</w:smartTag>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file())) as source, zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode()
            text = text.replace("<w:r><w:delText>ten", "<w:r><w:rPr><w:strike/></w:rPr><w:t>ten")
            for old, new in changed.items():
                text = text.replace(old, new)
            archive.writestr(name, text)
    return file.getvalue()


def test_struck_words_are_left_out_and_strict_asks() -> None:
    said = bring("page.docx", struck_file(), "--strict")

    assert said.code == 1
    assert said.err.startswith("page.docx: SP621 The source has text that is struck out")
    assert "“ten”" in said.err
    assert bring("page.docx", struck_file(), "--strict", "--struck", "drop").code == 0
    assert "account for twenty days" in " ".join(stored().split())
    said = bring("page.docx", struck_file(), "--replace")
    assert "struck out in the source:\n    ? ten" in said.out
    said = bring("page.docx", struck_file(), "--replace", "--strict", "--struck", "keep")
    assert "Struck text is kept as text in force: “ten”." in said.out
    assert "account for ten twenty days" in " ".join(stored().split())


def test_only_a_part_of_a_page() -> None:
    page = PAGE.replace("<main>", '<main><div id="one">').replace(
        "</main>",
        '</div><div id="two"><h1>Terms of Sale</h1><p>You pay for all that you take with you.</p></div></main>',
    )

    assert bring("page.html", page, "--only", "one").code == 0
    assert "You pay" not in stored()
    assert ids() == IDS


def test_the_standard_input() -> None:
    said = run("-", "--policy", "privacy", "--version", DAY, stdin=PAGE.encode())

    assert said.code == 0
    assert ids() == IDS
    assert Path(f"content/privacy/sources/{DAY}.html").read_bytes() == PAGE.encode()


def test_for_programs_and_elsewhere() -> None:
    said = bring("page.html", PAGE, "--format", "json", "--content", "texts")

    told = json.loads(said.out)
    assert told["schema"] == "smallprint/import/1"
    assert told["written"][-1] == f"texts/privacy/{DAY}.md"
    assert [clause["clause_id"] for clause in told["clauses"]] == IDS
    assert {left["why"] for left in told["left_out"]} == {"menu or navigation", "header or footer"}
    assert told["unexplained"] == []
    assert not Path("content").exists()
    assert policy("texts").slug == "privacy"


def lossy(text: str, shown: str) -> Draft:
    """Read plain text as a reader with a mistake would: the last paragraph gets lost."""
    draft = read_text(text, shown)
    return replace(draft, pieces=draft.pieces[:-1])


def test_strict_refuses_to_lose_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check finds the words by means of its own, so a reader that loses some is found out: SP620."""
    monkeypatch.setattr(sources, "read_text", lossy)

    said = bring("page.txt", TEXT, "--strict")

    assert said.code == 1
    assert said.err.startswith("page.txt: SP620 10 visible words of the source are unexplained: ")
    assert "locks keep guards at our doors\n" in said.err
    assert not Path("content").exists()

    said = bring("page.txt", TEXT)

    assert said.code == 0
    assert "neither in the version nor among what was left out:\n" in said.out


def test_strict_has_nothing_against_a_whole_import() -> None:
    assert bring("page.html", PAGE, "--strict").code == 0


def test_a_second_run_adds_ids_where_they_are_missing() -> None:
    bring("page.md", MARKDOWN)
    path = Path(f"content/privacy/{DAY}.md")
    mine = stored().replace("{#security}", "{#safe-keeping}") + "\n## Children\n\nWe sell nothing to children.\n"
    path.write_text(mine, encoding="utf-8")
    again = (path.as_posix(), "--policy", "privacy", "--version", DAY, "--replace")

    said = run(*again)

    assert said.code == 0
    assert "1 clause got an id." in said.out
    assert "all of its text and ids stayed as they were" in said.out
    assert stored() == mine.replace("## Children\n", "## Children {#children}\n")
    assert Path(f"content/privacy/sources/{DAY}.md").read_bytes() == MARKDOWN.encode()
    whole = stored()
    assert run(*again).code == 0
    assert stored() == whole


@pytest.mark.parametrize("data", [b" \n", b"--- * ---\n", "\u200b\ue000\n".encode()], ids=["blank", "signs", "unseen"])
def test_nothing_is_made_of_a_source_without_words(data: bytes) -> None:
    said = bring("page.txt", data)

    assert said.code == 1
    assert "page.txt: SP606 There are no words of a policy in it." in said.err
    assert not Path("content").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--policy", "Our Policy"], "“Our Policy” cannot be the name of a policy"),
        (["--policy", "../up"], "“../up” cannot be the name of a policy"),
        (["--version", "2020-02-30"], "“2020-02-30” is no day."),
        (["--version", "soon"], "“soon” is no day."),
        (["--like", "2019-01-01"], "--like names another version of the policy, and this one is new."),
        (["--view", "final"], "--view is for Word files"),
        (["--only", "main"], "--only is for web pages"),
        (["--view", "sideways"], "Invalid value for '--view'"),
    ],
)
def test_called_wrongly(arguments: list[str], told: str) -> None:
    said = bring("page.md", MARKDOWN, *arguments)

    assert said.code == 2
    assert told in said.err
    assert not Path("content").exists()


def test_like_a_version_that_is_not_there() -> None:
    bring("page.md", MARKDOWN)

    said = bring("page.md", MARKDOWN, "--like", "2019-01-01", day="2021-01-01")

    assert said.code == 2
    assert "privacy has no version “2019-01-01”. It has: 2020-01-01." in said.err


@pytest.mark.parametrize(
    ("source", "told"), [("none.md", "There is no file none.md."), (".", ". is a folder. Name a file in it")]
)
def test_no_file(source: str, told: str) -> None:
    said = run(source, "--policy", "privacy", "--version", DAY)

    assert said.code == 2
    assert told in said.err
    assert not Path("content").exists()


@pytest.mark.parametrize(
    "url", ["https://[::1", "bogus", "javascript:x", "https://a.example/ b", "https://a.example/\n"]
)
def test_an_address_that_is_none(url: str) -> None:
    said = bring("page.txt", TEXT, "--url", url)

    assert (said.code, Path("content").exists()) == (2, False)
    assert "is no web address. Write the whole of it" in said.err


def test_the_standard_input_is_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["import", "-", "--policy", "privacy", "--version", DAY]) == 2
    assert "The standard input is closed." in capsys.readouterr().err


def test_the_folder_of_a_teams_rules_is_no_policy() -> None:
    Path("page.txt").write_text(TEXT, encoding="utf-8")
    said = run("page.txt", "--policy", FOLDER, "--version", DAY)

    assert (said.code, Path("content").exists()) == (2, False)
    assert "holds the rules of a team" in said.err


def test_a_version_with_faults_is_replaced_all_the_same() -> None:
    bring("page.txt", TEXT)
    Path(f"content/privacy/{DAY}.md").write_text("## A {#a}\n\n## B {#a}\n", encoding="utf-8")

    assert bring("page.txt", TEXT, "--replace").code == 0
    assert ids() == IDS


def test_what_does_not_fit_a_version_with_ids_is_refused_too() -> None:
    bring("page.md", MARKDOWN)
    path = f"content/privacy/{DAY}.md"
    said = run(path, "--policy", "privacy", "--version", DAY, "--replace", "--view", "final")

    assert (said.code, "--view is for Word files" in said.err) == (2, True)


def test_what_policy_yml_says_is_the_title_and_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("content/privacy").mkdir(parents=True)
    Path("content/privacy/policy.yml").write_text("title: Unser Schutz\nlanguage: de\n", encoding="utf-8")
    Path("old.txt").write_text("We keep what you tell us for as long as we need it, and you may ask us. " * 6, "utf-8")

    assert main(["import", "old.txt", "--policy", "privacy", "--version", "2020-01-01"]) == 0

    assert "title: Unser Schutz\n" in Path("content/privacy/2020-01-01.md").read_text(encoding="utf-8")
    assert "The text reads as English, unlike its policy: policy.yml says “de”" in capsys.readouterr().out


STRUCK = PAGE.replace("We collect your name.", "We collect <del>30</del> <ins>90</ins> names.")


def test_struck_text_is_left_out_and_told() -> None:
    said = bring("page.html", STRUCK)

    assert said.code == 0
    assert "We collect 90 names." in stored()
    assert "  struck out in the source:\n    ? 30  [del]\n" in said.out


def test_strict_imports_ask_about_struck_text() -> None:
    said = bring("page.html", STRUCK, "--strict")

    assert said.code == 1
    assert said.err.startswith("page.html: SP621 The source has text that is struck out, and nobody said")
    assert "“30”" in said.err
    assert not Path("content").exists()


@pytest.mark.parametrize(("choice", "text"), [("drop", "We collect 90 names."), ("keep", "We collect 30 90 names.")])
def test_a_person_says_what_becomes_of_struck_text(choice: str, text: str) -> None:
    said = bring("page.html", STRUCK, "--strict", "--struck", choice)

    assert (said.code, "?" in said.out.partition("Next:")[0].replace("question", "")) == (0, False) or choice == "drop"
    assert text in stored()


def test_many_unexplained_words_are_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = tuple(f"unexplained{number}" for number in range(400))
    file = Path(f"content/privacy/sources/{DAY}.unexplained.txt")
    with monkeypatch.context() as patch:
        patch.setattr(sources, "missing_from_text", lambda *_: lost)
        said = bring("page.txt", TEXT)

        assert said.code == 0
        told = said.out.partition("left out:\n")[2].partition("\n\nNext")[0].split("\n")
        assert len(told) == 21
        assert told[-1].endswith(f"more; all of them are in content/privacy/sources/{DAY}.unexplained.txt.")
        assert file.read_text(encoding="utf-8").split()[-400:] == list(lost)
        strict = run("page.txt", "--policy", "privacy", "--version", DAY, "--strict", "--replace")
        assert strict.err.count("\n") < 30

    policy()
    assert bring("page.txt", TEXT, "--replace").code == 0
    assert not file.exists()


def test_a_page_in_a_frame_that_was_saved_with_it_is_read() -> None:
    Path("page_files").mkdir()
    Path("page_files/policy.html").write_text(PAGE, encoding="utf-8")
    said = bring("page.html", "<title>Privacy</title><p>See below.</p><iframe src=page_files/policy.html></iframe>")

    assert said.code == 0
    assert ids()[1:] == IDS[1:] or ids() == IDS
    assert "We collect your address." in stored()


def test_a_page_in_a_frame_elsewhere_is_asked_for() -> None:
    said = bring("page.html", "<title>Privacy</title><p>See below.</p><iframe src=https://p.example/policy></iframe>")

    assert said.code == 1
    assert "SP606" in said.err
    assert "https://p.example/policy" in said.err
