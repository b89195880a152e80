"""What a server remembers that builds again and again, so that only what an edit reaches is made and checked anew."""

from __future__ import annotations

import gc

from hipss_register.editions import Editions
from hipss_register.proof.provenance import ProvenanceMemory
from hipss_register.quick.again import CheckingMemory


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


class Memory:
    """The last edition of the register, and what the checks said of it."""

    def __init__(self) -> None:
        self.editions = Editions()
        self.provenance = ProvenanceMemory(self.editions.reading.states)
        self.checking = CheckingMemory(self.editions)
        self.collector = Collector()
