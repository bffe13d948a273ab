"""The command `smallprint`: finds the command asked for, and tells people what went wrong.

Exit codes: 0 done, 1 not done and the message says why (a command may mean by it that it found something), 2 called
wrongly, 3 a bug in smallprint.
"""

from __future__ import annotations

import errno
import keyword
import os
import platform
import sys
import traceback
from typing import TYPE_CHECKING

import click

from smallprint.cli.lazy import LazyGroup, Place
from smallprint.errors import ContentError, SmallprintError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED, MISUSED, BUG, INTERRUPTED = 1, 2, 3, 130
DEBUG_VARIABLE = "SMALLPRINT_DEBUG"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says of a disk with no room left."""

COMMANDS = {
    "build": "Build the site and put it in place.",
    "check": "Check the policies in the folder CONTENT without building the site.",
    "diff": "Show what differs between two versions.",
    "explain": "Tell what the CODE of a fault or a RULE of the assessment means.",
    "import": "Make a version of a policy from a web page, plain text, Markdown or a Word file.",
    "import-history": "Make a policy of all versions of a file in a git repository.",
    "notice": "Tell users of a version that materially reduces their rights, by email.",
    "release": "Write down what each public version says, so that no later edit goes unseen.",
    "review": "Write or complete the review of a version, and tell what is open in it.",
    "serve": "Show the site on this machine and rebuild it at every change.",
}
"""Each command, which is a module of this package and an object in it, with its help."""


def _module_of(command: str) -> str:
    """Return the module of a command, and the object in it: names that Python keeps for itself end in `_`."""
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


_PLACES = {name: Place(_module_of(name), _module_of(name), told) for name, told in sorted(COMMANDS.items())}


@click.group(cls=LazyGroup, places=_PLACES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="smallprint", prog_name="smallprint")
def cli() -> None:
    """Publish policies kept in git as a static site, with a redline for every change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        result = cli.main(args=arguments, prog_name="smallprint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SmallprintError as error:
        click.echo(_explained(error), err=True)
        return MISUSED if isinstance(error, UsageError) else FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough. Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last place that can tell a person what to do
        is_full = isinstance(error, OSError) and error.errno in _FULL
        click.echo(_full(error) if is_full else _bug(error), err=True)
        return FAILED if is_full else BUG
    return result if isinstance(result, int) else 0


def _explained(error: SmallprintError) -> str:
    if not isinstance(error, ContentError):
        return f"Error: {error}"
    from smallprint.site.report import explain

    return explain(error)


def _full(error: Exception) -> str:
    return f"Error: What there was to say could not be written, for want of room: {error}. Make some, and run it again."


def _bug(error: Exception) -> str:
    if os.environ.get(DEBUG_VARIABLE):
        return "".join(traceback.format_exception(error)).rstrip()
    return (
        f"This is a bug in smallprint: {type(error).__name__}: {error}\n"
        f"Run the command again with {DEBUG_VARIABLE}=1 in the environment, and report what it prints together with\n"
        f"the output of `smallprint --version`, the version of Python ({platform.python_version()}) and, if you may\n"
        "share it, the file it was about."
    )
