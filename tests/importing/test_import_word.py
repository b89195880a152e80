"""What Word documents hold beside plain paragraphs: nothing of it is lost in silence, and no number is invented."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drafts import data_of, drafts_of
from outside import needed

needed("mammoth", "mammoth")
docx = needed("docx", "python-docx")
oxml = needed("docx.oxml", "python-docx")
W = oxml.ns.nsdecls("w")
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
BOXED = "<w:txbxContent><w:p><w:r><w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent>"

HEAD = {"Decision title": "A lease", "Date of decision": "5 March 2024", "Decision maker": "Cabinet"}


class Form:
    """A record on a form of two columns, to put more into."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self.document.add_heading("Record of officer decision", 1)
        self._table = self.document.add_table(rows=0, cols=2)
        for label, words in HEAD.items():
            self.box(label, words)

    def box(self, label: str, words: str = "") -> Any:
        """A box of the form; its cell, for more to be put into."""
        left, right = self._table.add_row().cells
        left.paragraphs[0].add_run(f"{label}:").bold = True
        right.text = words
        return right

    def read(self, folder: Path, change: Callable[[bytes], bytes] = lambda content: content) -> tuple[str, Any]:
        """The text and the fields of the draft that the form gives."""
        stream = io.BytesIO()
        self.document.save(stream)
        (draft,) = drafts_of(folder, "a.docx", change(stream.getvalue()))
        return draft.text, data_of(draft)


def part(xml: str) -> Any:
    return oxml.parse_xml(xml)


def test_a_list_goes_on_where_word_goes_on_counting(tmp_path: Path) -> None:
    form = Form()
    cell = form.box("Decision made", "That:")
    for words, style in [("meals be let;", "List Number"), ("this be noted:", "List Number"), ("one", "List Bullet")]:
        cell.add_paragraph(words, style=style)
    cell.add_paragraph("a line between")
    cell.add_paragraph("and a third thing.", style="List Number")
    _, data = form.read(tmp_path)
    assert data["decision"] == (
        "That:\n\n1. meals be let;\n2. this be noted:\n• one\n\na line between\n\n3. and a third thing.\n"
    )


def test_numbers_of_levels_are_those_that_word_shows(tmp_path: Path) -> None:
    form = Form()
    numbering = form.document.part.numbering_part.element
    levels = [("decimal", "%1.", 3), ("lowerLetter", "(%2)", 1), ("lowerRoman", "%1.%2.%3", 1)]
    for_each = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text, start) in enumerate(levels)
    )
    numbering.insert(0, part(f'<w:abstractNum {W} w:abstractNumId="77">{for_each}</w:abstractNum>'))
    numbering.append(part(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    cell = form.box("Decision made", "That:")
    for words, level in [("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1)]:
        paragraph = cell.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(
            part(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    _, data = form.read(tmp_path)
    assert data["decision"].split("\n\n")[1].split("\n")[:6] == [
        "3. a",
        "  (a) b",
        "  (b) c",
        "    3.b.i d",
        "4. e",
        "  (a) f",
    ]


def test_labels_may_be_numbered_by_word(tmp_path: Path) -> None:
    document = docx.Document()
    for label, words in {**HEAD, "Decision made": "To let it."}.items():
        document.add_paragraph(style="List Number").add_run(f"{label}:").bold = True
        document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    (draft,) = drafts_of(tmp_path, "a.docx", stream.getvalue())
    assert (data_of(draft)["title"], data_of(draft)["decision"]) == ("A lease", "To let it.")


def test_four_columns_are_two_boxes_a_row_and_an_unknown_label_joins_no_other_box(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    rows = [["Decision title", "A lease", "Ref no", "OD/1"], ["Date of decision", "5 March 2024", "Lot", "B"]]
    rows += [["Decision maker", "Cabinet", "Ward", "Hilltop"], ["Budget code", "X1", "Cost", "£9,000"]]
    for row in [*rows, ["Decision", "To let it.", "", ""]]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    (draft,) = drafts_of(tmp_path, "a.docx", stream.getvalue())
    data = data_of(draft)
    assert (data["title"], data["reference"], data["wards"]) == ("A lease", {"Ref no": "OD/1"}, "Hilltop")
    assert data["decision"] == "To let it."
    assert [(one["label"], one["words"]) for one in data["unplaced"]] == [
        ("Lot", "B"),
        ("Budget code", "X1"),
        ("Cost", "£9,000"),
    ]


def test_tracked_changes_are_read_as_accepted_and_told(tmp_path: Path) -> None:
    form = Form()
    paragraph = form.box("Decision made", "To let it").paragraphs[0]._p
    paragraph.append(part(f'<w:ins {W} w:id="1" w:author="A"><w:r><w:t xml:space="preserve"> now</w:t></w:r></w:ins>'))
    paragraph.append(part(f'<w:del {W} w:id="2" w:author="A"><w:r><w:delText>later</w:delText></w:r></w:del>'))
    text, data = form.read(tmp_path)
    assert data["decision"] == "To let it now"
    assert "# Changes are tracked in the document. Taken out there, and left out here: “later”.\n" in text
    assert "# Changes are tracked in the document. Put in there, and kept here: “now”.\n" in text


def test_running_titles_and_comments_are_left_out_aloud(tmp_path: Path) -> None:
    form = Form()
    run = form.box("Decision made", "To let it.").paragraphs[0].runs[0]
    form.document.add_comment(run, text="Is this right?", author="A")
    form.document.sections[0].header.paragraphs[0].text = "Official"
    text, data = form.read(tmp_path)
    assert "# Left out: “Official” at the edge of a page.\n" in text
    assert "# Left out: 1 comment.\n" in text
    assert "unplaced" not in data


def test_words_in_boxes_and_formulas_are_kept(tmp_path: Path) -> None:
    form = Form()
    cell = form.box("Decision made", "To let it.")
    cell.paragraphs[0]._p.append(
        part(
            f'<w:r {W} xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
            f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOXED}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{BOXED}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    cell.add_paragraph("The sum is ")._p.append(part(f'<m:oMath xmlns:m="{M}"><m:r><m:t>x=£5</m:t></m:r></m:oMath>'))
    text, data = form.read(tmp_path)
    assert text.count("Words in a box.") == 1
    assert [(one["label"], one["words"]) for one in data["unplaced"]] == [
        ("Note that stands apart from the text", "The sum is x=£5")
    ]


def test_a_ticked_box_is_still_ticked(tmp_path: Path) -> None:
    form = Form()
    paragraph = form.box("Decision made", "To let it. ").paragraphs[0]._p
    for ticked, words in ((1, "Key"), (0, "Not key")):
        box = f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="{ticked}"/></w14:checkbox>'
        sign = f"<w:sdtContent><w:r><w:t>{'☒' if ticked else '☐'}</w:t></w:r></w:sdtContent>"
        paragraph.append(part(f"<w:sdt {W}><w:sdtPr>{box}</w:sdtPr>{sign}</w:sdt>"))
        paragraph.append(part(f'<w:r {W}><w:t xml:space="preserve"> {words} </w:t></w:r>'))
    _, data = form.read(tmp_path)
    assert data["decision"] == "To let it. ☒ Key ☐ Not key"


def test_a_footnote_is_kept_for_a_person_and_its_mark_is_no_figure(tmp_path: Path) -> None:
    form = Form()
    cell = form.box("Decision made", "To pay £5,000")
    cell.paragraphs[0]._p.append(part(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    cell.add_paragraph("At most £9").add_run("1").font.superscript = True

    def with_note(content: bytes) -> bytes:
        note = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Without VAT.</w:t></w:r></w:p></w:footnote>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as sound, zipfile.ZipFile(stream, "w") as made:
            for name in sound.namelist():
                xml = sound.read(name).decode("utf-8", "surrogateescape")
                xml = xml.replace(
                    "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                )
                if name == "word/_rels/document.xml.rels":
                    mine = f'<Relationship Id="rF" Type="{relation}" Target="footnotes.xml"/></Relationships>'
                    xml = xml.replace("</Relationships>", mine)
                made.writestr(name, xml.encode("utf-8", "surrogateescape"))
            made.writestr("word/footnotes.xml", note + "</w:footnotes>")
        return stream.getvalue()

    _, data = form.read(tmp_path, with_note)
    assert data["decision"] == "To pay £5,000[1]\n\nAt most £9¹\n"
    assert [(one["label"], one["words"]) for one in data["unplaced"]] == [("Note [1]", "Without VAT.")]


def test_two_records_in_one_document_each_have_their_own_signature(tmp_path: Path) -> None:
    document = docx.Document()
    for title in ("A lease", "A sale"):
        document.add_heading("Record of officer decision", 1)
        table = document.add_table(rows=0, cols=2)
        for label, words in {**HEAD, "Decision title": title, "Decision made": f"To do it: {title}."}.items():
            row = table.add_row().cells
            row[0].text, row[1].text = label, words
        document.add_paragraph(f"Signed: for {title}")
        document.add_page_break()
    stream = io.BytesIO()
    document.save(stream)
    drafts = drafts_of(tmp_path, "a.docx", stream.getvalue())
    assert [(data_of(one)["title"], data_of(one)["signature"]) for one in drafts] == [
        ("A lease", "Signed: for A lease"),
        ("A sale", "Signed: for A sale"),
    ]
