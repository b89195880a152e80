"""What is wrong with text that is no YAML: told in the line that a person has to mend, and in words for them.

A parser gives up where it can no longer go on. That is often a line or more after the slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in the text; ``line`` and ``column`` count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


_QUOTES = 'text with ": " or " #" in it, or beginning with a sign such as - [ { & * ! %, goes in quotes'
ONLY_LOOKS_LIKE_SPACE = "this line is indented with something that only looks like a space", "type it anew"
_MERGE = re.compile(r"(<{7}|>{7})( |$)|={7}$")
_NO_SPACE = re.compile(r" *(- )?(?P<field>[a-z_]{2,30}):(?P<value>[^\s/][^\n]*|\u00a0[^\n]*)")
_NO_SPACE_HYPHEN = re.compile(r" *-\w")
_FIELD = re.compile(r" *(?:- +)?[\w ]{1,40}:(?: |$)")
_TWO_COLONS = re.compile(r" *(?:- +)?(?P<field>[\w ]{1,40}): +(?P<value>[^\"'\\\[{|>][^\"\\]*)")
_APOSTROPHE = re.compile(r" *(?:- +)?[\w ]{1,40}: +'[^']*'\w")
_TEXT_BESIDE = re.compile(r".*: +[|>][-+]? +[^#\s]")
_CURLED = re.compile(r"[:-] +[“”„‘’]")
_MOST_SUGGESTED = 120
_MOST_LOOKED_AT = 2_000


def syntax_mistake(error: yaml.YAMLError, text: str) -> Mistake:
    """What a text that cannot be parsed has wrong, from where the parser gave up."""
    lines = text.splitlines()
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    to_the_end = bool(began and mark and ("end of stream" in said or mark.line >= len(lines)))
    if began and (to_the_end or "expected ':'" in said):
        mark = began  # nobody can mend what is after the end, or the line below the one without a colon
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    slip = _left_by_a_merge(lines) or _indented_oddly(lines, line, str(error)) or _mistyped(lines, line, said)
    if slip:
        return slip
    hint = "what opens here is not closed" if to_the_end else _hint_from(began.line + 1, line, said) if began else ""
    return Mistake(line, column, "BAD-YAML", f"this is not well-formed YAML: {said}", hint or _QUOTES)


def _left_by_a_merge(lines: Sequence[str]) -> Mistake | None:
    line = next((n for n, here in enumerate(lines, 1) if _MERGE.match(here)), 0)
    hint = "keep one of the two versions, and take out the lines of <, = and >"
    return Mistake(line, 1, "BAD-YAML", "two versions of the file were merged and not settled", hint) if line else None


def _indented_oddly(lines: Sequence[str], line: int, error: str) -> Mistake | None:
    """A tab or another white space that is not the ordinary one, where the line or the one below it begins."""
    for number in (line, line - 1):
        here = _line(lines, number)
        indent = here[: len(here) - len(here.lstrip())]
        if "\t" in indent or (number == line and "'\\t'" in error):
            return Mistake(number, 1, "TAB", "this line is indented with a tab", "indent with spaces")
        if indent.strip(" "):
            return _bad(number, *ONLY_LOOKS_LIKE_SPACE)
    return None


def _mistyped(lines: Sequence[str], line: int, said: str) -> Mistake | None:
    """One of the slips that are told best by naming them."""
    here, above = _line(lines, line), _line(lines, line - 1)
    if "expected ':'" in said:
        return _without_colon(here, line)
    if "mapping values" in said:
        return _two_in_one(here, above, line)
    if _TEXT_BESIDE.match(here) and "line break" in said:
        return _bad(line, "the text stands beside its | or >", "it begins in the line below, indented")
    if _APOSTROPHE.match(here):
        return _bad(line, "an apostrophe ends the text in '…'", 'put the text in "…", or write the apostrophe twice')
    return None


def _without_colon(here: str, line: int) -> Mistake:
    if found := _NO_SPACE.fullmatch(here):
        return _bad(line, "after the colon there is no space", _meant(f"{found['field']}: {found['value'].strip()}"))
    return _bad(
        line,
        "this line is neither a field, with a colon and a space, nor part of a text",
        "a text of several lines begins with | and each of its lines is indented",
    )


def _two_in_one(here: str, above: str, line: int) -> Mistake | None:
    """A second colon in a line; or a field that, by its indentation, is part of the text above it."""
    if _NO_SPACE_HYPHEN.match(above):
        return _bad(line - 1, "after the hyphen there is no space", _meant(above.strip().replace("-", "- ", 1)))
    found = _TWO_COLONS.fullmatch(here)
    if found and re.search(r":(\s|$)", found["value"]):
        if _CURLED.search(here):
            return _bad(line, "curled quotes do not mark a text", "put it in straight ones, \"…\" or '…'")
        meant = f'{found["field"].strip()}: "{found["value"].strip()}"'
        return _bad(line, "text with a colon and a space in it goes in quotes", _meant(meant))
    if _FIELD.match(here) and _depth(here) > _depth(above):
        return _bad(line, "this line is indented further than the field above it", "fields begin at the same column")
    return None


def _meant(line: str) -> str:
    return f"did you mean {line}?" if len(line) <= _MOST_SUGGESTED else ""


def _hint_from(began: int, line: int, said: str) -> str:
    """What to mend, where that begins in a line before the one in which it comes to light."""
    if "',' or" in said:
        return f"the bracket that opens in {'this line' if began == line else f'line {began}'} is not closed"
    if began < line and "'-' indicator" in said:
        return f"lines of one entry begin at the same column; the list begins in line {began}"
    return ""


def _bad(line: int, message: str, hint: str) -> Mistake:
    return Mistake(line, 1, "BAD-YAML", message, hint)


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1][:_MOST_LOOKED_AT] if 0 < number <= len(lines) else ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
