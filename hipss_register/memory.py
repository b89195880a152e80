"""What a server remembers that builds again and again, so that only what was edited is read, folded and checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from hipss_register.history.memory import FoldingMemory
from hipss_register.linking_again import LinkingMemory
from hipss_register.quick.again import CheckingMemory
from hipss_register.read import ReadingMemory


@dataclass(frozen=True)
class Memory:
    """The records as they were read, those with which nothing is wrong, the histories, and what the checks said."""

    reading: ReadingMemory = field(default_factory=ReadingMemory)
    linking: LinkingMemory = field(default_factory=LinkingMemory)
    folding: FoldingMemory = field(default_factory=FoldingMemory)
    checking: CheckingMemory = field(default_factory=CheckingMemory)
