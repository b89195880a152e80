"""What knows MkDocs, and what does not: the register must outlive it."""

import pkgutil
import subprocess
import sys

import pytest

import hipss_register

EDGES = ("hipss_register.plugin", "hipss_register.mkdocs_site", "hipss_register.cli")
BEFORE_PAGES = tuple(f"hipss_register.{name}" for name in ("model", "read", "register", "linking", "history", "checks"))

ALL = [module.name for module in pkgutil.walk_packages(hipss_register.__path__, "hipss_register.")]

IMPORT = """
import importlib, sys
for name in {refused}:
    sys.modules[name] = None
for name in {modules}:
    importlib.import_module(name)
"""


def within(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


@pytest.mark.parametrize(
    ("modules", "refused"),
    [
        pytest.param([m for m in ALL if not within(m, EDGES)], ["mkdocs", "material", "properdocs"], id="the register"),
        pytest.param([m for m in ALL if within(m, BEFORE_PAGES)], ["mkdocs", "jinja2", "markdown"], id="the core"),
    ],
)
def test_is_imported_without(modules: list[str], refused: list[str]) -> None:
    code = IMPORT.format(refused=refused, modules=[m for m in modules if not m.endswith("__main__")])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.stderr
    assert len(modules) > 20
