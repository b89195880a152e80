"""Pages that a browser saved as one file (MHTML, RFC 2557): a message, of which the first page in it is read."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from hipss_register.importing.blocks import Document
from hipss_register.importing.charsets import decoded
from hipss_register.importing.markup import read_markup
from hipss_register.model.refusal import Refusal


def read_archive(content: bytes) -> Document:
    """Read a saved page; raises `Refusal` if there is none in it."""
    message = message_from_bytes(content)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Refusal("UNREADABLE", "there is no page in it", "save the page in your browser as “HTML only”")
    document = read_markup(_text(page))
    address = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    return replace(document, address=document.address or str(address).strip())


def _text(page: Message) -> str:
    content = page.get_payload(decode=True)
    assert isinstance(content, bytes), "a page is no message of several parts"
    return decoded(content, page.get_content_charset())
