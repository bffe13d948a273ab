"""Each rule that comes with smallprint does on its own examples what it says.

An example is run as two small versions: a frame of ordinary sentences, with the old sentence and with the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from frame import framed
from plain import version
from smallprint.assessing import assess, assessing_rules
from smallprint.assessing.assess import hear
from smallprint.assessing.rules import load_rules
from smallprint.comparing import compare
from smallprint.judgement import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from smallprint.assessing.rule import Example, Rule
    from smallprint.judgement import Finding
    from smallprint.model import Comparison
