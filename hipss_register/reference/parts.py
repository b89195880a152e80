"""The generated parts of the pages, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args, get_type_hints

from pydantic.fields import FieldInfo

from hipss_register.checks import GROUPS, Rule
from hipss_register.data.dictionary import DATA_PARTS
from hipss_register.fields import (
    ModelType,
    annotation_of,
    docs_below,
    form_parts,
    in_one_line,
    meaning,
    own_fields,
    table_parts,
    title,
    written,
)
from hipss_register.linking import RULES
from hipss_register.model import DecisionForm, MoneyRoles, Nothing, Tables
from hipss_register.model.base import Said
from hipss_register.model.kinds import EVENT_KINDS, LINK_KINDS, MONEY_ROLES, EventKind, LinkKind
from hipss_register.problems import PROBLEM_KINDS, ProblemKind, Severity
from hipss_register.read.rules import FORM_RULES
from hipss_register.reference.models import anchor, in_words, needed, read_as, read_example, ways_of_writing
from hipss_register.reference.words import EFFECTS, FURTHER_RULES
from hipss_register.wording import say_list, say_nothing, upper_first


def plain(text: str | None) -> str:
    """A docstring as Markdown for a table's cell."""
    return in_one_line(text).replace("|", "\\|").replace("<", "&lt;")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def field_table(model: ModelType) -> str:
    """Every field of a model: its name, what it means, what may be written, and an example."""
    rows = [_field_row(model, name, field) for name, field in own_fields(model).items()]
    return table(["Field", "What it means", "What to write"], rows)


def _field_row(model: ModelType, name: str, field: FieldInfo) -> list[str]:
    place = f"field-{name}" if model is DecisionForm else f"{anchor(title(model))}-{name}"
    said = f"{upper_first(in_words(annotation_of(model, name)))}."
    example = f"`{written(name, field)}: {read_example(model, name)}`"
    words = " ".join(filter(None, (said, needed(model, name))))
    return [
        f'<strong id="{place}">{written(name, field)}</strong>',
        plain(meaning(model, name)),
        f"{words}<br>{example}",
    ]


def section(model: ModelType) -> str:
    """A section for one part of the file: what it is, the short ways of writing it, and its fields."""
    pieces = [f"### {title(model)}", plain(model.__doc__), FURTHER_RULES.get(model.__name__, "")]
    if ways := ways_of_writing(model):
        pieces += ["Ways to write it:", table(["You write", "It is read as"], [_way_row(model, way) for way in ways])]
        pieces.append("Its fields, when it is written out in full:")
    pieces += [field_table(model), *_common_fields(model)]
    return "\n\n".join(filter(None, pieces))


def _way_row(model: ModelType, way: str) -> list[str]:
    full = read_as(model, way)
    return [f"`{way}`", f"`{full}`" if full != way else "the same"]


def _common_fields(model: ModelType) -> Iterator[str]:
    if issubclass(model, Said):
        yield "Or one of the [four kinds of nothing](#the-four-kinds-of-nothing)."
    if issubclass(model, MoneyRoles):
        roles = say_list([f"`{name}`" for name in MONEY_ROLES], "and")
        yield f"It may also have [sums of money](#sums-of-money): {roles}."


def fields_part() -> str:
    """Every field of the decision file, in the form's order."""
    return "\n\n".join([field_table(DecisionForm), *_common_fields(DecisionForm)])


def parts_part() -> str:
    """A section for each part that has fields of its own."""
    return "\n\n".join(section(model) for model in form_parts())


def tables_part() -> str:
    """The reference tables: their files, and the fields of their entries."""
    hints = get_type_hints(Tables, include_extras=True)
    rows = [
        [f"`tables/{name}.yaml`", plain(meaning(Tables, name)), upper_first(in_words(get_args(hints[name])[1]))]
        for name in Tables.model_fields
    ]
    files = table(["File", "What it holds", "Each entry"], rows)
    return "\n\n".join([files, *(section(model) for model in table_parts())])


def links_part() -> str:
    """The table of link kinds."""
    rows = [
        [f"**{kind.name}**", kind.inverse, _meaning(kind), f"{EFFECTS[kind.effect]}."] for kind in LINK_KINDS.values()
    ]
    heads = ["You write", "The earlier decision then shows", "The later decision"]
    return table([*heads, "What happens to the earlier one"], rows)


def _meaning(kind: LinkKind) -> str:
    wanted = say_list([name for name in EVENT_KINDS if name in kind.target_events], "or")
    return upper_first(kind.meaning) + (f". The earlier one's event must be: {wanted}." if wanted else ".")


def events_part() -> str:
    """The table of event kinds."""
    rows = [
        [f"**{kind.name}**", upper_first(kind.meaning), _carried(kind), say_list(kind.links, "or") or "none"]
        for kind in EVENT_KINDS.values()
    ]
    return table(["Event", "The decision", "It can carry", "Link that should come with it"], rows)


def _carried(kind: EventKind) -> str:
    order = [name for model in form_parts() if model.__name__ == "ContractEvent" for name in own_fields(model)]
    names = [f"`{name}`" for name in order if name in kind.carries]
    roles = [f"`{name}`" for name in MONEY_ROLES if name in kind.carries]
    sums = ["any [sum of money](decision-file.md#sums-of-money)"] if len(roles) == len(MONEY_ROLES) else roles
    return ", ".join([*names, *sums])


def money_part() -> str:
    """The table of what sums of money are for."""
    rows = []
    for name in own_fields(MoneyRoles):
        role = MONEY_ROLES[name]
        purpose = plain(meaning(MoneyRoles, name)) + (" Always a limit, however it is written." if role.limit else "")
        example = f"`{name}: {read_example(MoneyRoles, name)}`"
        rows.append([f'<strong id="sum-{name}">{name}</strong>', role.label, purpose, example])
    return table(["Field", "Shown as", "What it means", "Example"], rows)


def nothings_part() -> str:
    """The four kinds of nothing as written, and the fields that go with them."""
    said = docs_below(Nothing)
    rows = [[f"`{kind.value}`", say_nothing(kind), said[kind.name]] for kind in Nothing]
    return "\n\n".join([table(["You write", "Readers see", "What it means"], rows), field_table(Said)])


def nothings_shown_part() -> str:
    """The four kinds of nothing as readers see them."""
    said = docs_below(Nothing)
    return table(["You see", "What it means"], [[f"**{say_nothing(kind)}**", said[kind.name]] for kind in Nothing])


def problems_part() -> str:
    """Every problem code under its own heading, after an index of them all."""
    index = ", ".join(f"[{code}](#{anchor(code)})" for code in sorted(PROBLEM_KINDS))
    return "\n\n".join([index, *(_problem(kind) for kind in PROBLEM_KINDS.values())])


def _problem(kind: ProblemKind) -> str:
    severity = "Error: stops every build." if kind.severity is Severity.ERROR else "Warning: stops a strict build."
    return f"### {kind.code}\n\n{kind.meaning}\n\n**What to do.** {kind.cure}\n\n{severity}"


def rules_part() -> str:
    """What is checked beyond the shape of each field."""
    rules: Sequence[Callable[..., Any]] = (*FORM_RULES, *RULES)
    return "\n".join(f"- {plain(rule.__doc__)}" for rule in rules)


def checks_part() -> str:
    """Every check of the register, by what it is about."""
    sections = [f"### {name}\n\n{_checks_table(rules)}" for name, rules in GROUPS.items()]
    return "\n\n".join(sections)


def _checks_table(rules: Sequence[Rule]) -> str:
    rows = [[f"`{rule.code}`", rule.statement, upper_first(rule.weight.value), _basis(rule)] for rule in rules]
    return table(["Code", "What must hold", "What it finds", "Basis"], rows)


def _basis(rule: Rule) -> str:
    return upper_first(rule.basis.words) + (f" ({rule.basis.known.value})" if rule.basis.is_law else "")


PARTS: dict[str, Callable[[], str]] = {
    "fields": fields_part,
    "parts": parts_part,
    "tables": tables_part,
    "links": links_part,
    "events": events_part,
    "money": money_part,
    "nothings": nothings_part,
    "nothings-shown": nothings_shown_part,
    "problems": problems_part,
    "rules": rules_part,
    "checks": checks_part,
    **DATA_PARTS,
}
