"""The generated parts of the documentation: every field, kind and message, from the models and tables themselves.

``python -m hipss_register.reference docs/`` rewrites what stands between ``<!-- generated: fields -->`` and
``<!-- end -->`` in each page; with ``--check`` it only says which pages are out of date. Examples are read by the
models before they are printed, so that none can be wrong.
"""

from hipss_register.reference.examples import EFFECTS, EXAMPLES, FURTHER_RULES, WAYS
from hipss_register.reference.models import (
    ModelType,
    annotation_of,
    form_parts,
    own_fields,
    read_example,
    table_parts,
    title,
    value_of,
    written,
)
from hipss_register.reference.pages import main, renewed
from hipss_register.reference.parts import PARTS, member_docs

__all__ = [
    "EFFECTS",
    "EXAMPLES",
    "FURTHER_RULES",
    "PARTS",
    "WAYS",
    "ModelType",
    "annotation_of",
    "form_parts",
    "main",
    "member_docs",
    "own_fields",
    "read_example",
    "renewed",
    "table_parts",
    "title",
    "value_of",
    "written",
]
