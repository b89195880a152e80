"""The text of a document's bytes: in the character set that it names, else in UTF-8, else in Windows' Western one."""

from __future__ import annotations

import codecs

from hipss_register.model.refusal import Refusal

_BYTE_ORDER = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
"""What Python decodes beside the character sets of documents: these would change the words, or know none."""


def decoded(content: bytes, declared: str | None = None) -> str:
    """The text, where a mark of the byte order counts for more than what is declared.

    Raises `Refusal` where it is in none of the character sets.
    """
    marked = next((name for mark, name in _BYTE_ORDER if content.startswith(mark)), None)
    for name in (marked,) if marked else (declared, "utf-8", "cp1252"):
        text = _decoded(content, name) if name else None
        if text is not None:
            return text
    raise Refusal("NOT-UTF8", "its characters cannot be told", "save it as UTF-8 in your editor")


def _decoded(content: bytes, name: str) -> str | None:
    try:
        return None if codecs.lookup(name).name in _NO_CHARSETS else content.decode(name)
    except (LookupError, ValueError):  # there is no such character set, or these bytes are not in it
        return None
