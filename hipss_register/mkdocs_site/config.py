"""The plugin's options in ``mkdocs.yml``, and what pages may say of them and of the site."""

import re
from pathlib import Path

from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from hipss_register.data import paths
from hipss_register.settings import FooterLink, Settings


class OcidPrefix(c.Type[str]):
    """``ocds-`` and six letters or digits."""

    def __init__(self, default: str) -> None:
        super().__init__(str, default=default)

    def run_validation(self, value: object) -> str:
        """Refuse what the Open Contracting Partnership cannot have given."""
        prefix = super().run_validation(value)
        if prefix and not re.fullmatch("ocds-[a-z0-9]{6}", prefix):
            raise ValidationError(f"“{prefix}” is not an ocid prefix, which is ocds- and six letters or digits")
        return prefix


class RegisterConfig(Config):
    """Options of the plugin ``hipss-register``."""

    decisions_dir = c.Type(str, default="decisions")
    """The folder of decisions, beside ``mkdocs.yml`` unless the path is absolute."""
    organisation = c.Type(str, default="")
    """The council's name, as pages and citations give it."""
    contact = c.Type(str, default="")
    """An e-mail address, or the address of a page, for reports of what is wrong or missing."""
    licence = c.Type(str, default="")
    """The licence of the records, in a sentence for the foot of each page."""
    footer = c.ListOfItems(c.Type(str), default=[])
    """Hand-written pages to link at the foot of each page, as paths from ``docs_dir``."""
    checks = c.Type(dict, default={})
    """Rules that are switched off or weighed otherwise, by code: ``LATE: {off: true, reason: …}``."""
    ocid_prefix = OcidPrefix(default="")
    """The prefix that the Open Contracting Partnership gave the publisher; without one there is no OCDS data."""


def make_settings(options: RegisterConfig, config: MkDocsConfig, files: Files | None = None) -> Settings:
    """Gather the settings; the links of the footer need the site's files."""
    return Settings(
        site_name=config.site_name,
        organisation=options.organisation,
        contact=options.contact,
        licence=options.licence,
        site_url=config.site_url or "",
        use_directory_urls=config.use_directory_urls,
        ocid_prefix=options.ocid_prefix,
        footer=tuple(_footer(options.footer, files)) if files else (),
        feeds=(FooterLink("Latest decisions", paths.FEED),) if files and paths.FEED in files.src_uris else (),
    )


def _footer(paths: list[str], files: Files) -> list[FooterLink]:
    found = [files.get_file_from_path(path) for path in paths]
    return [FooterLink(file.page.title or file.name, file.url) for file in found if file and file.page]


def overrides(config: MkDocsConfig) -> list[Path]:
    """The folder of the site's own templates, whose ``register/`` comes before ours."""
    return [Path(config.theme.custom_dir) / "register"] if config.theme.custom_dir else []
