"""Decision files as text: the form's order, long text as blocks, quotes only where YAML or our reader needs them.

The same values always give the same bytes, and reading the text gives the same values back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from hipss_register.model import DecisionForm
from hipss_register.model.event import MoneyRoles
from hipss_register.read.shape import UNPLACED

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What a decision file holds: text, lists and mappings only."""

_AT_ONE_LINE = 90
_SPACED = ("contracts", "links", "labels", "known_from", "source", "notes", UNPLACED)
_ALWAYS_SPELT_OUT = frozenset({"contracts", "links", "labels", "known_from", "source", UNPLACED})
_EMPTY_OR_MERGE = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")


class _Flow(dict[str, Any]):
    """A mapping to write in one line."""


class _Dumper(yaml.SafeDumper):
    """Writes text as our reader takes it: everything is text, but for what looks like nothing or like a merge."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in resolvers if tag in _EMPTY_OR_MERGE]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_flow(dumper: yaml.SafeDumper, mapping: _Flow) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping.items(), flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_Flow, _represent_flow)


def form_order(name: str) -> int:
    """Where a field of the decision file stands; unknown ones come last."""
    return _ORDER.get(name, len(_ORDER))


def _form_fields() -> list[str]:
    sums = list(MoneyRoles.model_fields)
    own = [name for name in DecisionForm.model_fields if name not in sums]
    at = own.index("contracts")
    return [*own[:at], *sums, *own[at:]]


_ORDER = {name: n for n, name in enumerate(_form_fields())}


def decision_text(
    fields: Mapping[str, Value], remarks: Mapping[str, Sequence[str]] | None = None, head: Sequence[str] = ()
) -> str:
    """A decision file's text.

    ``head`` are lines of comment for its top, ``remarks`` lines of comment to stand below a field.
    """
    pieces = [_comment(line) for line in head]
    for name in sorted(fields, key=form_order):
        if name in _SPACED and pieces:
            pieces.append("\n")
        pieces.append(yaml_text({name: fields[name]}))
        pieces += [_comment(line) for line in (remarks or {}).get(name, ())]
    return "".join(pieces)


def yaml_text(fields: Mapping[str, Value]) -> str:
    """Fields as YAML, in the order given, ending in a line's end."""
    laid_out = {name: _laid_out(value, name in _ALWAYS_SPELT_OUT) for name, value in fields.items()}
    return yaml.dump(
        laid_out,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=2**30,
    )


def _comment(text: str) -> str:
    lines = ("".join(char if char.isprintable() else " " for char in line) for line in text.splitlines() or [""])
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def _laid_out(value: Value, spelt_out: bool = False) -> Any:
    """The value with short mappings of plain text marked for one line; a block of text ends with its line."""
    if isinstance(value, str):
        return value.rstrip("\n") + "\n" if "\n" in value.strip("\n") else value
    if isinstance(value, Mapping):
        inner = {name: _laid_out(part) for name, part in value.items()}
        return inner if spelt_out or not _short(value) else _Flow(inner)
    return [_laid_out(part, spelt_out) for part in value]


def _short(mapping: Mapping[str, Value]) -> bool:
    flat = [name + part for name, part in mapping.items() if isinstance(part, str) and "\n" not in part]
    return len(flat) == len(mapping) > 0 and sum(map(len, flat)) + 4 * len(flat) <= _AT_ONE_LINE
