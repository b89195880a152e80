"""How print stands on a page: columns, tables within tables, raised signs; and what a PDF may carry."""

import io
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from drafts import data_of, drafts_of
from hypothesis import given
from hypothesis import strategies as st
from outside import needed

from hipss_register.importing.pdf_columns import Row, parts_of
from hipss_register.importing.readers import read_file
from hipss_register.model.refusal import Refusal

needed("pdfplumber", "pdfplumber")
platypus = needed("reportlab.platypus", "reportlab")
styles = needed("reportlab.lib.styles", "reportlab")

PLAIN = styles.getSampleStyleSheet()["BodyText"]
BOLD = styles.ParagraphStyle("label", parent=PLAIN, fontName="Helvetica-Bold")
WIDTH, HEIGHT = 595, 842
RULED = platypus.TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
UNRULED = platypus.TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
LONG = " ".join(f"Sentence {n} of the reasons is here to be read." for n in range(1, 40))
FORM = {
    "Decision title": "New swings",
    "Date of decision": "13<super>th</super> May 2024",
    "Decision maker": "Head of Parks",
    "Decision made": "To buy swings.",
    "Details of any alternative options considered and rejected": "To mend the old ones. " + LONG[:300],
    "Reasons for decision": LONG,
}


def printed(story: list[Any], columns: int = 1) -> bytes:
    stream = io.BytesIO()
    template = platypus.BaseDocTemplate(stream, pagesize=(WIDTH, HEIGHT), invariant=1)
    wide = (WIDTH - 80) / columns
    frames = [platypus.Frame(40 + n * wide, 50, wide - 20, HEIGHT - 100) for n in range(columns)]
    template.addPageTemplates([platypus.PageTemplate(frames=frames)])
    template.build(story)
    return stream.getvalue()


def paragraph(text: str, style: Any = PLAIN) -> Any:
    return platypus.Paragraph(text, style)


def as_table(style: Any, bold: bool = True, **cells: Any) -> Any:
    rows = [
        [paragraph(label, BOLD if bold else PLAIN), cells.get(label.split()[-1], paragraph(words))]
        for label, words in FORM.items()
    ]
    return platypus.Table(rows, colWidths=[130, 340], style=style)


def draft(folder: Path, content: bytes) -> dict[str, Any]:
    (made,) = drafts_of(folder, "a.pdf", content)
    return data_of(made)


def the_form_is_there(data: dict[str, Any]) -> None:
    assert "unplaced" not in data
    assert data["title"] == "New swings"
    assert data["date"] == {"date": "2024-05-13", "words": "13th May 2024"}
    assert data["decision_maker"] == "Head of Parks"
    assert data["decision"] == "To buy swings."
    assert data["alternatives"].split() == FORM[list(FORM)[4]].split()
    assert data["reasons"].split() == LONG.split()


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    story = [piece for label, words in FORM.items() for piece in (paragraph(f"{label}:", BOLD), paragraph(words))]
    the_form_is_there(draft(tmp_path, printed(story, columns=2)))


@pytest.mark.parametrize("bold", [True, False])
def test_labels_beside_their_words_without_lines_between(tmp_path: Path, bold: bool) -> None:
    the_form_is_there(draft(tmp_path, printed([as_table(UNRULED, bold)])))


def test_a_table_within_a_box_stays_in_it_and_comes_once(tmp_path: Path) -> None:
    inner = platypus.Table([["Year", "Cost"], ["2024", "£1"], ["2025", "£2"]], style=RULED)
    data = draft(tmp_path, printed([as_table(RULED, made=[paragraph("To pay:"), inner, paragraph("And no more.")])]))
    assert data["decision"] == "To pay:\n\n| Year | Cost |\n| 2024 | £1 |\n| 2025 | £2 |\n\nAnd no more.\n"
    assert data["reasons"].split() == LONG.split()


def test_the_mark_of_a_footnote_is_no_figure_of_a_sum(tmp_path: Path) -> None:
    data = draft(
        tmp_path, printed([as_table(RULED, made=paragraph("To pay £5,000<super>1</super> for 3 m<super>2</super>."))])
    )
    assert data["decision"] == "To pay £5,000¹ for 3 m²."


def test_a_word_in_two_sorts_of_type_is_one(tmp_path: Path) -> None:
    data = draft(
        tmp_path, printed([as_table(RULED, made=paragraph("To <b>re</b>let the <font size=14>K</font>iosk."))])
    )
    assert data["decision"] == "To relet the Kiosk."


# What a PDF may carry


def object_stream(content: bytes, of: bytes) -> bytes:
    packed = zlib.compress(of)
    stream = b"90 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    at = content.index(b"\n", 9) + 1
    return content[:at] + stream + content[at:]


@pytest.mark.parametrize(
    ("of", "refused"),
    [
        (b"1 0 2 40 <</S /JavaScript /JS (app.alert)>>", True),
        (b"1 0 2 40 <</S /J#61vaScript>>", True),
        (b"\x89\x00 bytes of a picture /JS \x00/Launch ", False),
    ],
)
def test_objects_that_run_are_refused_and_bytes_of_pictures_are_not(tmp_path: Path, of: bytes, refused: bool) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(object_stream(printed([as_table(RULED)]), of))
    if refused:
        with pytest.raises(Refusal, match="it carries scripts"):
            read_file(path)
    else:
        assert read_file(path)[1].blocks


BOXES = st.builds(
    lambda n, x, y, width, height: {
        "text": f"w{n}",
        "x0": x,
        "x1": x + width,
        "top": y,
        "bottom": y + height,
        "fontname": "Helvetica",
    },
    st.integers(0, 999),
    st.integers(0, 500),
    st.integers(0, 60).map(lambda n: 13 * n),
    st.integers(5, 240),
    st.sampled_from([7, 10, 10, 12]),
)


@given(st.lists(BOXES, max_size=60))
def test_wherever_words_stand_each_is_read_once(words: list[dict[str, Any]]) -> None:
    read: Counter[str] = Counter()
    for part in parts_of(words):
        for one in part:
            lines = [*one.label, *one.beside] if isinstance(one, Row) else [one]
            read.update(piece for line in lines for piece in line.text.replace("w", " w").split())
    assert read == Counter(word["text"] for word in words)
