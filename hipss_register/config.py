"""The plugin's options in ``mkdocs.yml``."""

from mkdocs.config import config_options as c
from mkdocs.config.base import Config


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
