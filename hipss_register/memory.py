"""What a server remembers that builds again and again, so that only what was edited is read and checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from hipss_register.quick.again import CheckingMemory
from hipss_register.read import ReadingMemory


@dataclass(frozen=True)
class Memory:
    """The records as they were read, and what the checks said of them."""

    reading: ReadingMemory = field(default_factory=ReadingMemory)
    checking: CheckingMemory = field(default_factory=CheckingMemory)
