"""What a server remembers that builds again and again, so that only what was edited is read, folded and checked."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field

from hipss_register.history.memory import FoldingMemory
from hipss_register.linking_again import LinkingMemory
from hipss_register.quick.again import CheckingMemory
from hipss_register.read import ReadingMemory


class Collector:
    """Python's collector of what nothing refers to any more.

    It would look through the whole register several times in each build, though nearly all of it stays. So it looks
    once, after a build, and only through what the first build has not left.
    """

    def __init__(self) -> None:
        self._first = True

    def wait(self) -> None:
        """Keep the collector from its work while a build goes on; the first build has most to let go, and it may."""
        if not self._first:
            gc.disable()

    def look(self) -> None:
        """Let go of the build before."""
        gc.enable()
        gc.collect()
        if self._first:
            gc.freeze()
        self._first = False


@dataclass(frozen=True)
class Memory:
    """The records as they were read, those with which nothing is wrong, the histories, and what the checks said."""

    reading: ReadingMemory = field(default_factory=ReadingMemory)
    linking: LinkingMemory = field(default_factory=LinkingMemory)
    folding: FoldingMemory = field(default_factory=FoldingMemory)
    checking: CheckingMemory = field(default_factory=CheckingMemory)
    collector: Collector = field(default_factory=Collector)
