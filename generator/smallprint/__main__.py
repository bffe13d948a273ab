"""Runs the command line as `python -m smallprint`."""

import sys

from smallprint.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
