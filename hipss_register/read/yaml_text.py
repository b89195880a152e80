"""Strict YAML: plain text in, plain values out, every mistake with its line, and nothing guessed.

All scalars stay text; the model types them. Refused: duplicate keys, anchors, aliases, merges, tags, more than
one document, deep nesting, and characters that hide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from itertools import islice
from typing import Any

import yaml

from hipss_register.problems import Fault, Loc, Problem, placed
from hipss_register.read.slips import ONLY_LOOKS_LIKE_SPACE, Mistake, syntax_mistake

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_DEPTH = 20
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_MOST_HIDDEN = 100
_MOST_KEY = 200
_REST_OF_A_SUM = re.compile(r"[0-9]{3}(\.[0-9]+)?")
"""What a comma leaves of 28,800 where it parts one field from the next."""
_CUT_OFF = re.compile(r"\S +#[^\s#!]")
_MAY_CUT_OFF = " #"
"""What any text has in which something is cut off, and few others: it is quick to look for."""
_EMPTY = ("", "~", "null", "Null", "NULL")
_READ_ON = frozenset({"EMPTY-VALUE", "DUPLICATE-KEY"})
"""The mistakes after which the rest of the text is read all the same."""


@dataclass(slots=True)
class YamlText:
    """A file's values (text, lists and mappings only), where each stands, and what is wrong with the text."""

    data: Any = None
    mistakes: list[Mistake] = field(default_factory=list)
    text: str = ""
    _places: dict[Loc, tuple[int, int]] | None = None

    @property
    def places(self) -> dict[Loc, tuple[int, int]]:
        """The line and column of each value. Found when first asked for: most files have nothing wrong with them."""
        if self._places is None:
            self._places = {}
            if self.text and not self.mistakes:
                _Builder(YamlText(_places=self._places)).build(_events(self.text))
        return self._places

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the text was left unread but values that are empty or are given twice."""
        return isinstance(self.data, dict) and all(mistake.code in _READ_ON for mistake in self.mistakes)

    def place(self, loc: Loc) -> tuple[int, int]:
        """The line and column of a value, or of the nearest thing around it that the file has."""
        here: Loc = ()
        for part in loc:  # the model spells out what a file may leave out, so a part may have no place
            if (*here, part) in self.places:
                here = (*here, part)
        return self.places.get(here, (1, 1))


class _Stop(Exception):
    """A mistake after which the rest of the text means nothing."""


def parse_yaml(text: str) -> YamlText:
    """Read one YAML document. Never raises: what is wrong is in ``mistakes``."""
    result = YamlText()
    if _HIDDEN.search(text):
        result.mistakes += islice(_hidden_characters(text), _MOST_HIDDEN)
        return result
    try:
        return YamlText(_sound_values(_events(text)), text=text)
    except (_Stop, yaml.YAMLError):
        pass  # something is wrong: find out what, and where
    try:
        _Builder(result).build(_events(text))
    except _Stop:
        pass
    except yaml.YAMLError as error:
        result.mistakes.append(syntax_mistake(error, text))
    return result


def _events(text: str) -> Iterator[Any]:
    """The events of a text, as `yaml.parse` gives them, without asking each time whether there are more."""
    return iter(_Loader(text).get_event, None)


def _sound_values(events: Iterator[Any]) -> Any:
    """The values of a text with nothing wrong in it, at three times the speed of `_Builder`; else raises `_Stop`."""
    kinds = [type(next(events)) for _ in range(2)]
    if kinds != [yaml.StreamStartEvent, yaml.DocumentStartEvent]:
        raise _Stop
    data = _sound_value(next(events), events, 0)
    if type(next(events)) is not yaml.DocumentEndEvent or type(next(events)) is not yaml.StreamEndEvent:
        raise _Stop
    return data


def _sound_value(event: Any, events: Iterator[Any], depth: int) -> Any:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return _sound_scalar(event)
    if kind is yaml.AliasEvent or event.anchor or event.tag not in (None, "!") or depth >= MOST_DEPTH:
        raise _Stop
    if kind is yaml.SequenceStartEvent:
        values = []
        while type(event := next(events)) is not yaml.SequenceEndEvent:
            values.append(_sound_value(event, events, depth + 1))
        return values
    fields: dict[str, Any] = {}
    while type(event := next(events)) is not yaml.MappingEndEvent:
        if type(event) is not yaml.ScalarEvent or event.value in fields or event.value == "<<":
            raise _Stop
        name = _sound_scalar(event)
        if len(name) > _MOST_KEY or name[:1].isspace():
            raise _Stop
        fields[name] = _sound_value(next(events), events, depth + 1)
    return fields


def _sound_scalar(event: Any) -> str:
    value: str = event.value
    if event.anchor or event.tag not in (None, "!") or (value in _EMPTY and event.implicit[0]):
        raise _Stop
    if event.style == '"' and _HIDDEN.search(value):
        raise _Stop
    return value


def yaml_of(text: str, path: str) -> tuple[YamlText, list[Problem]]:
    """A file's text as values, and every problem of its YAML; a file of anything but fields is one."""
    yaml_text = parse_yaml(text)
    problems = [Problem(path, *astuple(mistake)) for mistake in yaml_text.mistakes]
    if not problems and yaml_text.data is None:
        problems.append(Problem(path, 1, 1, "EMPTY-FILE", "there is nothing in this file but comments"))
    elif not problems and not isinstance(yaml_text.data, dict):
        problems.append(Problem(path, 1, 1, "WRONG-SHAPE", "fields and their values were expected in this file"))
    return yaml_text, problems + [Problem(path, *place, "CUT-OFF", *_NOT_READ) for place in _cut_off(yaml_text.text)]


_NOT_READ = "what follows the # here is not read", "text with a # after a space goes in quotes"


def _cut_off(text: str) -> Iterator[tuple[int, int]]:
    """Where a plain text ends at a # that looks like part of it: a note of ours has a space after the sign."""
    if _MAY_CUT_OFF not in text or not _CUT_OFF.search(text):
        return
    lines = text.splitlines()
    for event in yaml.parse(text, Loader=_Loader):
        mark = event.end_mark
        if mark and isinstance(event, yaml.ScalarEvent) and not event.style:
            rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
            if re.match(r" +#[^\s#!]", rest):
                yield mark.line + 1, mark.column + 1


def in_place(faults: list[Fault], yaml_text: YamlText) -> list[Problem]:
    """The faults of one file with their lines. A field that is there but empty has been told of already."""
    untold = [fault for fault in faults if fault.code != "MISSING-FIELD" or fault.loc not in yaml_text.places]
    return placed(untold, lambda _, loc: yaml_text.place(loc))


def _hidden_characters(text: str) -> Iterator[Mistake]:
    """The first hidden character of each line that has one."""
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _HIDDEN.search(line):
            yield Mistake(number, match.start() + 1, "CONTROL-CHARACTER", _say_hidden(match))


def _say_hidden(match: re.Match[str]) -> str:
    return f"there is a hidden character here (U+{ord(match[0]):04X})"


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
            return self._scalar(event, str(loc[-1]) if loc else "")
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

    def _scalar(self, event: yaml.ScalarEvent, field: str) -> str | None:
        if event.implicit[0] and event.value in _EMPTY:
            hint = "write a sum in { } without commas" if _REST_OF_A_SUM.fullmatch(field) else ""
            self._say(event, "EMPTY-VALUE", "there is nothing here", hint)
            return None
        return self._text(event)

    def _text(self, event: yaml.ScalarEvent) -> str:
        if event.style == '"' and (match := _HIDDEN.search(event.value)):
            self._stop(event, "CONTROL-CHARACTER", f"{_say_hidden(match)}, written as an escape")
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
        if event.value[:1].isspace():  # YAML takes a no-break space for a letter
            self._stop(event, "BAD-YAML", *ONLY_LOOKS_LIKE_SPACE)
        if len(event.value) > _MOST_KEY:
            self._stop(event, "WRONG-SHAPE", f"a field's name has at most {_MOST_KEY} characters")
        return self._text(event)

    def _say(self, event: Any, code: str, message: str, hint: str = "") -> None:
        mark = event.start_mark
        self._result.mistakes.append(Mistake(mark.line + 1, mark.column + 1, code, message, hint))

    def _stop(self, event: Any, code: str, message: str, hint: str = "") -> None:
        self._say(event, code, message, hint)
        raise _Stop
