"""Runs of text within a paragraph of a page: which of them stand out, and what they say as one text."""

from __future__ import annotations

import re

from hipss_register.importing.blocks import clean

Runs = list[tuple[str, bool]]
"""Pieces of text, each with whether it is bold; a line break that the page asks for is a vertical tab."""
_GIVEN = re.compile("\ue000(.*?)\ue000\\s*")
"""A list's number that was written into the text of a Word document."""


def given_number(runs: Runs) -> tuple[str, Runs]:
    """A list's number that was written at the head of the runs, and the runs without it."""
    match = _GIVEN.match(runs[0][0]) if runs else None
    if not match:
        return "", runs
    rest = runs[0][0][match.end() :]
    return match[1], [(rest, runs[0][1]), *runs[1:]] if rest else runs[1:]


def head_of(runs: Runs) -> Runs:
    """The runs at the head that are bold; white space counts as either."""
    count = next((n for n, (text, bold) in enumerate(runs) if text.strip() and not bold), len(runs))
    return runs[:count] if any(bold for _, bold in runs[:count]) else []


def squeezed(text: str) -> str:
    """The text with white space as HTML shows it, and line breaks where it asks for them."""
    lines = (" ".join(line.split()) for line in text.split("\v"))
    return clean("\n".join(lines)).strip()
