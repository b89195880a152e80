"""The auditor’s pages: what they say, that no record can break out of them, and that their links lead somewhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from hipss_register.checks import RULES, CheckSettings, Choice, Weight
from hipss_register.proof.provenance import read_provenance
from hipss_register.proof.sums import read_sums
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.audit_pages import bundle_page, plan_audit_pages
from hipss_register.site.page import PageContent
from hipss_register.site.pages import plan_pages
from hipss_register.site.render import Renderer
from tests.checks.cases import AWARD_ID, CASES, EXTRA, TABLES, award, change, held
from tests.checks.registers import commit, edition_of, write_register, write_yaml
from tests.checks.test_rules import write_case

SITE = SimpleNamespace(organisation="", contact="", licence="", site_name="Wyeford", canonical=lambda _: "")
PARTS = """{% import "parts.html" as parts with context %}
{% set record = view %}{% set form = record.form %}
{% set part, own = audit.of_decision(record.id), record.id %}{% include "findings_part.html" %}
{% set authority = audit.authority(record) %}{% include "authority.html" %}
{% set provenance = audit.provenance(record) %}{% include "provenance.html" %}
"""


def audit_of(root: Path, **settings: Any) -> Audit:
    edition = edition_of(root)
    given = CheckSettings(provenance=read_provenance(root), **settings)
    return Audit(edition.book, given, edition.reading.files)


def render_all(audit: Audit, folder: Path) -> dict[str, str]:
    """Every auditor's page, and for each decision the parts that belong on its page; a link to nowhere raises."""
    (folder / "parts-only.html").write_text(PARTS, "utf-8")
    renderer = Renderer(audit.book, SITE, [folder], audit)
    pages = [
        *(plan.make() for plan in plan_audit_pages(audit, audit)),
        *(bundle_page(audit.book, contract) for contract in audit.book.contracts),
    ]
    known = {plan.address for plan in plan_pages(audit.book, audit, audit)}
    known |= {addresses.bundle_archive(contract) for contract in audit.book.contracts}
    known |= {addresses.source(path) for path in audit.book.sources}

    def url(address: str) -> str:
        if address not in known:
            raise KeyError(address)
        return address

    parts = [
        PageContent(f"parts/{record.id}", "", "", "parts-only.html", "", record)
        for record in audit.book.register.records.values()
    ]
    return {page.address: renderer.render(page, url) for page in (*pages, *parts)}


def text_of(html: str) -> str:
    html = re.sub(r"<time[^>]*>([^<]*)</time>", r"\1", html)  # a date is marked within a sentence
    return " ".join(LexborHTMLParser(html).text(separator=" ").split())


@pytest.fixture(scope="module")
def founding_pages(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return render_all(audit_of(founding), tmp_path_factory.mktemp("templates"))


class TestFounding:
    def test_every_rule_has_a_page(self, founding_pages: dict[str, str]) -> None:
        for rule in RULES.values():
            text = text_of(founding_pages[addresses.rule(rule.slug)])
            assert rule.statement in text
            assert rule.basis.known.value[1:] in text

    def test_the_checks_are_counted(self, founding_pages: dict[str, str]) -> None:
        text = text_of(founding_pages[addresses.CHECKS])
        assert "10 findings: 5 gaps, 4 questions and 1 inconsistency." in text
        assert "Signed 50%" in text

    def test_authority_is_told_in_order_and_in_a_table(self, founding_pages: dict[str, str]) -> None:
        text = text_of(founding_pages["parts/2022-11-17-hipss-variation"])
        for words in (
            "By what power",
            "Ceiling: £2,500,000",
            "At least £407,290. The whole cannot be computed",
            "Up to 5 years from 1 April 2018, so to 31 March 2023",
            "31 March 2024, past the ceiling of time",
        ):
            assert words in text
        assert text.index("Cabinet approves") < text.index("led to award") < text.index("varied by")

    def test_what_was_known_when_is_told_by_when_the_register_showed_it(self, founding_pages: dict[str, str]) -> None:
        html = founding_pages[addresses.bundle("hipss")]
        text = text_of(html[html.index('id="known"') :])
        assert "At the latest 31 January 2018" in text
        assert "first shown in this register" in text
        assert "It may have been public before." in text
        assert text.index("No record that we know to have been published") < text.index("first shown in this register")

    def test_no_anchor_stands_twice_on_a_page(self, founding_pages: dict[str, str]) -> None:
        for html in founding_pages.values():
            ids = [node.attributes["id"] for node in LexborHTMLParser(html).css("[id]")]
            assert len(ids) == len(set(ids))


@pytest.mark.parametrize("case", CASES[::3], ids=str)
def test_any_register_can_be_shown(case: Any, tmp_path: Path) -> None:
    assert render_all(audit_of(write_case(case, tmp_path)), tmp_path)


def test_what_the_site_chose_is_shown_with_its_reason(founding: Path, tmp_path: Path) -> None:
    choices = {
        "LATE": Choice("No dates are given.", off=True),
        "TWO-NAMES": Choice("It does no harm.", severity=Weight.QUESTION),
    }
    pages = render_all(audit_of(founding, choices=choices), tmp_path)
    text = text_of(pages[addresses.CHECKS])
    assert "“The record is published soon” is left out. Reason given: No dates are given." in text
    assert "“One place has one name” is counted as a question. Reason given: It does no harm." in text
    assert "This site has left this check out." in text_of(pages[addresses.rule("late")])


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7 * 7 }}"


def test_nothing_in_a_record_breaks_out(tmp_path: Path) -> None:
    first = {**award(), "title": HOSTILE, "summary": HOSTILE, "authority": f"Power: {HOSTILE}", "notes": HOSTILE}
    second = {**change(on=EXTRA), "reasons": f"Decision of cabinet of 1 May 2019 {HOSTILE}", "decision_maker": HOSTILE}
    tables = {**TABLES, "contracts": {"grass": {"name": HOSTILE, "department": HOSTILE, "regime": "PCR 2015"}}}
    root = write_register(tmp_path / "decisions", {AWARD_ID: first, "2020-03-02-change": second}, tables)
    commit(tmp_path)
    write_yaml(root / f"{AWARD_ID}.yaml", {**first, "considerations": HOSTILE, "corrections": HOSTILE})
    commit(tmp_path)
    for html in render_all(audit_of(root), tmp_path).values():
        page = LexborHTMLParser(html)
        assert not page.css("script, img, [onerror]")
        assert "{{ 7 * 7 }}" in html or "49" not in text_of(html)


def test_what_was_known_when_cannot_be_told_without_dates_and_history(founding: Path, tmp_path: Path) -> None:
    edition = edition_of(founding)
    text = text_of(render_all(Audit(edition.book, CheckSettings()), tmp_path)[addresses.bundle("hipss")])
    assert "cannot be told" in text[text.index("What was known when") :]


class TestBundle:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        files = {AWARD_ID: award(), "2020-03-02-change": change(on=EXTRA), "2020-03-04-other": held(date="2020-03-04")}
        root = write_register(tmp_path / "repo" / "decisions", files, TABLES)
        commit(root.parent)
        write_yaml(root / f"{AWARD_ID}.yaml", {**award(), "reasons": "Others."})
        commit(root.parent)
        return root

    def bundle(self, root: Path) -> bytes:
        return dict(audit_of(root).bundles("https://wyeford.example/"))[addresses.bundle_archive("grass")]()

    def test_has_the_contract_and_nothing_of_others(self, root: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(self.bundle(root))) as archive:
            assert archive.namelist() == [
                "grass-bundle/README.txt",
                "grass-bundle/SHA256SUMS",
                "grass-bundle/contract.json",
                f"grass-bundle/decisions/{AWARD_ID}.yaml",
                "grass-bundle/decisions/2020-03-02-change.yaml",
                "grass-bundle/edits.json",
                "grass-bundle/findings.json",
                "grass-bundle/history.json",
                "grass-bundle/proof/records.json",
            ]
            real = (root / f"{AWARD_ID}.yaml").read_bytes()
            assert archive.read(f"grass-bundle/decisions/{AWARD_ID}.yaml") == real
            edits = json.loads(archive.read("grass-bundle/edits.json"))
            assert "reasons: changed" in edits["records"][AWARD_ID][1]["changes"][0]
            codes = {f["code"] for f in json.loads(archive.read("grass-bundle/findings.json"))["findings"]}
            assert {"NO-GROUND", "EDIT-NOT-NOTED", "RELIED-ON-EDITED"} <= codes

    def test_can_be_checked_by_its_list(self, root: Path) -> None:
        import hashlib

        with zipfile.ZipFile(io.BytesIO(self.bundle(root))) as archive:
            sums = read_sums(archive.read("grass-bundle/SHA256SUMS").decode())
            made = {name: hashlib.sha256(archive.read(f"grass-bundle/{name}")).hexdigest() for name in sums}
            assert made == sums
            assert {f"grass-bundle/{name}" for name in sums} | {"grass-bundle/SHA256SUMS"} == set(archive.namelist())

    def test_has_the_same_bytes_whenever_it_is_made(self, root: Path, tmp_path: Path) -> None:
        import os
        import shutil

        elsewhere = tmp_path / "elsewhere"
        shutil.copytree(root.parent, elsewhere)
        for path in elsewhere.rglob("*.yaml"):
            os.utime(path, (0, 0))
        assert self.bundle(elsewhere / "decisions") == self.bundle(root)

    def test_has_the_sources_as_received(self, founding: Path) -> None:
        made = dict(audit_of(founding).bundles())[addresses.bundle_archive("hipss")]()
        name = "sources/2022-11-17-operational-decision.md"
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert archive.read(f"hipss-bundle/{name}") == (founding / name).read_bytes()
