"""`smallprint notice send` and `resume`: the mail itself."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from smallprint.cli.notice_options import notices_option, planned, transport_named, via_option
from smallprint.cli.options import as_of_option, config_option
from smallprint.notifying.numbers import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from types import FrameType

    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.limits import Limits
    from smallprint.notifying.plan import Plan
    from smallprint.notifying.sending import Sending
    from smallprint.notifying.workers import Workers

INTERRUPTED = 130
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _sending_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `send` and `resume` share."""
    options = (
        via_option,
        click.option("--connections", type=click.IntRange(1, 64), default=1, show_default=True, help="At once."),
        click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="That share them."),
        click.option(
            "--rate", type=click.FloatRange(0), default=20.0, show_default=True, help="Messages a second; 0: no limit."
        ),
        click.option(
            "--wait", default="0s", show_default=True, help="How long to stay for those who are deferred: 2h."
        ),
        click.option("--untested", is_flag=True, help="Send although no sample was accepted yet."),
        notices_option,
        config_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("policy")
@click.argument("version")
@click.option(
    "--confirm", type=int, metavar="NUMBER", help="How many are written to, in place of typing it when asked."
)
@as_of_option
@_sending_options
@click.pass_context
def send(
    context: click.Context, /, policy: str, version: str, *, confirm: int | None, as_of: str | None, **options: Any
) -> None:
    """Send a planned notice to everyone, each message to one recipient.

    You are asked to type how many people it goes to. Ctrl-C lets messages on their way come to their end; whatever
    happens, `smallprint notice resume` goes on and writes to nobody twice.
    """
    from smallprint.reading.day import day_asked

    folder, plan = planned(options["notices"], policy, version)
    _check(folder, plan, options, day_asked(as_of), is_resumed=False)
    number = plan.recipients.planned
    said = str(confirm)
    if confirm is None:
        click.echo(f"{plan.title} {plan.version}, to {counted(number, 'recipient', 'recipients')} by email.")
        said = str(click.prompt("Type that number to send, anything else not to"))
    if said.strip().replace(",", "") != str(number):
        from smallprint.errors import UsageError

        told = counted(number, "recipient", "recipients")
        raise UsageError(f"The notice goes to {told}, and {said!r} was said. Nothing was sent.")
    _run(context, folder, plan, options)


@click.command()
@click.argument("policy")
@click.argument("version")
@click.option("--resend-unknown", is_flag=True, help="Also send again to those who may have the message already.")
@_sending_options
@click.pass_context
def resume(context: click.Context, /, policy: str, version: str, *, resend_unknown: bool, **options: Any) -> None:
    """Go on with a notice whose sending has begun, after a crash, an interruption, or when deferred ones are due.

    Nobody who may have the message is written to again, unless you say so with --resend-unknown.
    """
    from smallprint.reading.day import day_asked

    folder, plan = planned(options["notices"], policy, version)
    _check(folder, plan, options, day_asked(), is_resumed=True)
    _run(context, folder, plan, options, resend_unknown=resend_unknown)


def _check(folder: NoticeFolder, plan: Plan, options: dict[str, Any], day: dt.date, *, is_resumed: bool) -> None:
    """Refuse what may not be sent on a day."""
    from smallprint.cli.lookup import find_policy
    from smallprint.notifying.campaign import check_overview, check_plan, check_recipients
    from smallprint.notifying.overview import look
    from smallprint.reading.tree import read_tree, shown_folder
    from smallprint.site.run import place_of_site

    overview = look(folder, plan)
    check_overview(overview, is_resumed=is_resumed, is_untested=options["untested"])
    content = place_of_site(options["config_file"]).content
    policy = find_policy(read_tree(content).policies, plan.policy, shown_folder(content))
    # Who began in time may come to the end of it.
    check_plan(plan, policy, plan.made if overview.begun else day)
    check_recipients(plan)


def _run(
    context: click.Context, folder: NoticeFolder, plan: Plan, options: dict[str, Any], *, resend_unknown: bool = False
) -> None:
    from smallprint.notifying.campaign import sending

    transport = transport_named(options["via"])
    limits = _limits(options)
    with sending(folder, plan, transport, limits, resend_unknown=resend_unknown, processes=options["processes"]) as run:
        click.echo(f"Sending by {transport.described}.", err=True)
        with _interrupted_gently(run):
            run.run(_Progress(folder, plan, run).tell)
    code = _tell_end(folder, plan, run)
    if code:
        context.exit(code)


def _limits(options: dict[str, Any]) -> Limits:
    from smallprint.notifying.limits import Limits

    return Limits(connections=options["connections"], per_second=options["rate"], stay=_seconds(options["wait"]))


def _seconds(text: str) -> float:
    """Return how long `90s`, `15m`, `2h` or `5d` is."""
    from smallprint.errors import UsageError

    number, unit = text[:-1], text[-1:]
    if not number.isdecimal() or unit not in _UNITS:
        raise UsageError(f"--wait is {text!r}. Write a number and a unit, such as 90s, 15m, 2h or 5d.")
    return int(number) * _UNITS[unit]


@contextmanager
def _interrupted_gently(run: Sending | Workers) -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM end the sending in order, and the second at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        if run.is_stopped:
            os._exit(INTERRUPTED)
        run.stop("interrupted")
        sys.stderr.write("Stopping: messages on their way come to their end. Once more ends it at once.\n")

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class _Progress:
    """Tells now and then how far it has come: no addresses."""

    def __init__(self, folder: NoticeFolder, plan: Plan, run: Sending | Workers) -> None:
        self._folder, self._plan, self._run = folder, plan, run
        self._left: int | None = None
        self._began = self._told = time.monotonic()

    def tell(self) -> None:
        from smallprint.notifying.overview import look

        now = time.monotonic()
        # Often at first, then ever less often, at least once a minute.
        if now - self._told >= min(60.0, max(2.0, (now - self._began) / 20)):
            left = look(self._folder, self._plan).left
            done = "" if self._left is None else f", {(self._left - left) / (now - self._told):,.0f} a second"
            waiting = f" No connection yet: {self._run.waiting}" if self._run.waiting else ""
            click.echo(f"{left:,} left{done}.{waiting}", err=True)
            self._told, self._left = now, left


def _tell_end(folder: NoticeFolder, plan: Plan, run: Sending | Workers) -> int:
    """Say what came of it and what to do next; return the exit code."""
    from smallprint.cli.notice_status import format_overview
    from smallprint.notifying.overview import look
    from smallprint.notifying.state import State

    overview = look(folder, plan)
    click.echo(format_overview(plan, overview))
    if run.reason:
        click.echo(f"Stopped: {run.reason.rstrip('.')}.", err=True)
        command = f"smallprint notice resume {plan.policy} {plan.version}"
        click.echo(f"Everyone's state is written down. To go on, once nothing is in the way: {command}", err=True)
    if unknown := overview.states[State.UNKNOWN]:
        command = f"smallprint notice status {plan.policy} {plan.version} --list unknown"
        click.echo(
            f"{counted(unknown, 'recipient', 'recipients')} may have the message, and nobody can tell; nobody is "
            f"written to twice unless you say so. See who: {command}",
            err=True,
        )
    if run.reason == "interrupted":
        return INTERRUPTED
    if run.reason or overview.left:
        return 1
    click.echo(f"Next: smallprint notice report {plan.policy} {plan.version}")
    return 0
