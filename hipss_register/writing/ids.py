"""The names of decision files: the date as far as known, then a few words that tell one from its neighbours."""

from __future__ import annotations

import re
from collections.abc import Collection

from pydantic import ValidationError

from hipss_register.model import When
from hipss_register.names import slug
from hipss_register.read.rules import id_prefix
from hipss_register.writing import Value

_FILLERS_WORDS = (
    "a an and as at by current decision decisions for from in into is it its of on or record regarding "
    "revised service services that the their this to with"
)
_FILLERS = frozenset(_FILLERS_WORDS.split())
_MOST_WORDS = 6
_MOST_LENGTH = 60


def suggested_id(date: Value, title: str, taken: Collection[str] = ()) -> str:
    """An id for a decision of that date and title; with a number behind it if others have it already."""
    plain = f"{_prefix(date)}-{_words(title)}"
    number, made = 1, plain
    while made in taken:
        number += 1
        made = f"{plain}-{number}"
    return made


def _prefix(date: Value) -> str:
    try:
        return id_prefix(When.model_validate(date))
    except ValidationError:
        return id_prefix(When.model_validate("not known"))


def _words(title: str) -> str:
    named = re.search(r"\(([A-Z][A-Z0-9]{2,9})\)", title)
    words = [word for word in re.findall(r"[^\W_]+", re.sub(r"['’]", "", title)) if word.casefold() not in _FILLERS]
    if named:
        words = [named[1], *(word for word in words if word != named[1])]
    kept: list[str] = []
    for word in words[:_MOST_WORDS]:
        if len("-".join([*kept, word])) <= _MOST_LENGTH:
            kept.append(word)
    return slug(" ".join(kept)) if kept else "decision"
