"""`smallprint explain`."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Tell what the CODE of a fault means, why it matters, and what wrong and right look like.

    Without a CODE, list them all.
    """
    from smallprint.errors import UsageError
    from smallprint.reading.explain import explain_code, find_code, list_codes, nearest_code

    if code is None:
        click.echo(list_codes())
        return
    found = find_code(code)
    if found is None:
        near = nearest_code(code)
        hint = f" Did you mean {near.code} ({near.title})?" if near else ""
        raise UsageError(f"There is no code “{code}”.{hint}\n\n{list_codes()}")
    click.echo(explain_code(found))
