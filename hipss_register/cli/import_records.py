"""``hipss-register import``: published records become drafts of decision files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from hipss_register.build import make_edition
from hipss_register.cli.site_config import decisions_folder, decisions_option
from hipss_register.importing import Import, Imported, Known, Outcome, State, import_document
from hipss_register.importing.draft import SUGGESTIONS
from hipss_register.model.base import address_fault
from hipss_register.model.refusal import Refusal
from hipss_register.problems import Problem
from hipss_register.read import read_decision_text
from hipss_register.read.shape import UNPLACED
from hipss_register.wording import say_count


@click.command(
    "import",
    epilog="""\b
Examples:
  hipss-register import record.docx
  hipss-register import downloads/*.pdf downloads/*.html
  hipss-register import --force record.docx""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@decisions_option
@click.option("--force", is_flag=True, help="Write drafts afresh that were made from the same document before.")
@click.option("--saved-from", default="", help="The address of a saved page that does not tell its own.")
def import_records(files: Sequence[Path], decisions: Path | None, force: bool, saved_from: str) -> None:
    """Make draft decision files of published records.

    Reads the council's form as Word (.docx), PDF, web page, Markdown or plain text, and pages and lists of decisions
    saved from ModernGov. The words stay as they are. What is inferred stands in comments, with the words that it was
    inferred from. What found no field stays in the draft, and the checks refuse it until you have dealt with it. The
    document is kept in the folder "sources".
    """
    if saved_from and (fault := address_fault(saved_from)):
        raise click.UsageError(f"“{saved_from}” cannot be the address of a page: {fault}")
    folder = decisions_folder(decisions)
    done: list[Outcome] = []
    refused = 0
    known, imported = _known(folder), Imported(folder)
    for file in files:
        try:
            result = import_document(file, folder, known, force, saved_from, imported)
        except Refusal as refusal:
            refused += 1
            click.echo(str(Problem(str(file), 0, 0, refusal.code, refusal.message, refusal.hint)), err=True)
        else:
            _tell(file, result)
            done += result.outcomes
            known = _with(known, result)
    click.echo(_still_to_do(done, folder))
    if refused:
        raise SystemExit(1)


def _known(decisions: Path) -> Known:
    """What the register has so far."""
    if not decisions.is_dir():
        return Known()
    register = make_edition(decisions, decisions.name).book.register
    return Known(register.tables, tuple(register.records.values()))


def _with(known: Known, result: Import) -> Known:
    """What is known once a document has been imported: the next may speak of a decision in it."""
    written = [outcome for outcome in result.outcomes if outcome.state in (State.WRITTEN, State.OVERWRITTEN)]
    read = [read_decision_text(one.text, str(one.path), one.path.stem)[0] for one in written]
    new = {record.id: record for record in read if record}
    kept = (record for record in known.records if record.id not in new)
    return replace(known, records=(*kept, *new.values()))


def _tell(file: Path, result: Import) -> None:
    for outcome in result.outcomes:
        click.echo(f"{outcome.path}: {outcome.state}, from {file.name}")
    for text in result.unread:
        click.echo(f"{file.name}: not part of the list, left out: {text[:100]}")


def _still_to_do(done: Sequence[Outcome], decisions: Path) -> str:
    """One line: what a person still has to do, by file and line."""
    here = {outcome.path for outcome in done if outcome.state is not State.TAKEN}
    todo = [line for path in sorted(here) for line in _in_file(path)]
    problems = make_edition(decisions, str(decisions)).problems if decisions.is_dir() and here else ()
    told = set(_unplaced(here))
    for problem in problems:
        path, line = Path(problem.path), max(problem.line, 1)
        if path in here and (path, line) not in told:
            todo.append(f"{path}:{line} {problem.message}{f' ({problem.hint})' if problem.hint else ''}")
    todo += [f"{o.path}:1 rename it, or import with another name" for o in done if o.state is State.TAKEN]
    if not done:
        return "Nothing was written."
    return f"Still to do: {'; '.join(todo)}." if todo else "Nothing left to do."


def _in_file(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line == f"{UNPLACED}:":
            count = sum(bool(re.match(r"  - ", after)) for after in lines[number:])
            yield f"{path}:{number} find a place for {say_count(count, 'passage')}"
        elif line == f"# {SUGGESTIONS}":
            yield f"{path}:{number} weigh the suggestions"
        elif line.startswith("# summary:"):
            yield f"{path}:{number} write the summary"
        elif line.startswith(("# Suggested", "# Is this", "# Read as", "# Check the", "# Changes are", "# Struck")):
            yield f"{path}:{number} look at the remark"


def _unplaced(paths: set[Path]) -> Iterator[tuple[Path, int]]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line == f"{UNPLACED}:":
                yield path, number
