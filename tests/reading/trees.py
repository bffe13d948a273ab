"""Content folders written down as text, for tests.

`=== privacy/2020-02-10.md` begins a file, `=== privacy/a.md -> b.md` is a link. `\\u{202E}` stands for a character and
`\\x{93}` for a byte. A text without such a line is the text of privacy/2020-02-10.md. Each policy folder without a
policy.yml of its own gets one, unless the text holds a line `=== no policy.yml`.
"""

import re
from pathlib import Path

from smallprint.errors import ContentError, Fault
from smallprint.reading.tree import read_tree

DEFAULT = "privacy/2020-02-10.md"
_MARK = re.compile(r"^=== (.+)\n?", re.MULTILINE)
_ESCAPE = re.compile(rb"\\([ux])\{([0-9A-F]+)\}")


def write_tree(root: Path, text: str) -> Path:
    """Write the files that `text` tells of below `root`/content; return that folder."""
    content = root / "content"
    content.mkdir()
    if not text.startswith("==="):
        text = f"=== {DEFAULT}\n{text}"
    _, *parts = _MARK.split(text)
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    needs_policy = files.pop("no policy.yml", None) is None
    for name, inside in files.items():
        name, _, target = name.partition(" -> ")  # noqa: PLW2901
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if target:
            path.symlink_to(target)
        elif not name.endswith("/"):
            path.write_bytes(unescape(inside))
        else:
            path.mkdir(exist_ok=True)
    for folder in sorted(content.iterdir()):
        if needs_policy and folder.is_dir() and not any(folder.glob("*olicy.y*ml")):
            (folder / "policy.yml").write_text("title: Privacy Policy\n")
    return content


def unescape(text: str) -> bytes:
    """Return text as bytes, with what the escapes in it stand for."""
    return _ESCAPE.sub(_escaped, text.encode())


def _escaped(match: re.Match[bytes]) -> bytes:
    number = int(match[2], 16)
    return chr(number).encode("utf-8", "surrogatepass") if match[1] == b"u" else bytes([number])


def faults_of(content: Path) -> tuple[Fault, ...]:
    """Return all faults of a content folder."""
    try:
        return read_tree(content).faults
    except ContentError as error:
        return error.faults
