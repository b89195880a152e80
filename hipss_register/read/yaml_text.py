"""Strict YAML: plain text in, plain values out, every mistake with its line, and nothing guessed.

All scalars stay text; the model types them. Refused: duplicate keys, anchors, aliases, merges, tags, more than
one document, deep nesting, and characters that hide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from hipss_register.problems import Loc

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_DEPTH = 20
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_EMPTY = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in the text; ``line`` and ``column`` count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class YamlText:
    """A file's values (text, lists and mappings only), where each stands, and what is wrong with the text."""

    data: Any = None
    places: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def place(self, loc: Loc) -> tuple[int, int]:
        """The line and column of a value, or of the nearest thing around it that the file has."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.places.get(loc, (1, 1))


class _Stop(Exception):
    """A mistake after which the rest of the text means nothing."""


def parse_yaml(text: str) -> YamlText:
    """Read one YAML document. Never raises: what is wrong is in ``mistakes``."""
    result = YamlText()
    if hidden := list(_hidden_characters(text)):
        result.mistakes += hidden
        return result
    try:
        _Builder(result).build(yaml.parse(text, Loader=_Loader))
    except _Stop:
        pass
    except yaml.YAMLError as error:
        result.mistakes.append(_syntax_mistake(error, text))
    return result


def _hidden_characters(text: str) -> Iterator[Mistake]:
    for match in _HIDDEN.finditer(text):
        before = text[: match.start()]
        line = before.count("\n") + 1
        column = match.start() - (before.rfind("\n") + 1) + 1
        yield Mistake(
            line,
            column,
            "CONTROL-CHARACTER",
            f"there is a hidden character here (U+{ord(match[0]):04X})",
        )
        if line > 1000:
            return


def _syntax_mistake(error: yaml.YAMLError, text: str) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in str(error):
        return Mistake(line, column, "TAB", "this line is indented with a tab", "indent with spaces")
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    hint = 'text with ": " or " #" in it, or beginning with a sign such as - [ { & * ! %, goes in quotes'
    return Mistake(line, column, "BAD-YAML", f"this is not well-formed YAML: {said}", hint)


class _Builder:
    """Builds values from the parser's events, so that C does the parsing and nothing is resolved or constructed.

    Events are untyped here: PyYAML's stubs leave out what its parser sets on them.
    """

    def __init__(self, result: YamlText) -> None:
        self._result = result
        self._documents = 0

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._stop(event, "MANY-DOCUMENTS", "a second document begins here")
            elif isinstance(event, yaml.NodeEvent):
                self._result.data = self._value(event, events, ())

    def _value(self, event: Any, events: Iterator[Any], loc: Loc) -> Any:
        mark = event.start_mark
        self._result.places.setdefault(loc, (mark.line + 1, mark.column + 1))
        self._refuse_tricks(event, loc)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(loc) >= MOST_DEPTH:
            self._stop(event, "TOO-DEEP", f"this is more than {MOST_DEPTH} levels deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, loc)
        return self._mapping(events, loc)

    def _refuse_tricks(self, event: Any, loc: Loc) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, "NO-ALIASES", f"anchors and aliases are not read here (“{event.anchor}”)")
        if getattr(event, "tag", None) and event.tag != "!":
            self._stop(event, "NO-TAGS", f"tags are not read here (“{event.tag}”)")

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.implicit[0] and event.value in _EMPTY:
            self._say(event, "EMPTY-VALUE", "there is nothing here")
            return None
        return str(event.value)

    def _list(self, events: Iterator[Any], loc: Loc) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return values
            value = self._value(event, events, (*loc, len(values)))
            values.append("" if value is None else value)
        return values

    def _mapping(self, events: Iterator[Any], loc: Loc) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return values
            key = self._key(event, loc)
            if key in values:
                line = self._result.places[(*loc, key)][0]
                self._say(event, "DUPLICATE-KEY", f"“{key}” is given twice; the first is in line {line}")
            self._result.places.setdefault((*loc, key), (event.start_mark.line + 1, event.start_mark.column + 1))
            value = self._value(next(events), events, (*loc, key))
            if value is not None:
                values.setdefault(key, value)
        return values

    def _key(self, event: Any, loc: Loc) -> str:
        self._refuse_tricks(event, loc)
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(event, "BAD-YAML", "a field's name must be plain text")
        if event.value == "<<" and event.implicit[0]:
            self._stop(event, "NO-ALIASES", "merges are not read here")
        return str(event.value)

    def _say(self, event: Any, code: str, message: str) -> None:
        mark = event.start_mark
        self._result.mistakes.append(Mistake(mark.line + 1, mark.column + 1, code, message))

    def _stop(self, event: Any, code: str, message: str) -> None:
        self._say(event, code, message)
        raise _Stop
