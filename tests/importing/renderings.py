"""A record on the council's form, made with the writer that each format really has, to be imported again."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from outside import needed

from hipss_register.model.decision import LABELS

docx = needed("docx", "python-docx")
A4 = needed("reportlab.lib.pagesizes", "reportlab").A4
styles = needed("reportlab.lib.styles", "reportlab")
platypus = needed("reportlab.platypus", "reportlab")
Paragraph = platypus.Paragraph
CM = 72 / 2.54

Form = Mapping[str, Any]
"""What a form says, by the decision file's field, as a decision file has it."""

BOXES = {
    "title": LABELS["title"],
    "date": LABELS["date"],
    "published": "Publication date",
    "effective": "Effective from",
    "decision_maker": LABELS["decision_maker"],
    "key": "Is Key decision?",
    "call_in": "Is subject to call in?",
    **{name: LABELS[name] for name in ("authority", "wards", "consultation", "decision", "reasons")},
    **{name: LABELS[name] for name in ("considerations", "alternatives", "interests")},
    "documents": "Accompanying documents",
    "background": "Background papers",
}
"""The boxes of the form in order, each with its label where the record has no other."""
HEADING = "Record of officer decision"
BULLET = re.compile(r"• (.*)", re.DOTALL)


def shown(value: Any) -> str:
    """What a form shows of a field: its words; for several, a list."""
    if isinstance(value, Mapping):
        named = (
            value[name] for name in ("subject", "words", "name", "title", "makers", "wards", "date") if name in value
        )
        return shown(next(named, ""))
    if isinstance(value, list):
        return "\n".join(f"• {shown(one)}" for one in value)
    return str(value).rstrip("\n")


def boxes(form: Form) -> Iterator[tuple[str, list[str]]]:
    """Each box's label, and the paragraphs and list lines in it."""
    labels = form.get("labels", {})
    for name, label in BOXES.items():
        if text := shown(form.get(name, "")).strip():
            pieces = [line for part in re.split(r"\n\s*\n", text) for line in _lines(part)]
            yield labels.get(name, label), pieces
        if name == "title":
            yield from ((key, [value]) for key, value in form.get("reference", {}).items())


def heading(form: Form) -> str:
    """What the record calls itself."""
    return f"Record of {form['kind']}" if "kind" in form else HEADING


def _lines(part: str) -> list[str]:
    return part.split("\n") if BULLET.match(part) else [part]


def _signature(form: Form) -> list[str]:
    """What stands below the form."""
    return re.split(r"\n\s*\n", form.get("signature", "").strip())


@functools.cache
def template() -> io.BytesIO | None:
    """Word's usual template, without a hundred styles of tables that no form uses: most of the time went into them."""
    document = docx.Document()
    for style in list(document.styles):
        if style.type == docx.enum.style.WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    return io.BytesIO(_saved(document))


def as_word(form: Form) -> bytes:
    """A Word document: the form as a table of two columns."""
    document = docx.Document(template())
    document.add_heading(heading(form), level=1)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, pieces in boxes(form):
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(f"{label}:").bold = True
        for piece in pieces:
            item = BULLET.match(piece)
            right.add_paragraph(item[1] if item else piece, style="List Bullet" if item else None)
    for piece in _signature(form):
        document.add_paragraph(piece)
    return _saved(document)


def as_word_prose(form: Form) -> bytes:
    """A Word document without a table: bold labels, each followed by its words, split into runs as Word does it."""
    document = docx.Document(template())
    document.add_heading(heading(form), level=1)
    for label, pieces in boxes(form):
        document.add_paragraph().add_run(f"{label}:").bold = True
        for piece in pieces:
            item = BULLET.match(piece)
            paragraph = document.add_paragraph(style="List Bullet" if item else None)
            for run in re.findall(r"(?s).{1,7}", item[1] if item else piece):
                paragraph.add_run(run)
    for piece in _signature(form):
        document.add_paragraph(piece)
    return _saved(document)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(form: Form) -> bytes:
    """A PDF as printed from a form: a ruled table that runs over pages, with titles and numbers at their edges."""
    plain = styles.getSampleStyleSheet()["BodyText"]
    bold = styles.ParagraphStyle("label", parent=plain, fontName="Helvetica-Bold")
    rows = [
        [[Paragraph(escape(f"{label}:"), bold)], [_paragraph(piece, plain) for piece in pieces]]
        for label, pieces in boxes(form)
    ]
    grid = platypus.TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    table = platypus.Table(rows, colWidths=[5 * CM, 11 * CM], style=grid, splitInRow=1)
    return _printed(
        [
            Paragraph(heading(form), styles.getSampleStyleSheet()["Heading1"]),
            table,
            *(_paragraph(piece, plain) for piece in _signature(form)),
        ]
    )


def _paragraph(piece: str, style: object) -> object:
    return Paragraph(escape(piece).replace("\n", "<br/>"), style)


def as_pdf_prose(form: Form) -> bytes:
    """A PDF without a table: bold labels, each with its words below."""
    plain = styles.getSampleStyleSheet()["BodyText"]
    bold = styles.ParagraphStyle("label", parent=plain, fontName="Helvetica-Bold")
    story = [Paragraph(heading(form), styles.getSampleStyleSheet()["Heading1"])]
    for label, pieces in boxes(form):
        story += [Paragraph(escape(f"{label}:"), bold), *(_paragraph(piece, plain) for piece in pieces)]
    return _printed([*story, *(_paragraph(piece, plain) for piece in _signature(form))])


def _printed(story: list[object]) -> bytes:
    def furnish(canvas: object, template: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2 * CM, A4[1] - CM, "Riverside Council")
        canvas.drawString(2 * CM, CM, f"Page {template.page} of 9")

    stream = io.BytesIO()
    platypus.SimpleDocTemplate(stream, pagesize=A4, invariant=1).build(story, onFirstPage=furnish, onLaterPages=furnish)
    return stream.getvalue()


def as_html(form: Form) -> bytes:
    """A web page: the form as a table."""
    rows = [f"<tr><th scope=row>{escape(label)}:</th><td>{_html(pieces)}</td></tr>" for label, pieces in boxes(form)]
    return _page(form, f"<table>{''.join(rows)}</table>{_html(_signature(form))}")


def as_html_headings(form: Form) -> bytes:
    """A web page: a heading for each box."""
    parts = [f"<h3>{escape(label)}</h3>{_html(pieces)}" for label, pieces in boxes(form)]
    return _page(form, f"<main>{''.join(parts)}{_html(_signature(form))}</main>")


def _page(form: Form, body: str) -> bytes:
    return f"<!doctype html><meta charset=utf-8><h1>{escape(heading(form))}</h1>{body}".encode()


def _html(pieces: list[str]) -> str:
    made = ""
    for piece in pieces:
        item = BULLET.match(piece)
        made += f"<ul><li>{escape(item[1])}</li></ul>" if item else f"<p>{escape(piece).replace(chr(10), '<br>')}</p>"
    return made.replace("</ul><ul>", "")


def as_text(form: Form) -> bytes:
    """Plain text: each label at the head of a line, paragraphs a blank line apart."""
    return _lines_of(form, "{}: ")


def as_markdown(form: Form) -> bytes:
    """Markdown: each label in bold, on a line of its own."""
    return _lines_of(form, "**{}:**\n\n")


def _lines_of(form: Form, label_form: str) -> bytes:
    parts = [f"{heading(form)}\n"]
    for label, pieces in boxes(form):
        first = pieces[0] if not BULLET.match(pieces[0]) else f"\n{pieces[0]}"
        parts.append("\n".join([label_form.format(label) + first, *(_after_blank(p) for p in pieces[1:])]))
    return ("\n\n".join([*parts, *_signature(form)]) + "\n").encode()


def _after_blank(piece: str) -> str:
    return piece if BULLET.match(piece) else f"\n{piece}"


RENDERINGS: dict[str, tuple[str, Callable[[Form], bytes]]] = {
    "word": (".docx", as_word),
    "word prose": (".docx", as_word_prose),
    "pdf": (".pdf", as_pdf),
    "pdf prose": (".pdf", as_pdf_prose),
    "html": (".html", as_html),
    "html headings": (".html", as_html_headings),
    "text": (".txt", as_text),
    "markdown": (".md", as_markdown),
}
"""Each way to render a form, with the ending of its file's name."""
