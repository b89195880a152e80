"""A form that a browser printed to PDF: real type-setting, that no test wrote, comes in word for word."""

import subprocess
from pathlib import Path

import pytest
from drafts import data_of, drafts_of
from outside import needed

needed("mammoth", "mammoth")
needed("pdfplumber", "pdfplumber")

from renderings import as_html, as_html_headings  # noqa: E402 - only once its packages are known to be here
from test_import_round_trip import FORMS, said  # noqa: E402

RULED = b"<style>th,td{border:1px solid;vertical-align:top;text-align:left}table{border-collapse:collapse}</style>"


def plain(text: str) -> list[str]:
    """The words: browsers draw the bullets of lists, and a PDF has no paragraphs."""
    return [word for word in text.split() if word != "•"]


@pytest.mark.browser
@pytest.mark.parametrize("render", [as_html, as_html_headings])
@pytest.mark.parametrize("form", ["2017-10-13-hipss-specification", "2022-11-17-hipss-variation"])
def test_printed_form(tmp_path: Path, chromium: str, form: str, render: object) -> None:
    assert callable(render)
    page, printed = tmp_path / "form.html", tmp_path / "form.pdf"
    page.write_bytes(render(FORMS[form]).replace(b"<h1>", RULED + b"<h1>", 1))
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    (draft,) = drafts_of(tmp_path, "record.pdf", printed.read_bytes())
    data = data_of(draft)
    assert "unplaced" not in data
    assert {name: plain(text) for name, text in said(data).items()} == {
        name: plain(text) for name, text in said(FORMS[form]).items()
    }
