"""``hipss-register new``: a few questions, and a valid decision file with the right name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from hipss_register.build import Edition, make_edition
from hipss_register.cli.asking import Asked
from hipss_register.cli.site_config import CONFIG, decisions_folder, decisions_option, read_site_config
from hipss_register.data import paths
from hipss_register.linking import check_links
from hipss_register.model import EVENT_KINDS, LINK_KINDS
from hipss_register.model.decision import STATEMENTS
from hipss_register.problem_kinds import Severity
from hipss_register.problems import Problem, placed
from hipss_register.read import read_decision_text
from hipss_register.read.files import is_table
from hipss_register.read.tables import MISNAMED
from hipss_register.writing import Value, decision_text, form_order
from hipss_register.writing.ids import suggested_id
from hipss_register.writing.schema import schema_line

_BOXES = frozenset({"summary", "kind", "wards", "source", *STATEMENTS})
"""What most records have beside what is asked for."""


@click.command(
    epilog=f"""\b
Examples:
  hipss-register new
  hipss-register new --title "New swings for Hilltop" --date 2024-09-10 \\
      --maker "Head of Parks" --decision "To buy new swings."
  hipss-register new --contract grass-cutting --event variation \\
      --changes 2024-03-05-grass-cutting-award

Events: {"; ".join(EVENT_KINDS)}.

Links: {"; ".join(LINK_KINDS)}.
"""
)
@click.option("--title", help="The decision's title, in the record's own words.")
@click.option("--date", help="The date of the decision, as 2024-09-10, 2024-09 or 2024.")
@click.option("--maker", help="Who took it: the post or body.")
@click.option("--decision", help="What was decided, in the record's own words.")
@click.option("--summary", help="What was decided, in plain English, in your words.")
@click.option("--kind", help="What the record calls itself, such as officer decision.")
@click.option("--contract", help="The contract that it is about: an id in tables/contracts.yaml.")
@click.option("--event", type=click.Choice(list(EVENT_KINDS)), metavar="EVENT", help="What it does to the contract.")
@click.option("--supplier", help="The supplier: an id or a name in tables/suppliers.yaml.")
@click.option("--changes", help="The earlier decision that it changes: its id.")
@click.option(
    "--link", type=click.Choice(list(LINK_KINDS)), metavar="LINK", help="How it changes it; the event has a usual way."
)
@decisions_option
def new(decisions: Path | None, **given: str | None) -> None:
    """Start a decision file.

    Asks for what you do not give: title, date, decision maker and decision, and whether it is about a contract. Names
    that are near to one the register has are pointed out. Never writes over a file.
    """
    folder = decisions_folder(decisions)
    edition = make_edition(folder, folder.as_posix())
    _tell_unread(edition, folder.as_posix())
    answers = Asked(edition, {name: value for name, value in given.items() if value}).complete()
    fields = _fields(answers)
    record_id = suggested_id(answers["date"], answers["title"], [path.stem for path in folder.rglob("*.y*ml")])
    path = folder / f"{record_id}.yaml"
    text = decision_text(fields, head=_schema_line(path, folder))
    problems = _problems(text, path, record_id, edition)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise click.ClickException("nothing was written:\n" + "\n".join(map(str, problems)))
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    for problem in problems:
        click.echo(str(problem), err=True)
    rest = ", ".join(sorted(_BOXES - fields.keys(), key=form_order))
    rest += "; for the contract its term and its sums" if "contracts" in fields else ""
    click.echo(f"{path}: written. Now add what else the record has ({rest}), and run: hipss-register check")


def _fields(answers: Mapping[str, str]) -> dict[str, Value]:
    names = ("title", "summary", "kind", "date", "decision")
    fields: dict[str, Value] = {name: answers[name] for name in names if answers.get(name)}
    fields["decision_maker"] = answers["maker"]
    if answers.get("contract"):
        event = {"contract": answers["contract"], "event": answers["event"]}
        event |= {"suppliers": answers["supplier"]} if answers.get("supplier") else {}
        fields["contracts"] = [event]
    if answers.get("changes"):
        fields["links"] = {answers["link"]: answers["changes"]}
    return fields


def _tell_unread(edition: Edition, shown_as: str) -> None:
    """Why contracts or suppliers cannot be looked up, where their tables cannot be read."""
    if edition.reading.open_tables.isdisjoint({"contracts", "suppliers"}):
        return
    for problem in edition.problems:
        if problem.severity is Severity.ERROR and (is_table(f"{problem.path}/", shown_as) or problem.code == MISNAMED):
            click.echo(str(problem), err=True)


def _problems(text: str, path: Path, record_id: str, edition: Edition) -> Sequence[Problem]:
    """What the checks would say of the new file."""
    shown = str(path)
    record, problems = read_decision_text(text, shown, record_id)
    if not record:
        return problems
    reading = edition.reading
    faults = check_links([*reading.records, record], reading.ids, reading.tables, (), reading.open_tables)
    return [*problems, *placed((fault for fault in faults if fault.path == shown), lambda _path, _loc: (1, 1))]


def _schema_line(path: Path, decisions: Path) -> list[str]:
    """The line by which editors find the schema: a copy beside the decisions, or else the one that the site has."""
    address = read_site_config(decisions.resolve().parent / CONFIG).site_url
    published = f"yaml-language-server: $schema={address.rstrip('/')}/{paths.schema('decision')}" if address else ""
    return list(filter(None, (schema_line(path, decisions) or published,)))
