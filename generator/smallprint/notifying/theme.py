"""The templates and words of notices: those of the theme, and above them those of a team's own folder."""

from __future__ import annotations

import hashlib
import textwrap
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import css_inline
import jinja2

from smallprint.errors import NoticeError
from smallprint.notifying.words import read_words
from smallprint.presenting.themes import themes_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smallprint.notifying.words import Words

_COLUMNS: Final = 78
_WORDS: Final = "words"
_RTL_MARK: Final = "\u200f"
_SUFFIXES: Final = (".html", ".txt", ".yml")
_INLINER: Final = css_inline.CSSInliner(
    inline_style_tags=True,
    keep_style_tags=False,
    keep_link_tags=False,
    # What is said for dark screens and narrow ones cannot stand in an element.
    keep_at_rules=True,
    load_remote_stylesheets=False,
)


class NoticeTheme:
    """Where a notice takes its templates and words from."""

    def __init__(self, templates: Path | None = None) -> None:
        """Look at the folders.

        Args:
            templates: a folder whose files take the place of ours of the same name, `words/fr.yml` too.

        Raises:
            NoticeError: It is no folder.
        """
        if templates is not None and not templates.is_dir():
            raise NoticeError(f"There is no folder {templates}. Name the folder with your templates of notices.")
        self._folders = [*([templates] if templates else []), themes_dir() / "notice"]
        self._environments = {is_html: _environment(self._folders, is_html=is_html) for is_html in (False, True)}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words for, sorted."""
        return tuple(sorted(Path(name).stem for name in self._files() if name.startswith(f"{_WORDS}/")))

    def words(self, language: str) -> Words:
        """Return the words of one of them.

        Raises:
            NoticeError: There are none, or the file is not what it has to be.
        """
        path = self._files().get(f"{_WORDS}/{language}.yml")
        if path is None:
            raise NoticeError(
                f"There are no words for notices in `{language}`; there are for {', '.join(self.languages)}. "
                f"Write words/{language}.yml into the folder of your templates."
            )
        return read_words(_text_of(path), language, str(path))

    def digest(self) -> str:
        """Return the SHA-256 of all files that messages and banners can be made from, as hexadecimal digits."""
        whole = hashlib.sha256()
        for name, path in sorted(self._files().items()):
            whole.update(f"{name}\0{hashlib.sha256(_bytes_of(path)).hexdigest()}\n".encode())
        return whole.hexdigest()

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Return a template with its values placed; in HTML all text is escaped.

        Raises:
            NoticeError: It is missing or has a mistake in it.
        """
        try:
            return self._environments[name.endswith(".html")].get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise NoticeError(f"{error.filename or name}:{error.lineno}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            raise NoticeError(f"The template `{name}` asks for `{error.name}`, which is not there.") from error
        except jinja2.TemplateError as error:
            raise NoticeError(
                f"The template `{name}` cannot be filled: {error.message}. What it may use is in docs/notices.md."
            ) from error
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise NoticeError(f"The template `{name}` cannot be filled: {error}.") from error

    def _files(self) -> dict[str, Path]:
        """Return what is used, by its name below the folder."""
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            for path in folder.rglob("*"):
                if path.suffix in _SUFFIXES and path.is_file():
                    found[path.relative_to(folder).as_posix()] = path
        return found


def styles_inlined(html: str) -> str:
    """Return a page with its styles moved into its elements, but for those below `@media`; loads nothing.

    Raises:
        NoticeError: A style sheet has a mistake in it.
    """
    try:
        return _INLINER.inline(html)
    except css_inline.InlineError as error:
        raise NoticeError(f"The styles of the template `message.html` cannot be read: {error}.") from error


def _environment(folders: list[Path], *, is_html: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=is_html,  # noqa: S701 - escaped text would be wrong in the plain text part
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {"wrap": _wrapped, "underlined": _underlined}
    return environment


def _wrapped(text: object, first: str = "", indent: str = "") -> str:
    """Break a text into lines of at most 78 columns, at spaces only: an address stays whole.

    Text from right to left stays on one line: the words of another script in it would turn a line that begins with
    them.
    """
    source = str(text)
    if _is_rtl(source):
        return f"{first or indent}{source}"
    lines = textwrap.wrap(
        source,
        _COLUMNS,
        initial_indent=first or indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _underlined(text: object) -> str:
    """Set a line below a heading, as long as it looks and on the same side."""
    title = str(text)
    length = sum(unicodedata.category(char) not in {"Mn", "Me", "Cf"} for char in title)
    return f"{title}\n{_RTL_MARK if _is_rtl(title) else ''}{'-' * min(length, _COLUMNS)}"


def _is_rtl(text: str) -> bool:
    """Return whether a text runs from right to left, by its first letter, as mail programs do."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def _text_of(path: Path) -> str:
    try:
        return _bytes_of(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NoticeError(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoticeError(f"{path} cannot be read: {error.strerror}.") from error
