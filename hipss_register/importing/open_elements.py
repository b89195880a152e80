"""What of a page has begun where its reader stands: the elements around it, the lists and the tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from hipss_register.importing.blocks import Block
from hipss_register.importing.elements import Given, is_bold, is_main, is_skipped
from hipss_register.model.refusal import Refusal

MOST_DEPTH = 400


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun; ``main`` if the page's own content is within it."""

    tag: str = ""
    skipped: bool = False
    main: bool = False
    bold: bool = False


class OpenElements:
    """The elements that have begun and not ended, the innermost last."""

    def __init__(self) -> None:
        self._elements: list[_Open] = []

    def push(self, tag: str, given: Given) -> None:
        """Begin an element; raises `Refusal` where they stand deeper within one another than any person writes them."""
        if len(self._elements) >= MOST_DEPTH:
            raise Refusal("TOO-DEEP", f"its elements stand within one another more than {MOST_DEPTH} deep")
        around = self._last
        self._elements.append(
            _Open(
                tag,
                around.skipped or is_skipped(tag, given),
                around.main or is_main(tag, given),
                around.bold or is_bold(tag, given),
            )
        )

    def pop(self) -> None:
        """End the innermost element."""
        self._elements.pop()

    @property
    def _last(self) -> _Open:
        return self._elements[-1] if self._elements else _OUTSIDE

    @property
    def tags(self) -> set[str]:
        """The names of all of them."""
        return {element.tag for element in self._elements}

    @property
    def innermost(self) -> str:
        """The name of the innermost; empty outside all."""
        return self._last.tag

    @property
    def in_main(self) -> bool:
        """Whether this is within the page's own content."""
        return self._last.main

    @property
    def in_title(self) -> bool:
        """Whether this is the heading of the page, which may stand above the element that has its content."""
        return "h1" in self.tags

    @property
    def skipping(self) -> bool:
        """Whether nothing here is read."""
        return self._last.skipped

    @property
    def bold(self) -> bool:
        """Whether the words are in bold."""
        return self._last.bold


_OUTSIDE = _Open()


@dataclass(slots=True)
class OpenList:
    """A list that has begun: how its items are numbered, if they are, and the number reached."""

    ordered: str = ""
    reached: int = 0


@dataclass(slots=True)
class OpenTable:
    """A table that has begun: its number, and the cells of the row being read."""

    number: int
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    heads: int = 0
    in_cell: bool = False
