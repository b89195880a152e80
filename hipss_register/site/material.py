"""What is mended in the pages Material prints.

The templates in ``theme/`` fill Material's blocks. Some of its markup lies outside every block
and cannot be reached from a template: the switches of a drawer and a search box the register does
not have (they fail the HTML checker), a skip link that is there on some pages only, a ``main``
that cannot be a link's target. :func:`mend` takes those away, and :func:`missing_marks` says when
a release of Material no longer prints them as known here.
"""

import re
from typing import Final


def _switch(name: str) -> str:
    """The invisible checkbox Material opens its drawer or its search with."""
    return f'<input class="md-toggle" data-md-toggle="{name}" type="checkbox" id="__{name}" autocomplete="off">'


# What each is, the text Material prints, and what stands in its place. All of them come before
# the page's own content, so the first one found is Material's and never an author's.
_PLAIN: Final = (
    ("language", '<html lang="en" class="no-js">', '<html lang="en-GB">'),
    ("drawer switch", _switch("drawer"), ""),
    ("search switch", _switch("search"), ""),
    ("overlay", '<label class="md-overlay" for="__drawer"></label>', ""),
    ("container", '<div class="md-container" data-md-component="container">', "<div>"),
    (
        "main",
        '<main class="md-main" data-md-component="main">',
        '<main id="content" tabindex="-1">',
    ),
    ("inner", '<div class="md-main__inner md-grid">', "<div>"),
)

# Those whose white space, or whose words, differ from page to page. The dialog comes last.
_SKIP: Final = re.compile(r'<div data-md-component="skip">[^<]*(?:<a [^>]*>[^<]*</a>\s*)?</div>\s*')
_ANNOUNCE: Final = re.compile(r'<div data-md-component="announce">\s*</div>\s*')
_DIALOG: Final = re.compile(
    r'<div class="md-dialog" data-md-component="dialog">\s*'
    r'<div class="md-dialog__inner md-typeset"></div>\s*</div>\s*'
)
_MAIN_END: Final = "</main>"


def mend(html: str) -> str:
    """The page without what Material prints outside its blocks.

    The skip link, the way to ``main`` and the language are those of the register. A page that
    was mended before, or that Material did not make, comes back as it was.
    """
    for _, found, instead in _PLAIN:
        html = html.replace(found, instead, 1)
    html = _SKIP.sub("", html, count=1)
    html = _ANNOUNCE.sub("", html, count=1)
    body, end, tail = html.rpartition(_MAIN_END)
    return body + end + _DIALOG.sub("", tail, count=1)


def missing_marks(html: str) -> list[str]:
    """The names of those parts of Material's page that :func:`mend` looks for and does not find.

    ``html`` is a page as the theme printed it, before it is mended. An empty list means that
    Material is as it was when this was written; a name in it calls for a look at the new one.
    """
    missing = [name for name, found, _ in _PLAIN if found not in html]
    patterns = (("skip link", _SKIP), ("announcement", _ANNOUNCE), ("dialog", _DIALOG))
    return missing + [name for name, pattern in patterns if not pattern.search(html)]
