"""Packages that tests of importing need beside the register's own."""

import importlib
import os
from types import ModuleType

import pytest


def needed(module: str, package: str) -> ModuleType:
    """A module of another package; without it the tests are skipped aloud, or fail where tools are required."""
    try:
        return importlib.import_module(module)
    except ImportError:
        message = f"the package {package} is not here: pip install {package}"
        if os.environ.get("REGISTER_REQUIRE_TOOLS") == "1":
            pytest.fail(message, pytrace=False)
        pytest.skip(message, allow_module_level=True)
