"""A decision as others may cite it: in a line of text, and for BibTeX."""

from __future__ import annotations

from dataclasses import dataclass

from hipss_register.model import PartialDate
from hipss_register.model.dates import MONTHS
from hipss_register.read import Record
from hipss_register.wording import say_when

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One decision cited. ``address`` is its permanent address, empty where the site does not know its own."""

    text: str
    bibtex: str
    address: str


def cite(record: Record, author: str, address: str) -> Citation:
    """The citation of a decision of ``author``, the council or else the register."""
    form = record.form
    title, kind = form.title or record.name, form.kind or "decision"
    parts = [author, f"‘{title}’", kind, say_when(form.date), record.id, *([address] if address else [])]
    date = form.date.date.single if form.date.date else None
    return Citation(", ".join(parts), _bibtex(record.id, author, title, kind, date, address), address)


def _bibtex(key: str, author: str, title: str, kind: str, date: PartialDate | None, address: str) -> str:
    """An entry of type ``misc``; double braces keep a body's name whole and a title's capitals as they are."""
    fields = {"author": f"{{{_tex(author)}}}", "title": f"{{{_tex(title)}}}", "howpublished": _tex(kind)}
    if date:
        fields["year"] = str(date.year)
    if date and date.day:
        fields["day"] = str(date.day)
    fields |= {"note": _tex(key)} | ({"url": address} if address else {})
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    if date and date.month:
        lines.append(f"  month = {MONTHS[date.month][:3].lower()},")
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _tex(text: str) -> str:
    return text.translate(_TEX)
