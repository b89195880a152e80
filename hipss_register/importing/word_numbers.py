"""The numbers that Word shows before the paragraphs of its lists, which stand nowhere in a document's text.

ECMA-376, part 1, 17.9: a paragraph, or its style, names a list and a level of it; the list's definition says how the
numbers of each level look and where they begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from hipss_register.importing.numerals import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What is there twice, for readers that do not know the first of the two."""
_KINDS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_MOST_BASES = 20
_MOST_TEXT = 40
"""The longest text around a number: nine levels, with signs between them."""

Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: the kind of its numbers, the text around them, and the first of them."""

    kind: str
    text: str
    start: int


@dataclass(slots=True)
class _Numbering:
    """The lists of a document: the definition of each, its levels, where lists begin anew, and what styles name."""

    definitions: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    anew: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)


def numbered(body: Element, parts: Mapping[str, Element]) -> Iterator[tuple[Element, str]]:
    """Each numbered paragraph of a document's body, in order, with its number as Word shows it.

    ``parts`` are the document's ``numbering`` and ``styles``, if it has them. Bullets are no numbers.
    """
    numbering = _read(parts)
    reached: dict[tuple[str, int], int] = {}
    begun: set[tuple[str, int]] = set()
    for paragraph in paragraphs(body):
        place = _place(paragraph, numbering)
        if not place:
            continue
        lists, level = place
        definition = numbering.definitions.get(lists, "")
        _count(numbering, reached, begun, lists, level)
        if label := _label(numbering, reached, definition, level):
            yield paragraph, label


def paragraphs(body: Element) -> Iterator[Element]:
    """Every paragraph, in order, but for those that are there twice."""
    doubled = {inner for fallback in body.iter(FALLBACK) for inner in fallback.iter(f"{W}p")}
    return (paragraph for paragraph in body.iter(f"{W}p") if paragraph not in doubled)


def _count(
    numbering: _Numbering,
    reached: dict[tuple[str, int], int],
    begun: set[tuple[str, int]],
    lists: str,
    level: int,
) -> None:
    """Count one more at that level; those below begin again, and a list that is said to begin anew does, once."""
    definition = numbering.definitions.get(lists, "")
    own = numbering.levels.get((definition, level))
    if (lists, level) in numbering.anew and (lists, level) not in begun:
        reached[definition, level] = numbering.anew[lists, level] - 1
    begun.add((lists, level))
    reached[definition, level] = reached.get((definition, level), (own.start if own else 1) - 1) + 1
    for below in range(level + 1, 9):
        reached.pop((definition, below), None)


def _label(numbering: _Numbering, reached: Mapping[tuple[str, int], int], definition: str, level: int) -> str:
    own = numbering.levels.get((definition, level))
    if not own or own.kind not in _KINDS:
        return ""

    def number(match: re.Match[str]) -> str:
        above = int(match[1]) - 1
        shown = numbering.levels.get((definition, above))
        start = shown.start if shown else 1
        return numeral(reached.get((definition, above), start), _KINDS.get(shown.kind if shown else "", "1"))

    return re.sub(r"%(\d)", number, own.text).strip()


def _place(paragraph: Element, numbering: _Numbering) -> tuple[str, int] | None:
    """The list and the level that a paragraph, or else its style, names."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return None
    style = properties.find(f"{W}pStyle")
    of_style = numbering.styles.get(_value(style)) if style is not None else None
    named = properties.find(f"{W}numPr")
    found = _named(named, of_style) if named is not None else of_style
    return found if found and found[0] not in ("", "0") else None


def _named(numbers: Element, otherwise: tuple[str, int] | None) -> tuple[str, int]:
    lists, level = numbers.find(f"{W}numId"), numbers.find(f"{W}ilvl")
    before = otherwise or ("", 0)
    return (_value(lists) if lists is not None else before[0], _number(level, before[1]))


def _read(parts: Mapping[str, Element]) -> _Numbering:
    made = _Numbering()
    if (root := parts.get("numbering")) is not None:
        for definition in root.iter(f"{W}abstractNum"):
            name = definition.get(f"{W}abstractNumId", "")
            made.levels |= {(name, _own_level(level)): _level(level) for level in definition.iter(f"{W}lvl")}
        for lists in root.iter(f"{W}num"):
            _read_list(lists, made)
    if (root := parts.get("styles")) is not None:
        _read_styles(root, made)
    return made


def _read_list(lists: Element, made: _Numbering) -> None:
    name, definition = lists.get(f"{W}numId", ""), lists.find(f"{W}abstractNumId")
    made.definitions[name] = _value(definition)
    for override in lists.iter(f"{W}lvlOverride"):
        start = override.find(f"{W}startOverride")
        if start is not None:
            made.anew[name, _own_level(override)] = _number(start, 1)


def _read_styles(root: Element, made: _Numbering) -> None:
    """The list of each style: its own, or that of the style that it is based on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        numbers = style.find(f"{W}pPr/{W}numPr")
        if numbers is not None:
            own[name] = _named(numbers, None)
        based[name] = _value(style.find(f"{W}basedOn"))
    for name in based:
        base = name
        for _ in range(_MOST_BASES):
            if base in own:
                made.styles[name] = own[base]
                break
            base = based.get(base, "")


def _level(level: Element) -> _Level:
    kind, text, start = (level.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
    return _Level(_value(kind), _value(text)[:_MOST_TEXT], _number(start, 1))


def _own_level(element: Element) -> int:
    given = element.get(f"{W}ilvl", "0")
    return int(given) if given.isdecimal() and len(given) == 1 else 0


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _number(element: Element | None, otherwise: int) -> int:
    given = _value(element)
    return int(given) if given.isdecimal() and len(given) < 5 else otherwise
