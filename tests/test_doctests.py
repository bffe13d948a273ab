"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import smallprint

MODULES = sorted(module.name for module in pkgutil.walk_packages(smallprint.__path__, "smallprint."))


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_examples_in_docstrings(name: str) -> None:
    """Each example gives what it says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0
