"""Lists of decisions, such as a council's page of delegated decisions: one sheet for each row below the heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hipss_register.importing.blocks import Block, Kind, squeezed_cell
from hipss_register.importing.form import Box, Sheet
from hipss_register.importing.labels import Label, label_of

_BESIDE_TITLE = frozenset({"date", "published", "effective", "decision_maker"})


def read_list(blocks: Sequence[Block]) -> tuple[list[Sheet], list[Block]]:
    """The decisions of every list in the blocks, and the blocks that belong to none."""
    sheets: list[Sheet] = []
    others: list[Block] = []
    heads: dict[int, list[Box]] = {}
    for block in blocks:
        if block.kind is not Kind.ROW:
            others.append(block)
        elif columns := _columns(block):
            heads[block.table] = columns
        elif block.table in heads and len(block.cells) <= len(heads[block.table]):
            sheets.append(_sheet(block, heads[block.table]))
        else:
            others.append(block)
    return (sheets, others) if sheets else ([], list(blocks))


def _columns(row: Block) -> list[Box]:
    """The columns that a row names; none unless it names a decision and something of when or by whom."""
    names = [squeezed_cell(cell) for cell in row.cells]
    labels = [label_of(short) or label_of(name) for short, name in zip(map(_short, row.cells), names, strict=True)]
    fields = {label.field for label in labels if label}
    named = row.head or sum(map(bool, labels)) > len(names) / 2
    if not (named and fields & {"title", "decision"} and fields & _BESIDE_TITLE):
        return []
    if "title" not in fields:  # the column headed "Decision" then has what the decision is called
        labels = [replace(label, field="title") if label and label.field == "decision" else label for label in labels]
    return [Box(label or Label(""), name, row.place) for label, name in zip(labels, names, strict=True)]


def _short(cell: Sequence[Block]) -> str:
    """What a column is called for those who hear it: ModernGov heads the dates of publication with "Date" alone."""
    return cell[0].short if cell else ""


def _sheet(row: Block, columns: Sequence[Box]) -> Sheet:
    sheet = Sheet()
    for column, cell in zip(columns, row.cells, strict=False):
        label = column.label if column.label and column.label.field else None
        sheet.boxes.append(Box(label, column.printed, row.place, list(cell)))
    return sheet
