"""What hosts are to send with the site: a strict Content-Security-Policy and the headers that go with it.

The pages need nothing but their own site: no inline script or style, no other host. What is inline all the same, such
as a script that another plugin puts into a page, is allowed by its hash and by nothing wider.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_HAS_ADDRESS = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_IS_DATA = re.compile(r"""\btype\s*=\s*["']?[a-z/.+-]*json""", re.IGNORECASE)
_CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)

_HEADER_ONLY = "frame-ancestors 'none'; require-trusted-types-for 'script'"

SOURCES_POLICY = "default-src 'none'; sandbox"
"""For documents received from others: nothing in them runs or loads, whatever they are."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
}
"""What every answer carries beside the policy."""

Sources = set[str]
"""Hash sources of a policy."""


def script_hashes(html: str) -> Sources:
    """The hash sources (CSP level 3) of the inline scripts of a page. Blocks of data are no scripts."""
    inline = (match for match in _SCRIPT.finditer(html) if not _HAS_ADDRESS.search(match[1]))
    return {_hash(match[2]) for match in inline if not _IS_DATA.search(match[1])}


def style_hashes(html: str) -> Sources:
    """The hash sources of the inline style sheets of a page."""
    return {_hash(match[1]) for match in _STYLE.finditer(html)}


def policy(scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """The policy for pages that have these inline scripts and styles, by their hashes."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted(scripts)]),
            " ".join(["style-src 'self'", *sorted(styles)]),
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


class Policies:
    """The policies of a site's pages, gathered as they are made: each page has its own, the site has what all need."""

    def __init__(self) -> None:
        self._scripts: Sources = set()
        self._styles: Sources = set()

    def put_into(self, html: str) -> str:
        """The page with its own policy in a ``meta`` element, for hosts that send no headers of ours.

        ``frame-ancestors`` has no effect there (CSP level 3, section 3.3) and the HTML checker does not know trusted
        types, so those are left to the headers.
        """
        scripts, styles = script_hashes(html), style_hashes(html)
        self._scripts |= scripts
        self._styles |= styles
        own = f'\n  <meta http-equiv="Content-Security-Policy" content="{policy(scripts, styles)}">'
        return _CHARSET.sub(lambda charset: charset[0] + own, html, count=1)

    def files(self) -> dict[str, str]:
        """What hosts read: ``_headers`` for Netlify and Cloudflare Pages, and a part of a server block of nginx."""
        whole = f"{policy(self._scripts, self._styles)}; {_HEADER_ONLY}"
        site = {"Content-Security-Policy": whole, **HEADERS}
        sources = {"Content-Security-Policy": SOURCES_POLICY, "Content-Disposition": "attachment"}
        data = {"Access-Control-Allow-Origin": "*"}
        return {"_headers": _netlify(site, sources, data), "nginx-headers.conf": _nginx(site, sources, data)}


Fields = dict[str, str]


def _netlify(site: Fields, sources: Fields, data: Fields) -> str:
    """Rules are added up by these hosts: a document under ``sources/`` has both policies, and obeys both."""
    rules = (("/*", site), ("/sources/*", sources), ("/data/*", data))
    return "".join(f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in f.items()) for path, f in rules)


def _nginx(site: Fields, sources: Fields, data: Fields) -> str:
    """A location with headers of its own has no others in nginx, so each repeats those of the site."""
    top = _directives(site, "")
    inner = "".join(
        f"location ^~ {path} {{\n{_directives({**site, **fields}, '    ')}}}\n"
        for path, fields in (("/sources/", sources), ("/data/", data))
    )
    return f"# Include this in the site's server block.\n{top}{inner}"


def _directives(fields: Fields, indent: str) -> str:
    return "".join(f'{indent}add_header {name} "{value}" always;\n' for name, value in fields.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
