"""The generated parts of the documentation: every field, kind and message, from the models and tables themselves.

``python -m hipss_register.reference docs/`` rewrites what stands between ``<!-- generated: fields -->`` and
``<!-- end -->`` in each page; with ``--check`` it only says which pages are out of date. Examples are read by the
models before they are printed, so that none can be wrong.
"""

from hipss_register.reference.models import read_example
from hipss_register.reference.pages import main, renewed
from hipss_register.reference.parts import PARTS
from hipss_register.reference.words import EFFECTS, FURTHER_RULES

__all__ = ["EFFECTS", "FURTHER_RULES", "PARTS", "main", "read_example", "renewed"]
