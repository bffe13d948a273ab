"""Templates only place what views hold."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import TYPE_CHECKING

import jinja2
import pytest

from smallprint.presenting import judging_views, views
from smallprint.presenting.dates import date_in_words, text_direction
from smallprint.presenting.judging_wording import JudgingWording
from smallprint.presenting.templates import as_html, fill_template, sentence
from smallprint.presenting.themes import themes_dir
from smallprint.presenting.wording import ENGLISH, Wording, wording_for

if TYPE_CHECKING:
    from pathlib import Path

BODIES = sorted((themes_dir() / "bodies").rglob("*.html"))


def test_views_are_frozen() -> None:
    """A template cannot change what it is given."""
    kinds = [
        value
        for module in (views, judging_views)
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]

    assert kinds
    for kind in kinds:
        assert dataclasses.is_dataclass(kind)
        assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.name)
def test_templates_hold_no_words_and_no_filters(path: Path) -> None:
    """Words come from `Wording`, HTML is declared in Python alone."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert "|" not in text
    outside = re.sub(r"<[^>]*>|[a-z]+=\"[^\"]*\"", " ", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text))
    assert not re.findall(r"[A-Za-z]{2,}", outside)


def test_every_word_is_used_or_shown() -> None:
    """No field of `Wording` is left over."""
    code = "".join(path.read_text(encoding="utf-8") for path in BODIES)
    package = themes_dir().parent / "generator" / "smallprint" / "presenting"
    code += "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py") if path.name != "wording.py")
    names = {field.name for field in dataclasses.fields(Wording)} - {"open_quote", "close_quote"}
    names -= {"comma", "last_comma", "language"}

    assert {name for name in names if not re.search(rf"(?:say|wording)\.{name}\b", code)} == set()
    judging = {field.name for field in dataclasses.fields(JudgingWording)}
    assert {name for name in judging if not re.search(rf"(?:say|judging|told)\.{name}\b", code)} == set()


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        fill_template("history.html", say=ENGLISH)


def test_text_is_escaped_and_html_is_not() -> None:
    assert sentence("{a} < {b}", a="<i>", b=as_html("<b>x</b>")) == "&lt;i&gt; &lt; <b>x</b>"


def test_unknown_languages_fall_back() -> None:
    day = date(2020, 2, 10)

    assert date_in_words(day, "en") == "10 February 2020"
    assert date_in_words(day, "en-US") == "February 10, 2020"
    assert date_in_words(day, "de-AT") == "10. Februar 2020"
    assert date_in_words(day, "qaa") == "10 February 2020"
    assert [text_direction(language) for language in ("ar", "he-IL", "en", "qaa")] == ["rtl", "rtl", "ltr", "ltr"]
    assert wording_for("qaa") is ENGLISH
