"""What a server remembers that builds again and again, so that only what an edit reaches is made and checked anew."""

from __future__ import annotations

from hipss_register.proof.provenance import ProvenanceMemory
from hipss_register.serving.checking import CheckingMemory
from hipss_register.serving.editions import Editions


class Memory:
    """The last edition of the register, and what the checks said of it."""

    def __init__(self) -> None:
        self.editions = Editions()
        self.provenance = ProvenanceMemory(self.editions.reading.states)
        self.checking = CheckingMemory(self.editions)
