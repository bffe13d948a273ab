"""`smallprint notice status`: how a notice stands."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from smallprint.cli.notice_options import notices_option, planned

if TYPE_CHECKING:
    from pathlib import Path

    from smallprint.notifying.folder import NoticeFolder
    from smallprint.notifying.overview import Overview
    from smallprint.notifying.plan import Plan

_STATES = ("planned", "claimed", "sending", "accepted", "deferred", "failed", "unknown", "suppressed")


@click.command()
@click.argument("policy")
@click.argument("version")
@click.option("-w", "--watch", is_flag=True, help="Tell it again and again while someone sends.")
@click.option(
    "--every", type=click.FloatRange(0.1), default=2.0, show_default=True, help="Seconds between, to --watch."
)
@click.option("--list", "listed", type=click.Choice(_STATES), help="List those in a state: line, address, reason.")
@notices_option
def status(policy: str, version: str, *, watch: bool, every: float, listed: str | None, notices: Path) -> None:
    """Tell how many recipients are in each state; the states add up to the plan.

    The addresses of those in one state are shown only where you ask for them with --list, as CSV.
    """
    from smallprint.notifying.overview import look

    folder, plan = planned(notices, policy, version)
    if listed:
        _list(folder, listed)
        return
    overview = look(folder, plan)
    click.echo(format_overview(plan, overview))
    before, since = overview, time.monotonic()
    while watch and overview.is_sending:
        time.sleep(every)
        overview, now = look(folder, plan), time.monotonic()
        click.echo(f"\n{format_overview(plan, overview)}\n{_speed(before, overview, now - since)}")
        before, since = overview, now


def format_overview(plan: Plan, overview: Overview) -> str:
    """Return how a notice stands, a line a state."""
    title = f"{plan.policy} {plan.version}, notice {plan.notice[:12]}"
    rows = [(state, number) for state, number in overview.states.items() if number]
    width = len(f"{overview.total:,}")
    lines = [title, *(f"  {number:>{width},}  {state}" for state, number in rows)]
    lines.append(f"  {overview.total:>{width},}  in all, as planned")
    lines.append(_doing(overview))
    return "\n".join(lines)


def _doing(overview: Overview) -> str:
    from smallprint.notifying.state import State

    if overview.is_purged:
        return "Addresses and names were taken out; the counts stay."
    if overview.is_sending:
        return "Someone is sending now."
    if overview.states[State.SENDING] or overview.states[State.CLAIMED]:
        return "A sender ended before its time. `smallprint notice resume` puts that right and goes on."
    if overview.next_due is not None and not overview.states[State.PLANNED]:
        due = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(overview.next_due))
        return f"The next one who was deferred can be tried again at {due}, with `smallprint notice resume`."
    return "Nobody is sending." if overview.left else "Nobody is left to be sent to."


def _speed(before: Overview, now: Overview, seconds: float) -> str:
    rate = (before.left - now.left) / seconds
    if rate <= 0 or not now.left:
        return ""
    left = int(now.left / rate)
    return f"{rate:,.0f} a second; at that rate {left // 3600}:{left // 60 % 60:02}:{left % 60:02} hours are left."


def _list(folder: NoticeFolder, listed: str) -> None:
    import csv
    import sys

    from smallprint.notifying.overview import list_state
    from smallprint.notifying.state import State

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("line", "email", "reason"))
    for one in list_state(folder, State(listed)):
        # A cell that a spreadsheet would take for a formula is none.
        address = f"'{one.address}" if one.address[:1] in {"=", "+", "-", "@"} else one.address
        out.writerow((one.line, address, one.code))
