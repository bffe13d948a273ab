"""`smallprint serve`."""

from __future__ import annotations

import click

from smallprint.cli.options import config_option


@click.command()
@config_option
@click.option("-a", "--address", metavar="HOST:PORT", help="Where to serve, if not at 127.0.0.1:8000.")
@click.option("--as-of", metavar="DAY", help="Show the site as it is to be read on this day, such as 2020-02-10.")
@click.option(
    "--preview/--no-preview",
    default=None,
    help="Whether to show what the rules propose and no person has decided; done unless the configuration says no.",
)
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
def serve(
    config_file: str, address: str | None, as_of: str | None, preview: bool | None, open_in_browser: bool
) -> None:
    """Show the site on this machine and rebuild it at every change.

    Faults in the content are shown here; the last good build stays up until they are mended. End it with Ctrl-C.
    """
    from smallprint.site.run import serve_site

    serve_site(
        config_file,
        as_of=as_of,
        preview=preview,
        address=address,
        open_in_browser=open_in_browser,
        say=lambda text: click.echo(text, err=True),
    )
