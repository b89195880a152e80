"""Checks a folder of decisions on each save: only what a change can bear on is read and asked again.

The decisions fall into parts that nothing connects: no link, no contract, no name of a file. What the checks say of a
part depends on its own files and on a little around them, and is kept under a digest of all of that.
"""

from hipss_register.quick.run import quick_check
from hipss_register.quick.store import Store, open_store

__all__ = ["Store", "open_store", "quick_check"]
