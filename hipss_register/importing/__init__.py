"""From published records (Word, PDF, HTML, Markdown, text) to drafts of decision files.

A document is read into one stream of blocks, whatever its format; the form is found in the blocks; what stands in its
boxes goes word for word into the fields of a draft. What is inferred is a comment with the words it came from. What
found no field stays in the draft under a name that the checker refuses.
"""

from hipss_register.importing.blocks import Block, Document, Kind
from hipss_register.importing.draft import Draft, Kept, make_drafts
from hipss_register.importing.folder import Import, Imported, Outcome, State, import_document
from hipss_register.importing.readers import READERS, read_file
from hipss_register.importing.suggest import Known

__all__ = [
    "READERS",
    "Block",
    "Document",
    "Draft",
    "Import",
    "Imported",
    "Kept",
    "Kind",
    "Known",
    "Outcome",
    "State",
    "import_document",
    "make_drafts",
    "read_file",
]
