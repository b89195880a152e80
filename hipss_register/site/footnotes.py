"""The addresses of a page's links to other sites, as footnotes for paper, where nobody can follow a link."""

from __future__ import annotations

import re

_START = '<a href="http'
_OUTWARD = re.compile(r'<a href="(https?://[^"]*)"[^>]*>.*?</a>', re.DOTALL)


def with_footnotes(html: str) -> str:
    """The body of a page with a number after each link to another site, and a list of their addresses; both for print.

    Addresses come escaped from the template, and go into the list as they are.
    """
    if _START not in html:
        return html
    numbers: dict[str, int] = {}

    def numbered(link: re.Match[str]) -> str:
        number = numbers.setdefault(link[1], len(numbers) + 1)
        return f'{link[0]}<sup class="on-paper">[{number}]</sup>'

    body = _OUTWARD.sub(numbered, html)
    if not numbers:
        return html
    items = "".join(f"<li>{address}</li>" for address in numbers)
    return f'{body}<div class="on-paper"><h2>Addresses</h2><ol>{items}</ol></div>\n'
