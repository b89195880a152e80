"""Where a site keeps what its builds made, and what that depends on beside the records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from hipss_register.checks import CheckSettings
from hipss_register.keeping.kept import Kept
from hipss_register.keeping.made_by import digest, digest_of_files, made_by
from hipss_register.keeping.reads import Fingerprints
from hipss_register.quick.forms import KeptForms
from hipss_register.quick.kept_checking import KeptChecking
from hipss_register.quick.store import Store
from hipss_register.settings import Settings

FOLDER = Path(".cache", "hipss-register")
"""Beside ``mkdocs.yml``; whoever builds in a fresh machine each time may carry it from one build to the next."""


def folder_of(config: MkDocsConfig) -> Path:
    """The folder in which a site's builds keep what they made."""
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    return root / FOLDER


def kept_checking(config: MkDocsConfig) -> KeptChecking:
    """Asks the checks only what an earlier build did not ask of just the same."""
    return KeptChecking(Store(folder_of(config) / "checks.sqlite"))


def kept_forms(config: MkDocsConfig) -> KeptForms:
    """What an earlier build read the decision files as."""
    return KeptForms(Store(folder_of(config) / "records.sqlite"))


def open_kept(
    config: MkDocsConfig, settings: Settings, overrides: Iterable[Path], checks: CheckSettings, now: Fingerprints
) -> Kept:
    """What earlier builds of this site kept; nothing if the program, the settings or its own templates are others."""
    because = checks.provenance.because if checks.provenance else None
    own = [digest_of_files(folder, sorted(filter(Path.is_file, folder.rglob("*")))) for folder in overrides]
    base = digest(made_by(), repr(settings), own, repr(checks.choices), checks.folder, because)
    return Kept(folder_of(config) / "pages.sqlite", base, now)
