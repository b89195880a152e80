"""What the elements of a page are to a reader: shown or not, the page's content or around it, a label or not."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NO_END_WORDS = "area base br col embed hr img input link meta param source track wbr"
NO_END = frozenset(_NO_END_WORDS.split())
"""Elements that hold nothing."""
_SKIPPED_WORDS = "script style template noscript svg math iframe object nav aside footer button select textarea title"
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
NEVER_WORDS = frozenset({"script", "style", "template", "title"})
"""Of those that are not read, the ones that hold no words for a reader."""
_SKIPPED_CLASSES = frozenset({"mgLinks", "mgFooter", "mgFileSize", "mgHide"})
"""ModernGov's classes of links to other pages, sizes of files, and words for screen readers alone."""
_MAIN_CLASSES = frozenset({"mgContent", "mgSubTitle", "mgSubTitleTxt"})
_BOLD = frozenset({"b", "strong", "th", "dt"})
STRUCK = frozenset({"del", "s", "strike"})
"""Elements of words that are shown struck through."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKING_WORDS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figure figcaption "
    "footer form header hgroup hr legend main nav p pre section summary tbody tfoot thead"
)
BREAKING = frozenset(_BREAKING_WORDS.split())
"""Elements that begin and end a paragraph."""
_INLINE_WORDS = (
    "a abbr acronym audio b bdi bdo big canvas cite code data datalist del dfn em font html head i ins kbd label li"
    " map mark meter ol option optgroup output picture progress q rp rt ruby s samp search slot small span strike"
    " strong sub sup table td th time tr tt u ul var video"
)
ELEMENTS = NO_END | _SKIPPED | HEADINGS | BREAKING | frozenset(_INLINE_WORDS.split())
"""Every element that HTML has, or had. What else stands between angle brackets is somebody's words."""
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BACK = ("#footnote-ref-", "#endnote-ref-")
"""Where the arrow behind a note leads: back to its mark."""

Given = Mapping[str, str]
"""An element's attributes."""


def is_skipped(tag: str, given: Given) -> bool:
    """Whether what is in an element is not read: it is around the page's content, or nobody sees it."""
    unseen = "hidden" in given or bool(_UNSEEN.search(given.get("style", "")))
    back = given.get("href", "").startswith(_BACK)
    return unseen or back or tag in _SKIPPED or bool(_SKIPPED_CLASSES & _classes(given))


def is_main(tag: str, given: Given) -> bool:
    """Whether an element holds the page's own content."""
    return tag in ("main", "article") or given.get("id") == "modgov" or bool(_MAIN_CLASSES & _classes(given))


def is_bold(tag: str, given: Given) -> bool:
    """Whether an element makes its words stand out as a label does."""
    return tag in _BOLD or "mgLabel" in _classes(given)


def _classes(given: Given) -> set[str]:
    return set(given.get("class", "").split())
