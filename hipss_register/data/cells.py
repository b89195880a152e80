"""The cells of every table, made once and kept on disk: the CSV files and the database have the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from hipss_register.data.columns import Row, Table
from hipss_register.data.publication import Publication
from hipss_register.data.spool import Spool

_ROWS_AT_ONCE = 200


class Cells:
    """Every table's rows."""

    def __init__(self, pub: Publication) -> None:
        self._pub, self._spool = pub, Spool()
        self._blocks: dict[str, int] = {}

    def of(self, table: Table) -> Iterator[list[Row]]:
        """A table's rows, some at a time."""
        if table.name not in self._blocks:
            return self._made(table)
        blocks = range(self._blocks[table.name])
        return (json.loads(self._spool.kept(f"{table.name} {n}"), object_hook=_figure_of) for n in blocks)

    def _made(self, table: Table) -> Iterator[list[Row]]:
        rows = iter(table.cells(self._pub))
        number = 0
        while block := list(islice(rows, _ROWS_AT_ONCE)):
            self._spool.put(f"{table.name} {number}", _kept(block))
            number += 1
            yield block
        self._blocks[table.name] = number


def _kept(block: list[Row]) -> bytes:
    """Rows in ASCII, since Python would hold on to the UTF-8 of every text that it was asked for."""
    return json.dumps(block, default=lambda figure: {"figure": str(figure)}).encode()


def _figure_of(given: dict[str, Any]) -> Decimal:
    return Decimal(given["figure"])
