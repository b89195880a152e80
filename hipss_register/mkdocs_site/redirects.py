"""Old addresses of decisions, as files of MkDocs that lead to the present ones."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from hipss_register.site import addresses


def redirect_files(aliases: Mapping[str, str], config: MkDocsConfig) -> Iterator[File]:
    """At each old address of a decision, a page that leads to the present one without a script."""
    for old, record_id in sorted(aliases.items()):
        here = url_in_site(addresses.decision(old), config)
        there = url_in_site(addresses.decision(record_id), config)
        target = get_relative_url(there, here)
        canonical = urljoin(config.site_url, there) if config.site_url else target
        place = posixpath.join(here, "index.html") if here.endswith("/") else here
        html = _REDIRECT.format(target=escape(target), canonical=escape(canonical), title=escape(record_id))
        yield File.generated(config, place, content=html)


_REDIRECT = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>This decision has moved</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<p>This decision is now at <a href="{target}">{title}</a>.</p>
</body>
</html>
"""


def url_in_site(address: str, config: MkDocsConfig) -> str:
    """Where in the site a page's address is, relative to its root."""
    return File(address, None, config.site_dir, config.use_directory_urls).url
