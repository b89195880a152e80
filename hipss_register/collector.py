"""When Python's collector of what nothing refers to any more is to look: not while nearly all that is made stays."""

from __future__ import annotations

import atexit
import gc


class Collector:
    """Keeps the collector from going through a register again and again, and once more as the program ends.

    A register is hundreds of thousands of objects, which all stay for as long as it is built or served. What a build
    lets go, it mostly lets go without the collector.
    """

    def __init__(self) -> None:
        self._first = True
        atexit.register(gc.freeze)

    def wait(self) -> None:
        """Do not look while the register is made."""
        gc.disable()

    def go_on(self) -> None:
        """Look, but through nothing that there is by now; a build after an edit makes too little to look at all."""
        if self._first:
            gc.freeze()
            gc.enable()

    def end(self) -> None:
        """A build is over: leave the collector as it was, since another program may go on here."""
        gc.enable()
        gc.unfreeze()

    def look(self) -> None:
        """A build is over while serving: let go of the one before. What the first one leaves is served from then on."""
        first, self._first = self._first, False
        if first:
            gc.unfreeze()
        gc.enable()
        gc.collect()
        if first:
            gc.freeze()
