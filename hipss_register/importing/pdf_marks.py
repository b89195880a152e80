"""How much a page of a PDF draws, counted before any of it is kept: its forms can draw one another without end."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from hipss_register.model.refusal import Refusal

MOST_SIGNS = 50_000
"""The most letters on a page, each of which takes a thousand bytes or two to keep."""
MOST_DRAWN = 20_000
"""The most lines, shapes, pictures and forms on a page, in which tables are looked for."""


class _Counting:
    """What pdfminer draws a page on, which counts and keeps nothing."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._signs = 0
        self._drawn = 0

    def device(self, resources: Any) -> Any:
        """A device of pdfminer's that counts here what it is asked to draw."""
        device = importlib.import_module("pdfminer.pdfdevice").PDFDevice(resources)
        device.render_string = self._letters
        for name in ("begin_figure", "paint_path", "render_image"):
            setattr(device, name, self._one)
        return device

    def _letters(self, _state: object, pieces: Sequence[object], *_: object) -> None:
        self._signs += sum(len(piece) for piece in pieces if isinstance(piece, bytes))
        self._look()

    def _one(self, *_: object) -> None:
        self._drawn += 1
        self._look()

    def _look(self) -> None:
        if self._signs > MOST_SIGNS or self._drawn > MOST_DRAWN:
            message = f"page {self._number} has more than {MOST_SIGNS:,} letters or {MOST_DRAWN:,} lines and pictures"
            raise Refusal("TOO-LARGE", message, "import it without that page")


def check_marks(pdf: Any) -> None:
    """Raises `Refusal` if a page of a PDF that pdfplumber has opened draws too much to be read."""
    interpreter = importlib.import_module("pdfminer.pdfinterp").PDFPageInterpreter
    for number, page in enumerate(pdf.pages, start=1):
        interpreter(pdf.rsrcmgr, _Counting(number).device(pdf.rsrcmgr)).process_page(page.page_obj)
