"""Every word on a page of an Arabic policy is in its own language: ours in English, those of the policy in Arabic."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from serving import serve

from smallprint.comparing import compare
from smallprint.presenting.standalone import comparison_page
from smallprint.reading.version import read_plain
from smallprint.site.run import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from serving import Served
    from watching import Visitor

_SETTINGS = """\
site_name: {name}
site_url: https://law.example/
docs_dir: content
theme:
  name: smallprint
  locale: {locale}
plugins:
  - search
  - smallprint:
      as_of: 2024-06-01
"""
_POLICY = "title: سياسة الخصوصية\npublisher: شركة المثال\nlanguage: ar\n"
_HEAD = """\
---
title: {title}
effective: {day}
published: {published}
---

# سياسة الخصوصية {{#policy}}

نحن نحافظ على خصوصيتك.

"""
_LETTERS = "بتثجحخدذرزس"
_FIXED = "".join(
    f"## بند {letter} {{#fixed-{number}}}\n\nليس هنا شيء {letter}.\n\n" for number, letter in enumerate(_LETTERS)
)
_OLD = (
    _HEAD.format(title="سياسة", day="2021-03-01", published="2021-03-01")
    + """\
## البيانات {#data}

نجمع اسمك وعنوانك عند التسجيل في الخدمة. اقرأ [المزيد هنا](https://old.example/).

| النوع | المدة |
| --- | --- |
| الاسم | سنة واحدة |
| العنوان | سنتان |

1. الأول
2. الثاني

## الجمع {#collection}

نجمع ما تكتبه في النماذج.

وقد نسأل شركاءنا عنك أيضًا مرة في كل سنة.

### الاستطلاع {#survey}

نسألك مرة في السنة عما تحب من خدماتنا.

## التخزين {#storage}

نخزن البيانات في مكان آمن ولا نخرجها منه.

نحذفها عندما تطلب ذلك منا كتابة.

"""
    + _FIXED
    + """\
## الاتصال {#contact}

اكتب إلينا في أي وقت تريد.
"""
)
_NEW = (
    _HEAD.format(title="سياسة الخصوصية", day="2023-03-01", published="2023-02-01")
    + """\
## الاتصال {#contact}

اكتب إلينا في أي وقت تريد.

## البيانات {#data}

نجمع اسمك **وعنوانك** ورقم هاتفك عند التسجيل في الخدمة. اقرأ [المزيد هنا](https://new.example/).

| النوع | المدة |
| --- | --- |
| الاسم | سنة واحدة |
| العنوان | ثلاث سنوات |
| الهاتف | سنة واحدة |

- الأول
- الثاني

## الجمع {#collection was="survey"}

وقد نسأل شركاءنا عنك أيضًا مرة في كل سنة.

نجمع ما تكتبه في النماذج.

نسألك مرة في السنة عما تحب من خدماتنا.

## التخزين {#storage}

نخزن البيانات في مكان آمن ولا نخرجها منه.

## الحذف {#deletion was="storage"}

نحذفها عندما تطلب ذلك منا كتابة.

"""
    + _FIXED.replace("ليس هنا شيء ب", "ليس هناك شيء ب")
)
_NEXT = (
    re.sub(' was="[^"]*"', "", _NEW)
    .replace("2023-03-01", "2025-01-01")
    .replace("2023-02-01", "2024-05-01")
    .replace("هناك", "هنالك")
)
_ENGLISH = "---\neffective: 2022-01-01\npublished: 2022-01-01\n---\n\n# Terms {#terms}\n\nWe sell anvils.\n"

# What is read out, with the language that a screen reader takes for it.
_WORDS = """() => {
    const found = [];
    const note = (element, text) => {
        text = text.replace(/https?:\\S+/g, "");
        if (!text.trim() || element.closest("script, style")) return;
        found.push([element.closest("[lang]").lang.split("-")[0], text.trim(), element.outerHTML.slice(0, 160)]);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) note(walker.currentNode.parentElement, walker.currentNode.data);
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-all", "data-some"])
        for (const element of document.body.querySelectorAll(`[${name}]`)) note(element, element.getAttribute(name));
    return found;
}"""
_WITHOUT_SENTENCES = """() => {
    for (const sentence of document.querySelectorAll(".for-readers, .reason, .meanings .what")) sentence.remove();
}"""
_ARABIC = range(0x600, 0x700)


def _write(folder: Path, locale: str) -> Path:
    """Write a project of an Arabic policy and an English one, on a site in either language."""
    name = "قانون" if locale == "ar" else "Law"
    texts = {"privacy/2021-03-01": _OLD, "privacy/2023-03-01": _NEW, "privacy/2025-01-01": _NEXT}
    content = folder / "content"
    (content / "privacy").mkdir(parents=True)
    (content / "terms").mkdir()
    (folder / "mkdocs.yml").write_text(_SETTINGS.format(name=name, locale=locale), "utf-8")
    (content / "index.md").write_text(f"# {name}\n", "utf-8")
    (content / "privacy" / "policy.yml").write_text(_POLICY, "utf-8")
    (content / "terms" / "policy.yml").write_text("title: Terms\npublisher: Acme\n", "utf-8")
    (content / "terms" / "2022-01-01.md").write_text(_ENGLISH, "utf-8")
    for path, text in texts.items():
        (content / f"{path}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module", params=["en", "ar"])
def arabic(
    request: pytest.FixtureRequest,
    browser: Browser,  # noqa: ARG001 - nothing to serve without a browser
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """Serve an Arabic policy on a site in English, and on one in Arabic."""
    folder = _write(tmp_path_factory.mktemp(request.param), request.param)
    build_site(str(folder / "mkdocs.yml"), say=print)
    with serve(folder / "site") as served:
        yield served


def _in_another(words: list[list[str]]) -> list[str]:
    """Return the words that are in another language than they are said to be."""
    return [
        f"{language}: {text} in {where}"
        for language, text, where in words
        if (language == "en" and any(ord(letter) in _ARABIC for letter in text))
        or (language == "ar" and any(letter.isascii() and letter.isalpha() for letter in text))
    ]


def test_every_page(arabic: Served, visitor: Visitor) -> None:
    """No English word is said to be Arabic and no Arabic one English, in text, names and labels, on any page."""
    page = visitor.open()
    found, said = [], set()
    for path in (*arabic.paths, "/404.html", "/search.html"):
        page.goto(arabic.url + path)
        words = page.evaluate(_WORDS)
        said |= {text for language, text, _ in words if language == "en"}
        found += [f"{path}: {fault}" for fault in _in_another(words)]

    assert found == []
    # There was something to mark: what is said within the text, remarks of form among it, and round it.
    assert any(text.startswith("(") for text in said)
    assert {"[removed:", "[added:", "Contents", "This policy", "Skip to the text", "Table"} <= said
    assert {"Link to this clause", "Moved here from after", "Clauses of earlier versions"} <= said


def test_one_file(visitor: Visitor, tmp_path: Path) -> None:
    """Nor in a comparison in one file."""
    folder = _write(tmp_path, "en") / "content" / "privacy"
    plain = (read_plain(folder / f"{name}.md") for name in ("2021-03-01", "2023-03-01"))
    old, new = (dataclasses.replace(version, language="ar") for version in plain)
    path = tmp_path / "comparison.html"
    path.write_text(comparison_page(compare(old, new)), "utf-8")
    words = visitor.open(path.as_uri()).evaluate(_WORDS)

    assert {language for language, _, _ in words} == {"ar", "en"}
    assert _in_another(words) == []


@pytest.mark.parametrize("name", ["special", "judged", "preview"])
def test_verdicts(name: str, request: pytest.FixtureRequest, visitor: Visitor) -> None:
    """Nor where people decided on changes, whose sentences are in the language of the policy."""
    served: Served = request.getfixturevalue(name)
    page = visitor.open()
    for path in ("changes/2021-03-01/2023-03-01/", "history/", ""):
        page.goto(f"{served.url}/diwan/{path}")
        page.evaluate(_WITHOUT_SENTENCES)
        words = [[language, text.replace("Diwan", ""), where] for language, text, where in page.evaluate(_WORDS)]

        assert _in_another(words) == [], path


def test_titles_begin_where_the_page_does(arabic: Served, visitor: Visitor) -> None:
    """On the right, though our own words are round them."""
    page = visitor.open()
    for path in ("", "history/", "changes/2021-03-01/2023-03-01/"):
        page.goto(f"{arabic.url}/privacy/{path}")
        edges = page.evaluate("""() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector("h1"));
            const parent = document.querySelector(".opening").getBoundingClientRect();
            return [range.getBoundingClientRect().right, parent.right];
        }""")

        assert abs(edges[0] - edges[1]) < 2, path
