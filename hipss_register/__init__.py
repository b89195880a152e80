"""HIPSS Register: a council's decision records, read, linked and published as a register people can trust."""

__version__ = "0.1.0"
