"""Where the templates are: at the top of a checkout, or inside the installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def themes_dir() -> Path:
    """Return the folder that holds `bodies` and the MkDocs theme `smallprint`.

    Raises:
        FileNotFoundError: The installation is broken: neither place has it.
    """
    package = Path(__file__).resolve().parent.parent
    places = (package / "themes", package.parent.parent / "themes")
    for place in places:
        if (place / "bodies").is_dir():
            return place
    raise FileNotFoundError(f"The templates are in neither {places[0]} nor {places[1]}. Install smallprint again.")
